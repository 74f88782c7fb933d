"""A second person answers for the results: the responsible person confirms what somebody else entered (R30)."""

from __future__ import annotations

from hengjian.authorities.roles import Role
from hengjian.authorities.second_person import same_person
from hengjian.kernel.act import Doing, Step, act
from hengjian.kernel.models import Entry
from hengjian.kernel.refusal import refuse
from hengjian.results import rules
from hengjian.results.facts import ResultsConfirmed
from hengjian.results.models import ResultSheet, Score
from hengjian.results.states import SheetState


@act(
    "results.confirm_results",
    ResultSheet,
    by=Role.RESPONSIBLE_PERSON.of_own_institution,
    step=Step(SheetState.ENTERING, to=SheetState.CONFIRMED),
    requires=[rules.every_score_entered, rules.supervision_report_filed],
    clause=rules.RESPONSIBLE,
    turn=True,
)
def confirm_results(doing: Doing[ResultSheet]) -> ResultsConfirmed:
    """确认评价结果。"""
    sheet = doing.subject
    if same_person(doing.actor.actor_id, _entered_by(sheet)):
        raise refuse(
            "results.second_person",
            "录入成绩的人不能自己确认。",
            clause=rules.RESPONSIBLE,
            remedy="请由没有录入过这份成绩单的评价负责人确认。",
        )
    sheet.confirmed_on = doing.today
    outcomes = list(Score.objects.filter(sheet=sheet).order_by("id").values_list("absent", "passed"))
    return ResultsConfirmed(
        registered=len(outcomes),
        sat=sum(not absent for absent, _ in outcomes),
        passed=sum(bool(passed) for _, passed in outcomes),
    )


def _entered_by(sheet: ResultSheet) -> list[str]:
    entries = Entry.objects.filter(
        act="results.enter_scores", subject_table=ResultSheet._meta.db_table, subject_id=sheet.pk
    )
    return list(entries.order_by("id").values_list("actor", flat=True))
