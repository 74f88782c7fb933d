"""3.2: who assesses is responsible. The institution enters and confirms, no authority ever does (R1, R30, R31)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengjian.authorities.roles import OFFICE_ROLES, Role
from hengjian.certificates.acts.issue_certificates import issue_certificates
from hengjian.kernel.act import CATALOGUE
from hengjian.kernel.actor import CLOCK, OPERATOR, PUBLIC
from hengjian.kernel.refusal import Kind, Refused
from hengjian.results.acts.confirm_results import confirm_results
from hengjian.results.acts.enter_scores import enter_scores
from hengjian.results.acts.open_notice import open_notice
from hengjian.results.acts.open_sheet import open_sheet
from hengjian.results.marks import Marking, ScoreRow, marking
from hengjian.results.models import ResultSheet, Score
from hengjian.results.policies import EVERY_PART_MUST_PASS, FULL_MARK, PARTS_BY_LEVEL, PASS_MARK
from tests.world import Province, a_filed_institution, a_seat, a_seat_at, another_seat
from tests.world_after import a_confirmed_sheet, a_scored_sheet, a_sheet, an_examined_batch, passing, seats_of

At = Callable[[object], None]
GOOD, BAD = Decimal("60"), Decimal("59.9")


def test_no_authority_enters_a_score_confirms_a_result_or_issues_a_certificate(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    sheet = a_sheet()
    office = sheet.batch.plan.office
    for role in (*OFFICE_ROLES, Role.SUPERVISOR):
        seat = a_seat(role, office=office)
        for act in (enter_scores, confirm_results, open_notice, issue_certificates):
            refusal = act.why_not(seat, sheet)  # type: ignore[attr-defined]
            assert refusal is not None, f"{role} may {act}"
            assert refusal.kind is Kind.ROLE
        with pytest.raises(Refused, match=r"kernel\.role"):
            enter_scores(seat, sheet, rows=passing(sheet))
    for actor in (CLOCK, PUBLIC, OPERATOR):
        refusal = enter_scores.why_not(actor, sheet)
        assert refusal is not None
        assert refusal.kind is Kind.ROLE


def test_the_headers_name_no_authority_for_scores_and_certificates() -> None:
    authorities = {role.value for role in (*OFFICE_ROLES, Role.SUPERVISOR)}
    for code in (
        "results.enter_scores",
        "results.correct_score",
        "results.cancel_score",
        "results.confirm_results",
        "results.open_notice",
        "results.answer_objection",
        "certificates.issue_certificates",
    ):
        assert not authorities & {by.role_code for by in CATALOGUE[code].header.by}


def test_another_institution_enters_nothing_here(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    sheet = a_sheet()
    stranger = a_seat(Role.CLERK, institution=a_filed_institution())
    refusal = enter_scores.why_not(stranger, sheet)
    assert refusal is not None
    assert refusal.kind is Kind.ROLE


def test_every_part_must_reach_the_pass_mark(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    sheet = a_sheet()
    clerk, _, _ = seats_of(sheet.batch.plan)
    fact = enter_scores(
        clerk, sheet, rows=[ScoreRow(1, GOOD, GOOD), ScoreRow(2, Decimal(100), BAD), ScoreRow(3, absent=True)]
    )
    assert (fact.rows, fact.absent, fact.passed) == (3, 1, 1)
    outcomes = Score.objects.filter(sheet=sheet).order_by("candidate__row").values_list("passed", "state")
    assert list(outcomes) == [(True, "entered"), (False, "entered"), (False, "entered")]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (ScoreRow(1, GOOD, None), "缺少技能成绩"),
        (ScoreRow(1, GOOD, GOOD, GOOD), "不考综合评审"),
        (ScoreRow(1, GOOD, Decimal("100.5")), "0 至 100 分"),
        (ScoreRow(1, GOOD, Decimal("-1")), "0 至 100 分"),
        (ScoreRow(1, GOOD, Decimal("60.25")), "一位小数"),
        (ScoreRow(1, GOOD, GOOD, absent=True), "已标记缺考"),
        (ScoreRow(9, GOOD, GOOD), "不在准予参加"),
    ],
)
def test_a_mark_that_cannot_stand_is_refused_with_its_row(province: Province, at: At, row: ScoreRow, said: str) -> None:
    at("2026-05-06T09:00")
    sheet = a_sheet()
    clerk, _, _ = seats_of(sheet.batch.plan)
    with pytest.raises(Refused) as caught:
        enter_scores(clerk, sheet, rows=[ScoreRow(2, GOOD, GOOD), row])
    assert said in caught.value.refusal.sentence
    assert f"{row.row}" in caught.value.refusal.sentence
    assert not Score.objects.filter(sheet=sheet).exclude(state="empty").exists(), "nothing was kept"


def _law(level: str) -> Marking:
    day = date(2026, 5, 6)
    return marking(
        level,
        PARTS_BY_LEVEL.on(day),
        PASS_MARK.on(day),
        FULL_MARK.on(day),
        EVERY_PART_MUST_PASS.on(day),
    )


@pytest.mark.parametrize("level", ["2", "1", "T", "S"])
def test_technicians_are_examined_in_three_parts_and_must_pass_each(level: str) -> None:
    law = _law(level)
    assert law.parts == ("theory", "practical", "review")
    assert law.passes(ScoreRow(1, GOOD, GOOD, GOOD))
    assert not law.passes(ScoreRow(1, GOOD, GOOD, BAD))
    with pytest.raises(Refused, match="mark_wrong"):
        law.check(ScoreRow(1, GOOD, GOOD))


@given(st.decimals(0, 100, places=1), st.decimals(0, 100, places=1))
def test_who_passes_has_the_pass_mark_in_the_weakest_part(theory: Decimal, practical: Decimal) -> None:
    row = ScoreRow(1, theory, practical)
    law = _law("4")
    law.check(row)
    assert law.passes(row) == (min(theory, practical) >= 60)


def test_results_are_confirmed_only_when_every_candidate_has_a_score(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    sheet = a_sheet()
    clerk, responsible, _ = seats_of(sheet.batch.plan)
    enter_scores(clerk, sheet, rows=[ScoreRow(1, GOOD, GOOD)])
    refusal = confirm_results.why_not(responsible, sheet)
    assert refusal is not None
    assert refusal.sentence == "还有 2 名考生没有成绩（名册第 2、3 行）。"
    assert refusal.remedy


def test_results_wait_for_the_report_of_the_supervision(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    sheet = a_scored_sheet(reported=False)
    _, responsible, _ = seats_of(sheet.batch.plan)
    refusal = confirm_results.why_not(responsible, sheet)
    assert refusal is not None
    assert refusal.code == "results.supervision_report_filed"
    assert "逢考必督" in refusal.clause


def test_who_entered_a_score_does_not_confirm_it_even_from_another_seat(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    sheet = a_scored_sheet()
    clerk, responsible, _ = seats_of(sheet.batch.plan)
    second_seat = a_seat_at(sheet.batch.plan.institution, Role.RESPONSIBLE_PERSON, clerk.user)
    with pytest.raises(Refused, match="second_person") as caught:
        confirm_results(second_seat, sheet)
    assert caught.value.refusal.remedy
    assert confirm_results(responsible, sheet).passed == 3


def test_a_confirmed_sheet_takes_no_more_scores(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    sheet = a_confirmed_sheet()
    clerk, _, _ = seats_of(sheet.batch.plan)
    refusal = enter_scores.why_not(another_seat(clerk), sheet)
    assert refusal is not None
    assert refusal.kind is Kind.STATE


def test_the_clock_opens_the_sheet_of_an_examined_batch_and_only_one(province: Province, at: At) -> None:
    from hengjian.kernel.clock_acts import perform_due
    from tests.world import at_hour

    at("2026-05-06T09:00")
    batch = an_examined_batch()
    moment = at_hour(batch.plan.held_on, 20)
    perform_due(moment)
    perform_due(moment)
    sheet = ResultSheet.objects.get(batch=batch)
    assert sheet.scores.count() == 3
    refusal = open_sheet.why_not(CLOCK, batch)
    assert refusal is not None
    assert refusal.code == "results.no_sheet_yet"
