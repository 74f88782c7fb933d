"""3.3: opinions are heard in time. An objection holds its row, the others go on; it is answered, and it cannot vanish."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from hengjian.authorities.roles import Role
from hengjian.certificates.acts.issue_certificates import issue_certificates
from hengjian.certificates.models import Certificate
from hengjian.kernel import clock, log_key, sealer
from hengjian.kernel.actor import CLOCK, PUBLIC
from hengjian.kernel.calendar import stored_calendar
from hengjian.kernel.refusal import Refused
from hengjian.kernel.tlog.receipt import verify_receipt
from hengjian.results import public_queries
from hengjian.results.acts.answer_objection import answer_objection
from hengjian.results.acts.cancel_score import cancel_score, correct_score
from hengjian.results.acts.close_notice import close_notice
from hengjian.results.acts.file_results import file_following_results, file_results
from hengjian.results.acts.object_to_result import object_to_result
from hengjian.results.facts import NoticeClosed
from hengjian.results.models import Objection, ResultSheet, Score
from hengjian.results.states import ObjectionState, ScoreState, SheetState
from tests.world import Province, a_seat, at_hour
from tests.world_after import a_closed_notice, a_sheet_on_notice, filed, objected, seats_of, the_day_after

At = Callable[[object], None]


def _on_day(sheet: ResultSheet, number: int) -> object:
    assert sheet.notice_opened_on is not None
    return clock.at(at_hour(stored_calendar().add_working_days(sheet.notice_opened_on, number).on, 10))


def _score(sheet: ResultSheet, row: int) -> Score:
    return Score.objects.get(sheet=sheet, candidate__row=row)


def _objected(sheet: ResultSheet, row: int = 1) -> Objection:
    with _on_day(sheet, 4):  # type: ignore[attr-defined]
        return objected(sheet, row)


def test_an_objection_on_the_fourth_day_holds_that_candidate_and_the_others_go_on(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    sheet = a_sheet_on_notice()
    _objected(sheet, row=2)
    with clock.at(the_day_after(sheet)):
        fact = close_notice(CLOCK, sheet)
    assert isinstance(fact, NoticeClosed)
    assert (fact.objections, fact.held) == (1, 1)
    filed(sheet)
    _, responsible, _ = seats_of(sheet.batch.plan)
    with clock.at(the_day_after(sheet) + timedelta(hours=3)):
        issued = issue_certificates(responsible, sheet)
    assert (issued.count, issued.held_back) == (2, 1)
    rows = Certificate.objects.order_by("number").values_list("score__candidate__row", flat=True)
    assert list(rows) == [1, 3]


def test_a_held_row_follows_once_it_is_answered_and_filed(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    sheet = a_sheet_on_notice()
    objection = _objected(sheet, row=2)
    with clock.at(the_day_after(sheet)):
        close_notice(CLOCK, sheet)
    filed(sheet)
    _, responsible, reviewer = seats_of(sheet.batch.plan)
    with clock.at(the_day_after(sheet) + timedelta(hours=3)):
        refusal = file_following_results.why_not(reviewer, sheet)
        assert refusal is not None
        assert refusal.code == "results.some_rows_follow"
        issue_certificates(responsible, sheet)
        answer_objection(responsible, objection, upheld=False, answer="监控与签到表显示考生全程在场。")
        assert _score(sheet, 2).state == ScoreState.CLEARED
        followed = file_following_results(reviewer, sheet)
        assert (followed.passed, followed.later) == (1, True)
        assert issue_certificates(responsible, sheet).count == 1
    assert sheet.state == SheetState.CERTIFIED
    serials = sorted(number[-6:] for number in Certificate.objects.order_by("pk").values_list("number", flat=True))
    assert serials == ["000001", "000002", "000003"]


def test_an_answer_after_the_filing_is_no_filing(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    sheet = a_sheet_on_notice()
    objection = _objected(sheet, row=2)
    with clock.at(the_day_after(sheet)):
        close_notice(CLOCK, sheet)
    filed(sheet)
    _, responsible, _ = seats_of(sheet.batch.plan)
    with clock.at(the_day_after(sheet) + timedelta(hours=3)):
        answer_objection(responsible, objection, upheld=False, answer="经核查，成绩无误。")
        issued = issue_certificates(responsible, sheet)
    assert (issued.count, issued.held_back) == (2, 1), "answered the same day, but not yet filed"


def test_an_upheld_objection_cancels_the_score_in_the_same_act(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    sheet = a_sheet_on_notice()
    objection = _objected(sheet)
    _, responsible, _ = seats_of(sheet.batch.plan)
    with _on_day(sheet, 5):  # type: ignore[attr-defined]
        answer_objection(responsible, objection, upheld=True, answer="经监控查实为替考。", cancel=True)
    assert (objection.state, _score(sheet, 1).state) == (ObjectionState.UPHELD, ScoreState.CANCELLED)
    found = public_queries.public_notice(sheet.pk)
    assert found is not None
    assert found[1][0].status == "已取消", "the row stays, so that the root still fits"


def test_an_upheld_objection_corrects_the_marks_within_the_same_outcome(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    sheet = a_sheet_on_notice()
    objection = _objected(sheet)
    _, responsible, _ = seats_of(sheet.batch.plan)
    with _on_day(sheet, 5):  # type: ignore[attr-defined]
        answer_objection(
            responsible,
            objection,
            upheld=True,
            answer="复核发现合分有误。",
            theory=Decimal("71.5"),
            practical=Decimal("80"),
        )
    score = _score(sheet, 1)
    assert (score.theory, score.passed, score.state) == (Decimal("71.5"), True, ScoreState.CLEARED)


def test_marks_do_not_change_after_confirmation_without_an_objection(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    sheet = a_sheet_on_notice()
    _, responsible, _ = seats_of(sheet.batch.plan)
    with pytest.raises(Refused, match=r"kernel\.state"):
        correct_score(
            responsible, _score(sheet, 1), reason="更正，情况属实", theory=Decimal("99"), practical=Decimal("99")
        )


def test_a_score_cancelled_meanwhile_is_answered_all_the_same(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    sheet = a_sheet_on_notice()
    objection = _objected(sheet)
    _, responsible, _ = seats_of(sheet.batch.plan)
    cancel_score(responsible, _score(sheet, 1), reason="监控查实替考。")
    answer_objection(responsible, objection, upheld=True, answer="查实替考，成绩已取消。", cancel=True)
    assert (objection.state, _score(sheet, 1).state) == (ObjectionState.UPHELD, ScoreState.CANCELLED)


@pytest.mark.parametrize("effect", [{}, {"cancel": True, "theory": Decimal("70"), "practical": Decimal("70")}])
def test_an_upheld_objection_has_exactly_one_effect(province: Province, at: At, effect: dict[str, object]) -> None:
    at("2026-05-06T09:00")
    sheet = a_sheet_on_notice()
    objection = _objected(sheet)
    _, responsible, _ = seats_of(sheet.batch.plan)
    with pytest.raises(Refused, match="upheld_without_effect"):
        answer_objection(responsible, objection, upheld=True, answer="经核查异议成立。", **effect)  # type: ignore[arg-type]


def test_a_row_with_two_objections_is_held_until_both_are_answered(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    sheet = a_sheet_on_notice()
    first, second = _objected(sheet), _objected(sheet)
    _, responsible, _ = seats_of(sheet.batch.plan)
    assert answer_objection(responsible, first, upheld=False, answer="经核查异议不成立。").still_held
    assert _score(sheet, 1).state == ScoreState.HELD
    assert not answer_objection(responsible, second, upheld=False, answer="经核查异议不成立。").still_held
    assert _score(sheet, 1).state == ScoreState.CLEARED


def test_objections_are_heard_only_while_the_notice_runs(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    sheet = a_closed_notice()
    with clock.at(the_day_after(sheet)):
        refusal = object_to_result.why_not(PUBLIC, _score(sheet, 1))
    assert refusal is not None
    assert refusal.code == "results.notice_is_open"
    assert "投诉" in refusal.remedy


def test_whoever_objects_gets_a_number_a_deadline_and_a_receipt_that_proves_it(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    sheet = a_sheet_on_notice()
    objection = _objected(sheet)
    sealer.seal()
    receipt = public_queries.objection_receipt(objection.code)
    assert receipt is not None
    assert verify_receipt(receipt, log_key.verifier())
    tracked = public_queries.track_objection(f" {objection.code.lower()} ")
    assert tracked is not None
    assert tracked.due_on == stored_calendar().add_working_days(objection.received_on, 5).on
    assert public_queries.track_objection("YY000000000000") is None
    assert "未到场" not in repr(tracked), "the number opens the state and the answer, not the text"


def test_a_stranger_answers_nothing(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    sheet = a_sheet_on_notice()
    objection = _objected(sheet)
    for seat in (a_seat(Role.CENTRE_HEAD), a_seat(Role.CLERK, institution=sheet.batch.plan.institution)):
        assert answer_objection.why_not(seat, objection) is not None
    assert cancel_score.why_not(a_seat(Role.CENTRE_HEAD), _score(sheet, 1)) is not None


def test_results_are_filed_only_when_the_form_equals_the_records(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    sheet = a_sheet_on_notice()
    _objected(sheet)
    with clock.at(the_day_after(sheet)):
        close_notice(CLOCK, sheet)
        _, _, reviewer = seats_of(sheet.batch.plan)
        with pytest.raises(Refused) as caught:
            file_results(reviewer, sheet, registered=3, sat=3, passed=2)
        assert caught.value.refusal.field == "passed"
        assert "2，与记录的 3 不符" in caught.value.refusal.sentence
        fact = file_results(reviewer, sheet, registered=3, sat=3, passed=3)
    assert (fact.passed, fact.held, fact.later) == (3, 1, False), "a hold changes no total"
