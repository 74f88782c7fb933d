"""3.3 and 4.1 of the paper: results stand in public for the working days of the law, and nobody is leaked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models import QuerySet

from hengjian.authorities.acts.enact_local_value import enact_local_value
from hengjian.authorities.acts.enter_calendar_year import enter_calendar_year
from hengjian.authorities.roles import Role
from hengjian.kernel import clock, codes
from hengjian.kernel.actor import CLOCK, OPERATOR, PUBLIC
from hengjian.kernel.calendar import stored_calendar
from hengjian.kernel.clock_acts import perform_due
from hengjian.kernel.ledger import course_of
from hengjian.kernel.policy import catalogue
from hengjian.kernel.refusal import Kind, Refused
from hengjian.results import notice, public_queries
from hengjian.results.acts.close_notice import close_notice
from hengjian.results.acts.open_notice import open_notice
from hengjian.results.facts import NoticeClosed, NoticeOpened
from hengjian.results.marks import ScoreRow
from hengjian.results.models import ResultSheet
from hengjian.results.states import SheetState
from hengjian.rosters import ticket_code
from hengjian.rosters.models import Candidate
from hengjian.rosters.tickets import tickets
from tests.harness.database import past_the_guard
from tests.world import Province, a_seat, at_hour
from tests.world_after import (
    a_confirmed_sheet,
    a_person,
    a_sheet_on_notice,
    an_admitted_batch,
    seats_of,
    the_day_after,
)

# Invented but complete: the statutory days of 2027 are all off.
HOLIDAYS = "\n".join(
    f"2027-{day},放假,{name}"
    for name, days in (
        ("春节", ("02-05", "02-06", "02-07", "02-08", "02-09")),
        ("清明节", ("04-05",)),
        ("劳动节", ("05-01", "05-02")),
        ("端午节", ("06-09",)),
        ("中秋节", ("09-15",)),
        ("国庆节", ("10-01", "10-02", "10-03")),
    )
    for day in days
)
At = Callable[[object], None]


@pytest.mark.parametrize(
    ("published", "days", "end"),
    [
        (date(2026, 2, 13), 5, date(2026, 2, 27)),
        (date(2026, 4, 29), 5, date(2026, 5, 9)),
        (date(2026, 9, 29), 5, date(2026, 10, 12)),
    ],
)
def test_a_notice_ends_on_the_working_day_that_the_state_councils_calendar_gives(
    province: Province, published: date, days: int, end: date
) -> None:
    sheet = a_sheet_on_notice(opened_on=published)
    assert (sheet.notice_closes_on, sheet.notice_days, sheet.notice_provisional) == (end, days, False)
    fact = course_of(sheet)[0].fact
    assert isinstance(fact, NoticeOpened)
    assert fact.closes_on == end


def test_three_working_days_across_a_make_up_sunday_end_on_monday(province: Province) -> None:
    (value,) = catalogue()["results.final_notice_working_days"].history
    days = value.value
    assert stored_calendar().add_working_days(date(2026, 9, 17), days).on == date(2026, 9, 21)


def test_the_decision_keeps_the_value_it_was_made_under(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    assert course_of(a_sheet_on_notice())[0].pins[-1] == "results.notice_working_days=5@2021-01-01"


def test_a_city_may_ask_for_a_longer_notice(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    enact_local_value(
        a_seat(Role.CENTRE_HEAD),
        key="results.notice_working_days",
        value=7,
        since=date(2026, 5, 10),
        law="唐人社字示例 1 号",
        reason="便于群众监督",
    )
    sheet = a_sheet_on_notice()
    assert sheet.notice_opened_on is not None
    assert sheet.notice_closes_on == stored_calendar().add_working_days(sheet.notice_opened_on, 7).on


def test_nobody_but_the_clock_ends_a_notice_and_not_before_its_last_day_is_over(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    sheet = a_sheet_on_notice()
    assert sheet.notice_closes_on is not None
    for role in Role:
        if role != Role.SUPERVISOR:
            refusal = close_notice.why_not(a_seat(role), sheet)
            assert refusal is not None
            assert refusal.kind is Kind.ROLE
    with clock.at(at_hour(sheet.notice_closes_on, 23, 59)):
        refusal = close_notice.why_not(CLOCK, sheet)
        assert refusal is not None
        assert refusal.code == "results.closing_day_has_passed"
        assert sheet.notice_closes_on.isoformat() in refusal.remedy
    perform_due(at_hour(sheet.notice_closes_on, 23, 59))
    sheet.refresh_from_db()
    assert sheet.state == SheetState.ON_NOTICE
    perform_due(the_day_after(sheet))
    sheet.refresh_from_db()
    assert sheet.state == SheetState.NOTICE_CLOSED
    fact = course_of(sheet)[0].fact
    assert fact == NoticeClosed(sheet.notice_closes_on, objections=0, held=0)


def test_a_deadline_in_a_year_without_a_calendar_is_provisional_and_holds_the_notice(province: Province) -> None:
    sheet = a_sheet_on_notice(opened_on=date(2026, 12, 28))
    assert sheet.notice_provisional
    assert sheet.notice_closes_on == date(2027, 1, 5), "New Year's Day is off by law, before any yearly notice"
    with clock.at("2027-01-12T09:00"):
        refusal = close_notice.why_not(CLOCK, sheet)
        assert refusal is not None
        assert "暂定" in refusal.sentence
    with clock.at("2026-12-29T09:00"):
        lines = "".join(f"2027-01-0{day},放假,元旦\n" for day in range(1, 5)) + "2027-01-10,上班,元旦\n" + HOLIDAYS
        enter_calendar_year(OPERATOR, year=2027, notice="国办发明电示例", lines=lines)
    sheet.refresh_from_db()
    assert (sheet.notice_closes_on, sheet.notice_provisional) == (date(2027, 1, 6), False)
    with clock.at("2027-01-07T09:00"):
        close_notice(CLOCK, sheet)
    assert sheet.state == SheetState.NOTICE_CLOSED


def test_the_notice_shows_no_full_name_and_no_full_number(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    people = [a_person("王知行"), a_person("李致远")]
    sheet = a_sheet_on_notice(people=people)
    found = public_queries.public_notice(sheet.pk)
    assert found is not None
    text = repr((found, public_queries.public_notices()))
    for person in people:
        assert person.name not in text
        assert person.number not in text
        assert person.number[6:14] not in text, "the date of birth is not shown"
    assert [line.masked_name for line in found[1]] == ["王**", "李**"]


def test_each_person_finds_the_own_row_by_the_code_on_the_ticket_and_no_other(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    people = [a_person("王知行"), a_person("王明德"), a_person("王守正")]
    sheet = a_sheet_on_notice(people=people)
    found = public_queries.public_notice(sheet.pk)
    assert found is not None
    clerk, _, _ = seats_of(sheet.batch.plan)
    printed = tickets(clerk, sheet.batch_id)
    assert printed is not None and [each.name for each in printed.tickets] == [person.name for person in people]
    for place, ticket in enumerate(printed.tickets, start=1):
        assert [line.place for line in found[1] if line.digest == notice.digest_of(ticket.code.lower())] == [place]
    assert notice.digest_of(codes.fresh(ticket_code.LENGTH)) not in {line.digest for line in found[1]}


def test_a_ticket_code_is_beyond_guessing_and_no_two_are_alike(province: Province) -> None:
    assert codes.bits(ticket_code.LENGTH) >= 64
    made = {codes.fresh(ticket_code.LENGTH) for _ in range(2000)}
    assert len(made) == 2000 and set("".join(made)) == set(codes.SIGNS)


def test_only_the_own_institution_reads_the_codes(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    batch = an_admitted_batch()
    clerk, responsible, reviewer = seats_of(batch.plan)
    assert tickets(clerk, batch.pk) is not None and tickets(responsible, batch.pk) is not None
    for other in (reviewer, a_seat(Role.CENTRE_HEAD), a_seat(Role.AUDITOR), PUBLIC):
        assert tickets(other, batch.pk) is None
    stored = Candidate.objects.filter(batch=batch).order_by("row")
    with connection.cursor() as cursor:
        cursor.execute("SELECT ticket_code FROM rosters_candidate")
        raw = b"".join(bytes(row[0]) for row in cursor.fetchall())
    assert not any((candidate.ticket_code or "?").encode() in raw for candidate in stored), "encrypted at rest"
    assert all(bytes(each.ticket_code_index or b"") == ticket_code.index_of(each.ticket_code or "") for each in stored)


def test_who_was_admitted_before_tickets_bore_a_code_gets_one_when_the_notice_opens(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    sheet = a_confirmed_sheet()
    with past_the_guard("rows older than a column"):
        QuerySet(Candidate).filter(batch=sheet.batch).update(ticket_code=None, ticket_code_index=None)
    clerk, responsible, _ = seats_of(sheet.batch.plan)
    before = tickets(clerk, sheet.batch_id)
    assert before is not None and {ticket.code for ticket in before.tickets} == {""}
    open_notice(responsible, sheet, place="机构公告栏")
    found, after = public_queries.public_notice(sheet.pk), tickets(clerk, sheet.batch_id)
    assert found is not None and after is not None
    assert [line.digest for line in found[1]] == [notice.digest_of(ticket.code) for ticket in after.tickets]


def test_name_and_whole_number_find_the_own_row_and_half_of_them_nothing(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    people = [a_person("王知行"), a_person("王明德")]
    sheet = a_sheet_on_notice(people=people)
    mine = public_queries.find_by_number(sheet.pk, " 王　明德", people[1].number.lower())
    assert mine is not None and mine.place == 2
    for name, number in (
        (people[0].name, people[1].number),
        (people[1].name, people[1].number[-6:]),
        ("", people[1].number),
        (people[1].name, ""),
    ):
        assert public_queries.find_by_number(sheet.pk, name, number) is None
    perform_due(the_day_after(sheet))
    assert public_queries.find_by_number(sheet.pk, people[1].name, people[1].number) is None


def test_a_row_added_or_changed_later_no_longer_fits_the_published_root(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    sheet = a_sheet_on_notice()
    found = public_queries.public_notice(sheet.pk)
    assert found is not None
    rows = [notice.NoticeRow(line.place, line.masked_name, line.digest) for line in found[1]]
    assert notice.root(rows) == sheet.notice_root == found[0].root
    changed = notice.NoticeRow(1, "欧阳*", rows[0].digest)
    assert notice.root([changed, *rows[1:]]) != sheet.notice_root
    assert notice.root(rows[:-1]) != sheet.notice_root
    assert notice.root([*rows, rows[-1]]) != sheet.notice_root


def test_who_did_not_pass_does_not_stand_on_the_notice(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    scores = [
        ScoreRow(1, *_marks("82", "75")),
        ScoreRow(2, *_marks("59.5", "99")),
        ScoreRow(3, absent=True),
    ]
    sheet = a_sheet_on_notice(scores=scores)
    found = public_queries.public_notice(sheet.pk)
    assert found is not None
    assert (found[0].totals.registered, found[0].totals.passed, len(found[1])) == (3, 1, 1)


def test_once_the_notice_is_closed_its_rows_are_gone_and_root_and_totals_remain(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    sheet = a_sheet_on_notice()
    perform_due(the_day_after(sheet))
    found = public_queries.public_notice(sheet.pk)
    assert found is not None
    assert (found[0].running, found[0].root, found[0].totals.passed, found[1]) == (False, sheet.notice_root, 3, ())
    assert public_queries.public_notices() == []
    assert [notice.sheet for notice in public_queries.public_notices(running=False)] == [sheet.pk]


def test_two_clicks_are_one_notice(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    sheet = a_confirmed_sheet()
    _, responsible, _ = seats_of(sheet.batch.plan)
    with clock.at(at_hour(sheet.batch.plan.held_on + timedelta(days=1), 9)):
        once = open_notice.once("click-1")
        assert once(responsible, sheet, place="公告栏") == once(responsible, sheet, place="公告栏")
        with pytest.raises(Refused, match=r"kernel\.state"):
            open_notice(responsible, sheet, place="公告栏")
    assert [entry.act for entry in course_of(sheet)].count("results.open_notice") == 1


def test_the_list_of_notices_takes_one_query(
    province: Province, at: At, django_assert_num_queries: Callable[[int], object]
) -> None:
    at("2026-05-06T09:00")
    a_sheet_on_notice()
    a_sheet_on_notice()
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        assert len(public_queries.public_notices()) == 2
    assert ResultSheet.objects.count() == 2


def _marks(theory: str, practical: str) -> tuple[object, object]:
    from decimal import Decimal

    return Decimal(theory), Decimal(practical)
