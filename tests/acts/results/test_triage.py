"""An objection has no effect before the centre has looked at it: it holds nobody and changes no figure (3.3 of the paper)."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from hengjian.authorities.roles import Role
from hengjian.certificates.acts.issue_certificates import issue_certificates
from hengjian.kernel import clock
from hengjian.kernel.actor import CLOCK, PUBLIC
from hengjian.kernel.calendar import stored_calendar
from hengjian.kernel.clock_acts import perform_due
from hengjian.kernel.ledger import course_of
from hengjian.kernel.refusal import Kind, Refused
from hengjian.papers.models import Paper, PaperFacts
from hengjian.results import public_queries, queries
from hengjian.results.acts.answer_objection import answer_objection
from hengjian.results.acts.cancel_score import cancel_score
from hengjian.results.acts.climb_objection import let_answer_climb, let_triage_climb, press_answer, press_triage
from hengjian.results.acts.close_notice import close_notice
from hengjian.results.acts.file_results import file_results
from hengjian.results.acts.object_to_result import object_to_omission, object_to_result
from hengjian.results.acts.settle_burst import settle_burst
from hengjian.results.acts.triage_objection import accept_objection, refuse_objection
from hengjian.results.facts import ObjectionFellOverdue
from hengjian.results.lists import SHEETS
from hengjian.results.models import Objection, ObjectionBurst, ResultSheet, Score
from hengjian.results.policies import OBJECTION_BURST_NUMBER, OBJECTION_REFUSAL_GROUNDS
from hengjian.results.states import BurstState, ObjectionPart, ObjectionState, ScoreState
from hengjian.results.totals import totals_of
from tests.lists import listed
from tests.world import PROVINCE, Province, a_seat, at_hour
from tests.world_after import a_sheet_on_notice, objected, seats_of, some_people, the_day_after

At = Callable[[object], None]
EMPTY = (
    "",
    "   ",
    "\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b",
    "。。。。。。。。。。",
    "！！！ ！！！ ！！！",
    "哈哈哈哈哈哈哈哈哈哈",
)


def _score(sheet: ResultSheet, row: int = 1) -> Score:
    return Score.objects.get(sheet=sheet, candidate__row=row)


def _status(sheet: ResultSheet, row: int = 1) -> str:
    found = public_queries.public_notice(sheet.pk)
    assert found is not None
    return next(line.status for line in found[1] if line.place == row)


def _refused(sheet: ResultSheet, objection: Objection) -> Objection:
    ground = OBJECTION_REFUSAL_GROUNDS.on(clock.today())[0]
    refuse_objection(seats_of(sheet.batch.plan)[2], objection, ground=ground, note="来件没有写明哪一科目、什么事实。")
    return objection


def _opened(sheet: ResultSheet) -> Any:
    assert sheet.notice_opened_on is not None
    return clock.at(at_hour(sheet.notice_opened_on, 10))


# --- what an objection does by itself ---


def test_until_the_centre_has_looked_nobody_is_held_and_the_row_says_so(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    sheet = a_sheet_on_notice()
    before = totals_of(sheet.pk)
    with _opened(sheet):
        for row in (1, 1, 2, 3):
            objected(sheet, row, accepted=False)
        assert [_status(sheet, row) for row in (1, 2, 3)] == ["核对中"] * 3
    assert totals_of(sheet.pk) == before
    assert _score(sheet).state == ScoreState.ENTERED


def test_an_accepted_one_holds_its_row_once_however_many_object(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    sheet = a_sheet_on_notice()
    before = totals_of(sheet.pk)
    with _opened(sheet):
        three = [objected(sheet) for _ in range(3)]
        assert (_status(sheet), _status(sheet, 2)) == ("异议核查中", "公示中")
        held = totals_of(sheet.pk)
        assert (held.passed, held.listed, held.held) == (before.passed, before.listed, 1)
        responsible = seats_of(sheet.batch.plan)[1]
        for place, objection in enumerate(three):
            fact = answer_objection(responsible, objection, upheld=False, answer="评分表核对无误。")
            paper = Paper.objects.get(kind="results.objection_answer", case_id=objection.pk)
            assert (paper.institution_id, paper.office_id) == (sheet.batch.plan.institution_id, None)
            said = PaperFacts.objects.get(paper=paper).text
            assert "评分表核对无误。" in said and objection.text not in said and objection.code not in said
            assert fact.still_held == (place < 2)  # type: ignore[union-attr]
    assert _score(sheet).state == ScoreState.CLEARED


def test_a_refused_one_holds_nobody_and_says_why_to_whoever_objected(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    sheet = a_sheet_on_notice()
    with _opened(sheet):
        objection = _refused(sheet, objected(sheet, accepted=False, text="不公平，你们自己心里清楚。"))
        assert (_status(sheet), _score(sheet).state) == ("公示中", ScoreState.ENTERED)
    told = public_queries.track_objection(objection.code)
    assert told is not None
    assert (told.state_label, told.refusal_ground) == ("不予受理", "没有写明可以核查的事实")
    assert "哪一科目" in told.refusal_note
    assert answer_objection.why_not(seats_of(sheet.batch.plan)[1], objection) is not None


def test_a_refusal_needs_a_ground_of_the_list_and_an_explanation_of_substance(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    sheet = a_sheet_on_notice()
    with _opened(sheet):
        objection, reviewer = objected(sheet, accepted=False), seats_of(sheet.batch.plan)[2]
        ground = OBJECTION_REFUSAL_GROUNDS.on(clock.today())[1]
        for wrong in ({"ground": "不想办", "note": "写明了足够的说明。"}, {"ground": ground, "note": "略"}):
            with pytest.raises(Refused) as caught:
                refuse_objection(reviewer, objection, **wrong)
            assert caught.value.refusal.kind is Kind.INPUT
    assert Objection.objects.get().state == ObjectionState.RECEIVED


@pytest.mark.parametrize("text", EMPTY)
def test_what_says_nothing_is_not_taken_down(province: Province, at: At, text: str) -> None:
    at("2026-05-06T09:00")
    sheet = a_sheet_on_notice(people=some_people(1))
    with _opened(sheet), pytest.raises(Refused) as caught:
        objected(sheet, accepted=False, text=text)
    assert caught.value.refusal.field == "text"
    assert not Objection.objects.exists()


def test_what_happened_lies_in_the_past(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    sheet = a_sheet_on_notice(people=some_people(1))
    with _opened(sheet), pytest.raises(Refused) as caught:
        object_to_result(
            PUBLIC,
            _score(sheet),
            part=ObjectionPart.THEORY,
            happened_on=clock.today() + timedelta(days=1),
            text="理论成绩与答题卡不符。",
        )
    assert caught.value.refusal.field == "happened_on"


def test_only_the_institution_s_centre_looks(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    sheet = a_sheet_on_notice()
    with _opened(sheet):
        objection = objected(sheet, accepted=False)
        clerk, responsible, reviewer = seats_of(sheet.batch.plan)
        head = a_seat(Role.CENTRE_HEAD, office=sheet.batch.plan.office)
        for act in (accept_objection, refuse_objection):
            assert act.why_not(reviewer, objection) is None and act.why_not(head, objection) is None
            for other in (clerk, responsible, a_seat(Role.PROVINCE_OFFICER, at=PROVINCE), a_seat(Role.AUDITOR), PUBLIC):
                refusal = act.why_not(other, objection)
                assert refusal is not None and refusal.kind is Kind.ROLE


# --- who reads what ---


def test_the_contact_is_for_the_centre_that_handles_and_for_nobody_else(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    sheet = a_sheet_on_notice()
    with _opened(sheet):
        objection = objected(sheet, contact="示例电话 000")
    clerk, responsible, reviewer = seats_of(sheet.batch.plan)

    def told(seat: Any) -> str:
        row = queries.objection(seat, objection.pk)
        assert row is not None
        return row.contact

    assert told(reviewer) == "示例电话 000"
    for seat in (clerk, responsible, a_seat(Role.PROVINCE_OFFICER, at=PROVINCE), a_seat(Role.AUDITOR, at=PROVINCE)):
        assert told(seat) == ""
        assert "示例电话" not in repr(queries.objections(seat))


def test_the_institution_reads_what_is_accepted_and_nothing_of_what_is_refused(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    sheet = a_sheet_on_notice()
    clerk, _, reviewer = seats_of(sheet.batch.plan)

    def told(objection: Objection, seat: Any = clerk) -> str:
        row = queries.objection(seat, objection.pk)
        assert row is not None
        return row.text

    with _opened(sheet):
        first, second = (objected(sheet, accepted=False) for _ in range(2))
        assert (told(first), told(first, reviewer)[:3]) == ("", "该考生")
        accept_objection(reviewer, first)
        _refused(sheet, second)
        assert (told(first)[:3], told(second)) == ("该考生", "")


# --- who is missing from the list ---


def test_who_is_missing_from_the_list_objects_and_is_answered_without_a_row(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    sheet = a_sheet_on_notice()
    before = totals_of(sheet.pk)
    _, responsible, reviewer = seats_of(sheet.batch.plan)
    with _opened(sheet):
        fact = object_to_omission(
            PUBLIC, sheet, name="苏示例", ticket="260506130000", text="本人参加了理论和技能考试，名单中没有。"
        )
        objection = Objection.objects.get(code=fact.tracking)
        assert str(objection) == "公示异议 · 称名单遗漏"
        assert not accept_objection(reviewer, objection).held
        for effect in ({"cancel": True}, {"theory": Decimal("70"), "practical": Decimal("70")}):
            with pytest.raises(Refused, match="omission_has_no_row"):
                answer_objection(responsible, objection, upheld=True, answer="确有遗漏，应当补正。", **effect)
        answer_objection(responsible, objection, upheld=True, answer="成绩录入遗漏，将列入下一批次公示。")
    told = public_queries.track_objection(fact.tracking)
    assert told is not None
    assert (told.state_label, told.answer[-9:]) == ("异议成立", "列入下一批次公示。")
    assert "苏示例" not in repr(told)
    assert totals_of(sheet.pk) == before


# --- deadlines ---


def test_the_centre_has_one_working_day_then_it_climbs_and_is_said_to_be_overdue(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    sheet = a_sheet_on_notice(opened_on=date(2026, 7, 16))  # a Thursday
    reviewer = seats_of(sheet.batch.plan)[2]
    head, above = a_seat(Role.CENTRE_HEAD, office=sheet.batch.plan.office), a_seat(Role.PROVINCE_OFFICER, at=PROVINCE)
    with clock.at("2026-07-17T16:00"):
        objection = objected(sheet, accepted=False)
    assert objection.triage_due_on == date(2026, 7, 20), "Friday's objection is looked at on Monday"
    perform_due(at_hour(date(2026, 7, 20), 23))
    objection.refresh_from_db()
    assert objection.state == ObjectionState.RECEIVED
    for seat in (head, above):
        assert press_triage.why_not(seat, objection) is not None
    perform_due(at_hour(date(2026, 7, 21), 0, 5))
    objection.refresh_from_db()
    assert objection.state == ObjectionState.TRIAGE_OVERDUE
    (record, *_) = course_of(objection)
    assert isinstance(record.fact, ObjectionFellOverdue) and record.fact.due_on == date(2026, 7, 20)
    told = public_queries.track_objection(objection.code)
    assert told is not None and told.state_label == "核对逾期" and told.overdue_since == date(2026, 7, 21)
    assert told.climbed_to == str(sheet.batch.plan.office.parent)
    with clock.at("2026-07-21T09:00"):
        assert press_triage.why_not(reviewer, objection) is not None, "whoever let it lie does not press"
        for seat in (head, above):
            press_triage(seat, objection, instruction="今天下班以前办结并报告原因。")
        accept_objection(reviewer, objection)
    assert objection.state == ObjectionState.ACCEPTED


def test_an_overdue_answer_climbs_to_the_centre_and_is_still_answered(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    sheet = a_sheet_on_notice()
    with _opened(sheet):
        objection = objected(sheet)
    _, responsible, reviewer = seats_of(sheet.batch.plan)
    perform_due(at_hour(objection.due_on, 23))
    objection.refresh_from_db()
    assert objection.state == ObjectionState.ACCEPTED
    next_day = at_hour(objection.due_on + timedelta(days=1), 9)
    perform_due(next_day)
    objection.refresh_from_db()
    told = public_queries.track_objection(objection.code)
    assert told is not None
    assert (objection.state, told.state_label) == (ObjectionState.ANSWER_OVERDUE, "答复逾期")
    assert told.climbed_to == sheet.batch.plan.office.name
    with clock.at(next_day):
        press_answer(reviewer, objection, instruction="请于明日以前书面答复。")
        answer_objection(responsible, objection, upheld=False, answer="监控显示考生全程在场。")
    assert _score(sheet).state == ScoreState.CLEARED


def test_nobody_but_the_clock_lets_an_objection_climb_and_not_early(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    sheet = a_sheet_on_notice()
    with _opened(sheet):
        waiting, accepted = objected(sheet, accepted=False), objected(sheet, 2)
        for act, objection, code in (
            (let_triage_climb, waiting, "results.triage_is_overdue"),
            (let_answer_climb, accepted, "results.answer_is_overdue"),
        ):
            refusal = act.why_not(CLOCK, objection)
            assert refusal is not None and refusal.code == code
            by_hand = act.why_not(seats_of(sheet.batch.plan)[2], objection)
            assert by_hand is not None and by_hand.kind is Kind.ROLE


def test_results_are_filed_when_every_objection_was_looked_at(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    sheet = a_sheet_on_notice()
    _, responsible, reviewer = seats_of(sheet.batch.plan)
    assert sheet.notice_closes_on is not None
    with clock.at(at_hour(sheet.notice_closes_on, 23)):
        objection = objected(sheet, 2, accepted=False)
    with clock.at(the_day_after(sheet)):
        close_notice(CLOCK, sheet)
        refusal = file_results.why_not(reviewer, sheet)
        assert refusal is not None and refusal.code == "results.every_objection_triaged"
        accept_objection(reviewer, objection)
        fact = file_results(reviewer, sheet, registered=3, sat=3, passed=3)
        assert (fact.passed, fact.held) == (3, 1)
        issued = issue_certificates(responsible, sheet)
    assert (issued.count, issued.held_back) == (2, 1)


# --- bursts ---


def test_a_burst_is_told_to_the_centre_once_and_holds_nobody(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    sheet = a_sheet_on_notice()
    before, enough = totals_of(sheet.pk), OBJECTION_BURST_NUMBER.on(date(2026, 5, 6))
    with _opened(sheet):
        for number in range(1, enough + 3):
            objected(sheet, 1 + number % 3, accepted=False)
            assert ObjectionBurst.objects.count() == int(number >= enough)
    assert totals_of(sheet.pk) == before
    burst = ObjectionBurst.objects.get()
    with _opened(sheet):
        settle_burst(seats_of(sheet.batch.plan)[2], burst, note="来自同一班组，逐件核对。")
        assert settle_burst.why_not(seats_of(sheet.batch.plan)[1], burst) is not None
    assert (burst.state, burst.number) == (BurstState.SEEN, enough)


def test_objections_spread_over_days_are_no_burst(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    sheet = a_sheet_on_notice()
    assert sheet.notice_opened_on is not None
    for number in range(OBJECTION_BURST_NUMBER.on(sheet.notice_opened_on) - 1):
        day = stored_calendar().add_working_days(sheet.notice_opened_on, 1 + number).on
        with clock.at(at_hour(day, 8 + number)):
            objected(sheet, accepted=False)
    assert not ObjectionBurst.objects.exists()


# --- totals ---


def _anything(pick: random.Random, sheet: ResultSheet) -> None:
    """One act of those that may come about a running notice, chosen at random."""
    _, responsible, reviewer = seats_of(sheet.batch.plan)
    row = pick.randint(1, 5)
    waiting = list(Objection.objects.filter(state=ObjectionState.RECEIVED).order_by("pk"))
    accepted = list(Objection.objects.filter(state=ObjectionState.ACCEPTED).order_by("pk"))
    match pick.choice(
        ("object", "object", "accept", "accept", "refuse", "dismiss", "cancel", "correct", "lower", "strike")
    ):
        case "object":
            objected(sheet, row, accepted=False)
        case "accept" if waiting:
            accept_objection(reviewer, pick.choice(waiting))
        case "refuse" if waiting:
            _refused(sheet, pick.choice(waiting))
        case "dismiss" if accepted:
            answer_objection(responsible, pick.choice(accepted), upheld=False, answer="经核查没有出入。")
        case "cancel" if accepted:
            answer_objection(responsible, pick.choice(accepted), upheld=True, answer="经核查属实。", cancel=True)
        case ("correct" | "lower") as how if accepted:
            mark = Decimal("71" if how == "correct" else "41")
            marks = {"theory": mark, "practical": mark}
            answer_objection(responsible, pick.choice(accepted), upheld=True, answer="更正评分。", **marks)
        case "strike":
            cancel_score(responsible, _score(sheet, row), reason="查实违纪，取消成绩。")


@pytest.mark.parametrize("seed", range(4))
def test_the_figures_of_a_notice_agree_whatever_happens_to_it(province: Province, at: At, seed: int) -> None:
    at("2026-05-06T09:00")
    sheet = a_sheet_on_notice(people=some_people(5))
    pick = random.Random(seed)
    with _opened(sheet):
        for _ in range(25):
            before, states = totals_of(sheet.pk), list(Score.objects.order_by("pk").values_list("passed", "state"))
            try:
                _anything(pick, sheet)
            except Refused:
                assert totals_of(sheet.pk) == before
                continue
            found = public_queries.public_notice(sheet.pk)
            assert found is not None
            notice, lines = found
            now = notice.totals
            assert now == totals_of(sheet.pk)
            row = next(each for each in listed(SHEETS, seats_of(sheet.batch.plan)[2]) if each.sheet == sheet.pk)
            assert (row.candidates, row.passed) == (now.registered, now.passed)
            assert len(lines) == now.listed == now.passed + now.struck == 5
            assert now.held <= now.passed <= now.sat <= now.registered
            statuses = [line.status for line in lines]
            assert sum(status in ("已取消", "更正后不合格") for status in statuses) == now.struck
            assert statuses.count("异议核查中") == now.held
            after = list(Score.objects.order_by("pk").values_list("passed", "state"))
            struck = sum(_gone(was) != _gone(became) for was, became in zip(states, after, strict=True))
            assert before.passed - now.passed == struck, "only a cancelled or corrected score leaves the figures"


def _gone(score: tuple[bool | None, str]) -> bool:
    return not score[0] or score[1] == ScoreState.CANCELLED
