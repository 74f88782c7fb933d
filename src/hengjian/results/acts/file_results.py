"""The appraisal centre files the results when the form's totals equal the records (R59, R63); held rows may follow."""

from __future__ import annotations

from hengjian.authorities.roles import Role
from hengjian.kernel.act import Doing, Step, act
from hengjian.kernel.refusal import refuse
from hengjian.kernel.words import say
from hengjian.results import policies, rules
from hengjian.results.facts import ResultsFiled
from hengjian.results.following import not_yet_filed
from hengjian.results.models import ResultSheet, Score
from hengjian.results.states import ScoreState, SheetState
from hengjian.results.totals import Totals, totals_of


@act(
    "results.file_results",
    ResultSheet,
    by=Role.CENTRE_REVIEWER.of_responsible_office,
    step=Step(SheetState.NOTICE_CLOSED, to=SheetState.FILED),
    requires=[rules.every_objection_is_triaged],
    cites=[policies.ISSUE_WORKING_DAYS],
    clause=rules.NOTICE,
    turn=True,
)
def file_results(doing: Doing[ResultSheet], *, registered: int, sat: int, passed: int) -> ResultsFiled:
    """评价结果备案。

    The three totals are those of the signed form. From today the institution's days to issue run.
    """
    totals = totals_of(doing.subject.pk)
    _reconcile(totals, registered, sat, passed)
    doing.subject.result_filed_on = doing.today
    doing.set_deadline(doing.subject, "due", start=doing.today, days=policies.ISSUE_WORKING_DAYS)
    _file(doing)
    return ResultsFiled(registered, sat, passed, totals.held, totals.cancelled, later=False)


def _file(doing: Doing[ResultSheet]) -> None:
    """Every row that no objection holds is filed from now on."""
    standing = Score.objects.filter(sheet=doing.subject, state__in=[ScoreState.ENTERED, ScoreState.CLEARED])
    rows = list(standing.filter(filed=False).order_by("pk"))
    for score in rows:
        score.filed = True
    doing.bulk_save(Score, rows, ["filed"])


def _reconcile(totals: Totals, registered: int, sat: int, passed: int) -> None:
    for name, label, stated in (
        ("registered", "报名人数", registered),
        ("sat", "参加人数", sat),
        ("passed", "合格人数", passed),
    ):
        recorded = getattr(totals, name)
        if stated != recorded:
            raise refuse(
                "results.totals_differ",
                say(
                    "备案表所填{label}为 {stated}，与记录的 {recorded} 不符。",
                    label=label,
                    stated=stated,
                    recorded=recorded,
                ),
                field=name,
                clause="《技能等级认定试点企业监管服务措施研究》第 4.1 节",
                remedy="核对备案表与成绩记录，三项人数一致方可备案。",
            )


@act(
    "results.file_following_results",
    ResultSheet,
    by=Role.CENTRE_REVIEWER.of_responsible_office,
    step=Step(SheetState.FILED, SheetState.CERTIFIED, to=SheetState.FILED),
    requires=[rules.some_rows_follow],
    clause=rules.NOTICE,
)
def file_following_results(doing: Doing[ResultSheet]) -> ResultsFiled:
    """补报结果备案。

    Rows that an objection had held and that are answered by now; the date of the first filing stands in the ledger.
    """
    following = not_yet_filed(doing.subject.pk)
    totals = totals_of(doing.subject.pk)
    doing.subject.result_filed_on = doing.today
    _file(doing)
    return ResultsFiled(
        totals.registered, totals.sat, len(following), held=totals.held, cancelled=totals.cancelled, later=True
    )
