"""The institution examines an objection and answers it within the working days the law gives (R58)."""

from __future__ import annotations

from decimal import Decimal

from hengjian.authorities.roles import Role
from hengjian.kernel.act import Doing, Step, act
from hengjian.kernel.arguments import Reason
from hengjian.kernel.refusal import refuse
from hengjian.results import rules
from hengjian.results.acts.cancel_score import cancel_score, correct_score
from hengjian.results.facts import ObjectionAnswered
from hengjian.results.models import Objection, Score
from hengjian.results.states import ObjectionState, ScoreState


@act(
    "results.answer_objection",
    Objection,
    by=Role.RESPONSIBLE_PERSON.of_own_institution,
    step=Step(ObjectionState.RECEIVED),
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
) -> ObjectionAnswered:
    """答复异议。

    Dismissed, the row goes on; upheld, its score is corrected or cancelled in the same act.
    """
    objection = doing.subject
    marks = {"theory": theory, "practical": practical, "review": review}
    corrected = any(mark is not None for mark in marks.values())
    if upheld and cancel == corrected:
        raise refuse(
            "results.upheld_without_effect",
            "异议成立的，须更正成绩或者取消成绩，二者取一。",
            field="upheld",
            clause=rules.NOTICE,
        )
    if not upheld and (cancel or corrected):
        raise refuse(
            "results.dismissed_with_effect",
            "异议不成立的，成绩不作变动。",
            field="upheld",
            clause=rules.NOTICE,
            remedy="请清空更正的成绩，或改为异议成立。",
        )
    if corrected:
        correct_score(doing.actor, objection.score, reason=answer, **marks)
    elif cancel and objection.score.state != ScoreState.CANCELLED:
        cancel_score(doing.actor, objection.score, reason=answer)
    objection.state = ObjectionState.UPHELD if upheld else ObjectionState.DISMISSED
    objection.answer, objection.answered_on = answer.strip(), doing.today
    held = _release(doing, objection)
    return ObjectionAnswered(objection.code, objection.score.candidate.row, upheld, held)


def _release(doing: Doing[Objection], objection: Objection) -> bool:
    """The row goes on unless another objection to it still waits; True while it is held."""
    others = Objection.objects.filter(score=objection.score_id, state=ObjectionState.RECEIVED)
    if others.exclude(pk=objection.pk).exists():
        return True
    score = Score.objects.get(pk=objection.score_id)
    if score.state == ScoreState.HELD:
        score.state = ScoreState.CLEARED
        doing.save(score)
    return False
