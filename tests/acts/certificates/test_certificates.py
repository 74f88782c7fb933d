"""4.1: certificates are numbered by the coding rule, issued by the institution, and anybody can check one (R61, R62, R69)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from hengjian.authorities.roles import OFFICE_ROLES, Role
from hengjian.certificates import public_queries, queries
from hengjian.certificates.acts.issue_certificates import issue_certificates
from hengjian.certificates.acts.put_online import put_online
from hengjian.certificates.acts.revoke_certificate import revoke_certificate
from hengjian.certificates.lists import CERTIFICATES
from hengjian.certificates.models import Certificate
from hengjian.institutions.acts.suspend_institution import suspend
from hengjian.kernel import clock, log_key, sealer
from hengjian.kernel.calendar import stored_calendar
from hengjian.kernel.certificate_number import Parts, parse
from hengjian.kernel.log_readings import last_entry_about
from hengjian.kernel.models import Entry
from hengjian.kernel.publication import receipt_of
from hengjian.kernel.refusal import Kind, Refused
from hengjian.kernel.tlog.receipt import verify_receipt
from hengjian.results.marks import ScoreRow
from hengjian.results.models import ResultSheet
from hengjian.results.states import ScoreState, SheetState
from hengjian.web.certificates.alarms import certificates_to_put_online
from tests.lists import listed
from tests.world import Province, a_filed_institution, a_seat
from tests.world_after import (
    a_certified_sheet,
    a_filed_sheet,
    a_person,
    at_institution,
    seats_of,
    some_people,
    the_day_after,
)

At = Callable[[object], None]


def test_the_number_has_seven_parts_and_each_says_what_it_must(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    sheet = a_certified_sheet()
    institution = at_institution(sheet)
    from hengjian.certificates.coding import layout_on

    for serial, certificate in enumerate(Certificate.objects.order_by("number"), start=1):
        parts = parse(certificate.number, layout_on(certificate.issued_on))
        assert isinstance(parts, Parts)
        assert parts == Parts("Y", "0000", "13", institution.site_code, "26", "4", f"{serial:06d}")
        assert certificate.issued_on == the_day_after(sheet).date()


def test_numbers_run_on_without_gap_per_site_year_and_level(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    institution = a_filed_institution()
    a_certified_sheet(institution=institution, people=some_people(2))
    a_certified_sheet(institution=institution, people=some_people(2))
    a_certified_sheet(institution=institution, people=some_people(1), level="5")
    tails = Certificate.objects.order_by("pk").values_list("number", flat=True)
    assert [number[-7:] for number in tails] == ["4000001", "4000002", "4000003", "4000004", "5000001"]


def test_a_new_year_starts_at_one(province: Province, at: At) -> None:
    institution = None
    at("2026-05-06T09:00")
    institution = a_filed_institution()
    a_certified_sheet(institution=institution, people=some_people(1))
    at("2026-11-20T09:00")
    sheet = a_filed_sheet(institution=institution, people=some_people(1))
    with clock.at(date(2027, 1, 4)):
        issue_certificates(seats_of(sheet.batch.plan)[1], sheet)
    tails = Certificate.objects.order_by("pk").values_list("number", flat=True)
    assert [number[-9:] for number in tails] == ["264000001", "274000001"]


def test_a_refused_issue_gives_its_numbers_back(province: Province, at: At, monkeypatch: pytest.MonkeyPatch) -> None:
    at("2026-05-06T09:00")
    sheet = a_filed_sheet()
    _, responsible, _ = seats_of(sheet.batch.plan)
    from hengjian.certificates import identity

    with monkeypatch.context() as broken, clock.at(the_day_after(sheet)):
        broken.setattr(identity, "tail_index", lambda number, tail: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            issue_certificates(responsible, sheet)
    with clock.at(the_day_after(sheet)):
        assert issue_certificates(responsible, sheet).first.endswith("000001")


def test_only_those_who_passed_get_one_and_what_is_printed_is_stored(province: Province, at: At) -> None:
    from decimal import Decimal

    at("2026-05-06T09:00")
    person = a_person("王知行")
    rows = [ScoreRow(1, Decimal(90), Decimal(60)), ScoreRow(2, Decimal(59), Decimal(90)), ScoreRow(3, absent=True)]
    sheet = a_certified_sheet(people=[person, *some_people(2)], scores=rows)
    certificate = Certificate.objects.get()
    assert (certificate.name, certificate.document_number) == (person.name, person.number)
    assert certificate.institution_name == at_institution(sheet).name
    assert (certificate.trade, certificate.level) == ("--", "4"), "an empty trade is written and never left out"
    states = sheet.scores.order_by("candidate__row").values_list("state", flat=True)
    assert list(states) == [ScoreState.CERTIFIED, ScoreState.ENTERED, ScoreState.ENTERED]
    _, responsible, reviewer = seats_of(sheet.batch.plan)
    printed = queries.paper(responsible, certificate.pk)
    assert printed is not None
    assert (printed.level_text, printed.name) == ("四级/中级工", "王知行")
    assert queries.paper(reviewer, certificate.pk) is None, "the full number is printed by the issuer alone"


def test_no_authority_issues_and_no_authority_prints(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    sheet = a_filed_sheet()
    for role in OFFICE_ROLES:
        refusal = issue_certificates.why_not(a_seat(role, office=sheet.batch.plan.office), sheet)
        assert refusal is not None
        assert refusal.kind is Kind.ROLE


def test_nothing_is_issued_before_the_results_are_filed(province: Province, at: At) -> None:
    from tests.world_after import a_closed_notice

    at("2026-05-06T09:00")
    sheet = a_closed_notice()
    refusal = issue_certificates.why_not(seats_of(sheet.batch.plan)[1], sheet)
    assert refusal is not None
    assert (refusal.kind, SheetState.FILED.label in refusal.sentence) == (Kind.STATE, True)


def test_a_suspended_institution_does_not_issue(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    sheet = a_filed_sheet()
    with clock.at(the_day_after(sheet)):
        suspend(
            a_seat(Role.CENTRE_HEAD, office=sheet.batch.plan.office),
            at_institution(sheet),
            reason="抽查发现问题。",
            basis="示例监管办法第三条",
        )
        sheet.refresh_from_db()
        refusal = issue_certificates.why_not(seats_of(sheet.batch.plan)[1], sheet)
    assert refusal is not None
    assert refusal.code == "certificates.institution_may_issue"


def test_two_clicks_issue_once(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    sheet = a_filed_sheet()
    with clock.at(the_day_after(sheet)):
        once = issue_certificates.once("click-7")
        responsible = seats_of(sheet.batch.plan)[1]
        assert once(responsible, sheet) == once(responsible, sheet)
    assert Certificate.objects.count() == 3


def test_a_check_needs_the_number_and_the_name_or_the_last_four(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    person = a_person("王知行")
    a_certified_sheet(people=[person])
    number = Certificate.objects.get().number
    spaced = f" {number[0]} {number[1:5]} {number[5:].lower()}"
    for answer in (
        public_queries.check(number, name="王知行"),
        public_queries.check(spaced, name=" 王 知行 "),
        public_queries.check(number, tail=person.number[-4:]),
        public_queries.check(number, name="王知行", tail=person.number[-4:].lower()),
    ):
        assert answer is not None
        assert (answer.valid, answer.masked_name, answer.level_text) == (True, "王**", "四级/中级工")
        assert person.name not in repr(answer)
        assert person.number not in repr(answer)
    wrong = str((int(number[-1]) + 1) % 10)
    for nothing in (
        public_queries.check(number),
        public_queries.check(number, name="", tail="12"),
        public_queries.check(number, name="王知"),
        public_queries.check(number, name="王知行", tail="0000"),
        public_queries.check(number, name="李知行", tail=person.number[-4:]),
        public_queries.check(number, name="王知行", tail="1"),
        public_queries.check(number[:-1] + wrong, name="王知行"),
        public_queries.check("not a number", name="王知行"),
        public_queries.check("", name="", tail=""),
    ):
        assert not isinstance(nothing, queries.CheckAnswer), "a wrong question opens nothing"


def test_found_or_not_a_check_asks_the_database_the_same(
    province: Province, at: At, django_assert_num_queries: Callable[[int], object]
) -> None:
    at("2026-05-06T09:00")
    a_certified_sheet(people=some_people(1))
    number = Certificate.objects.get().number
    for asked in (number, number[:-1] + "9"):
        with django_assert_num_queries(1):  # type: ignore[attr-defined]
            public_queries.check(asked, name="王知行", tail="0000")


def test_the_centre_puts_the_record_online_once(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    sheet = a_certified_sheet()
    _, responsible, reviewer = seats_of(sheet.batch.plan)
    certificates = list(Certificate.objects.order_by("pk"))
    with clock.at(the_day_after(sheet) + timedelta(days=1)):
        with pytest.raises(Refused, match=r"kernel\.role"):
            put_online(responsible, certificates)
        (waiting,) = certificates_to_put_online(reviewer)
        assert waiting.title == "3 张证书等待上网"
        assert waiting.due_on == stored_calendar().add_working_days(certificates[0].issued_on, 20).on
        assert certificates_to_put_online(responsible) == []
        assert put_online(reviewer, certificates).count == 3
        with pytest.raises(Refused, match="not_online_yet"):
            put_online(reviewer, certificates[:1])
        assert certificates_to_put_online(reviewer) == []
    certificates[0].refresh_from_db()
    assert certificates[0].online_on == (the_day_after(sheet) + timedelta(days=1)).date()


def test_a_revoked_certificate_says_so_and_its_number_is_not_used_again(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    institution = a_filed_institution()
    person = a_person()
    sheet = a_certified_sheet(institution=institution, people=[person])
    certificate = Certificate.objects.get()
    _, responsible, _ = seats_of(sheet.batch.plan)
    with clock.at(the_day_after(sheet) + timedelta(days=3)):
        with pytest.raises(Refused, match="revocation_ground"):
            revoke_certificate(responsible, certificate, ground="不喜欢", reason="无，情况属实")
        revoke_certificate(responsible, certificate, ground="考试舞弊", reason="查实由他人代考。")
    answer = public_queries.check(certificate.number, tail=person.number[-4:])
    assert answer is not None
    assert (answer.valid, answer.state_label) == (False, "已注销")
    a_certified_sheet(institution=institution, people=some_people(1))
    assert sorted(n[-6:] for n in Certificate.objects.order_by("pk").values_list("number", flat=True)) == [
        "000001",
        "000002",
    ]


def test_four_lines_tell_how_a_certificate_came_about_and_each_stands_in_the_log(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    sheet = a_certified_sheet()
    certificate = Certificate.objects.order_by("pk")[0]
    sealer.seal()
    lines = queries.how_it_came_about(certificate.pk)
    assert [line.title for line in lines] == ["计划备案", "考试", "公示 5 个工作日", "制证"]
    assert lines[1].text == "督导 2 人随机抽取"
    assert lines[2].text.endswith("无异议")
    for line, act in zip(
        lines,
        ("plans.file_plan", "supervision.reveal_and_draw", "results.open_notice", "certificates.issue_certificates"),
        strict=True,
    ):
        assert line.index is not None
        assert Entry.objects.get(idx=line.index).act == act
    assert lines[3].on == the_day_after(sheet).date()


def test_the_receipt_of_a_certificate_is_verified_without_the_platform(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    a_certified_sheet(people=some_people(1))
    sealer.seal()
    certificate = Certificate.objects.get()
    entry = last_entry_about(ResultSheet._meta.db_table, certificate.score.sheet_id, "certificates.issue_certificates")
    assert entry is not None
    receipt = receipt_of(entry, opened=False)
    assert receipt is not None
    assert verify_receipt(receipt, log_key.verifier())


def test_an_institution_sees_its_own_certificates_and_nobody_elses(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    mine = a_certified_sheet(people=some_people(1))
    a_certified_sheet(people=some_people(2))
    clerk, _, reviewer = seats_of(mine.batch.plan)
    assert len(listed(CERTIFICATES, clerk)) == 1
    assert len(listed(CERTIFICATES, reviewer)) == 3
    assert not listed(CERTIFICATES, a_seat(Role.CENTRE_REVIEWER, at="13/1306/"))
