"""Scores change after confirmation only on record: corrected for an upheld objection, or cancelled with a reason."""

from __future__ import annotations

from decimal import Decimal

from hengjian.authorities.roles import Role
from hengjian.kernel.act import Doing, Step, act
from hengjian.kernel.arguments import Reason
from hengjian.kernel.refusal import refuse
from hengjian.results import policies, rules
from hengjian.results.acts.enter_scores import MARKED_BY, marking_of, put
from hengjian.results.facts import ScoreCancelled, ScoreCorrected
from hengjian.results.marks import ScoreRow
from hengjian.results.models import Score
from hengjian.results.states import ScoreState


@act(
    "results.cancel_score",
    Score,
    by=Role.RESPONSIBLE_PERSON.of_own_institution,
    step=Step(ScoreState.ENTERED, ScoreState.HELD, ScoreState.CLEARED, to=ScoreState.CANCELLED),
    requires=[rules.is_not_certified],
    clause=rules.RESPONSIBLE,
    danger=True,
)
def cancel_score(doing: Doing[Score], *, reason: Reason) -> ScoreCancelled:
    """取消成绩。"""
    return ScoreCancelled(doing.subject.candidate.row, reason.strip())


@act(
    "results.correct_score",
    Score,
    by=Role.RESPONSIBLE_PERSON.of_own_institution,
    step=Step(ScoreState.HELD),
    requires=[rules.has_open_objection],
    cites=MARKED_BY,
    clause=rules.NOTICE,
)
def correct_score(
    doing: Doing[Score],
    *,
    reason: Reason,
    theory: Decimal | None = None,
    practical: Decimal | None = None,
    review: Decimal | None = None,
) -> ScoreCorrected:
    """更正成绩。"""
    score = doing.subject
    before, had_passed = text_of(score), bool(score.passed)
    row = ScoreRow(score.candidate.row, theory, practical, review)
    put(score, row, marking_of(doing, score.sheet.batch.level))
    if score.passed and not had_passed:
        raise refuse(
            "results.correction_needs_notice",
            "更正后由不合格变为合格的成绩没有经过公示。",
            field="theory",
            clause=rules.NOTICE,
            policy=policies.NOTICE_WORKING_DAYS.key,
            remedy="先取消这项成绩，再将该考生列入下一批次公示。",
        )
    return ScoreCorrected(row.row, before, text_of(score), bool(score.passed), reason.strip())


def text_of(score: Score) -> str:
    """The marks in one line, for the record of a correction."""
    if score.absent:
        return "缺考"
    return "/".join("-" if mark is None else str(mark) for mark in (score.theory, score.practical, score.review))
