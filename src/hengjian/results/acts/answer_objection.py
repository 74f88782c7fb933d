"""The institution examines an accepted objection and answers it within the working days the law gives (R58)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hengjian.authorities.roles import Role
from hengjian.kernel.act import Doing, Step, act
from hengjian.kernel.arguments import Reason
from hengjian.kernel.refusal import refuse
from hengjian.papers.policies import OF_ISSUING
from hengjian.results import papers, rules
from hengjian.results.acts.cancel_score import cancel_score, correct_score
from hengjian.results.facts import ObjectionAnswered, OmissionAnswered
from hengjian.results.models import Objection, Score
from hengjian.results.states import UNANSWERED, ObjectionState, ScoreState


@act(
    "results.answer_objection",
    Objection,
    by=Role.RESPONSIBLE_PERSON.of_own_institution,
    step=Step(*UNANSWERED),
    cites=OF_ISSUING,
    clause=rules.NOTICE,
    turn=True,
)
def answer_objection(
    doing: Doing[Objection],
    *,
    upheld: bool,
    answer: Reason,
    cancel: bool = False,
    theory: Decimal | None = None,
    practical: Decimal | None = None,
    review: Decimal | None = None,
) -> ObjectionAnswered | OmissionAnswered:
    """答复异议。

    Dismissed, the row goes on; upheld, its score is corrected or cancelled in the same act. Who was left out of the list
    has no row to change: the answer says what follows.
    """
    objection = doing.subject
    marks = {"theory": theory, "practical": practical, "review": review}
    corrected = any(mark is not None for mark in marks.values())
    _one_effect(objection, upheld, cancel, corrected)
    if objection.score is not None and corrected:
        correct_score(doing.actor, objection.score, reason=answer, **marks)
    elif objection.score is not None and cancel and objection.score.state != ScoreState.CANCELLED:
        cancel_score(doing.actor, objection.score, reason=answer)
    objection.state = ObjectionState.UPHELD if upheld else ObjectionState.DISMISSED
    objection.answer, objection.answered_on = answer, doing.today
    papers.answered(doing, upheld=upheld, answer=answer)
    if objection.score is None:
        return OmissionAnswered(objection.code, upheld)
    return ObjectionAnswered(objection.code, objection.score.candidate.row, upheld, release(doing, objection))


def _one_effect(objection: Objection, upheld: bool, cancel: bool, corrected: bool) -> None:
    if objection.score_id is None and (cancel or corrected):
        raise refuse(
            "results.omission_has_no_row",
            "被称遗漏的人不在名单中，没有可以更正或取消的成绩。",
            field="upheld",
            clause=rules.NOTICE,
            remedy="异议成立的，在答复中写明怎样补正，例如列入下一批次公示。",
        )
    if objection.score_id is not None and upheld and cancel == corrected:
        raise refuse(
            "results.upheld_without_effect",
            "异议成立的，须更正成绩或者取消成绩，二者取一。",
            field="upheld",
            clause=rules.NOTICE,
            remedy="请写明更正后的成绩，或者勾选取消成绩。",
        )
    if not upheld and (cancel or corrected):
        raise refuse(
            "results.dismissed_with_effect",
            "异议不成立的，成绩不作变动。",
            field="upheld",
            clause=rules.NOTICE,
            remedy="请清空更正的成绩，或改为异议成立。",
        )


def release(doing: Doing[Any], objection: Objection) -> bool:
    """The row goes on unless another accepted objection to it still waits for its answer; True while it is held."""
    if objection.score_id is None:
        return False
    others = Objection.objects.filter(score=objection.score_id, state__in=UNANSWERED).exclude(pk=objection.pk)
    score = Score.objects.select_for_update().get(pk=objection.score_id)
    if score.state != ScoreState.HELD:
        return False
    if others.exists():
        return True
    score.state = ScoreState.CLEARED
    doing.save(score)
    return False
