"""A second person answers for the results: the responsible person confirms what somebody else entered (R30)."""

from __future__ import annotations

from hengjian.authorities.roles import Role
from hengjian.kernel.act import Doing, Step, act
from hengjian.results import rules
from hengjian.results.facts import ResultsConfirmed
from hengjian.results.models import ResultSheet, Score
from hengjian.results.states import SheetState


@act(
    "results.confirm_results",
    ResultSheet,
    by=Role.RESPONSIBLE_PERSON.of_own_institution,
    step=Step(SheetState.ENTERING, to=SheetState.CONFIRMED),
    not_by=["results.enter_scores"],
    requires=[rules.every_score_entered, rules.supervision_report_filed, rules.exam_stands],
    clause=rules.RESPONSIBLE,
    turn=True,
)
def confirm_results(doing: Doing[ResultSheet]) -> ResultsConfirmed:
    """确认评价结果。"""
    sheet = doing.subject
    sheet.confirmed_on = doing.today
    outcomes = list(Score.objects.filter(sheet=sheet).order_by("id").values_list("absent", "passed"))
    return ResultsConfirmed(
        registered=len(outcomes),
        sat=sum(not absent for absent, _ in outcomes),
        passed=sum(bool(passed) for _, passed in outcomes),
    )
