"""The institution's centre looks at an objection within a working day: it is accepted for handling, or refused with a reason.

Only whether there is a fact to examine is decided here, not whether the objection is right. An accepted one holds its row;
however many object to a row, it is held once, and goes on when the last of them is answered.
"""

from __future__ import annotations

from hengjian.authorities.roles import Role
from hengjian.kernel.act import Doing, Step, act
from hengjian.kernel.arguments import Line, Reason
from hengjian.kernel.refusal import refuse
from hengjian.results import policies, rules
from hengjian.results.acts.answer_objection import release
from hengjian.results.facts import ObjectionAccepted, ObjectionRefused
from hengjian.results.models import Objection, Score
from hengjian.results.states import IN_TRIAGE, ObjectionState, ScoreState

CENTRE = (Role.CENTRE_REVIEWER.of_responsible_office, Role.CENTRE_HEAD.of_responsible_office)


@act(
    "results.accept_objection",
    Objection,
    by=CENTRE,
    step=Step(*IN_TRIAGE, to=ObjectionState.ACCEPTED),
    clause=rules.NOTICE,
    turn=True,
)
def accept_objection(doing: Doing[Objection]) -> ObjectionAccepted:
    """受理异议。

    The institution answers within the days that run since the objection was received; looking at it extends nothing.
    """
    objection = doing.subject
    objection.triaged_on = doing.today
    return ObjectionAccepted(row_of(objection), _hold(doing, objection), objection.due_on)


@act(
    "results.refuse_objection",
    Objection,
    by=CENTRE,
    step=Step(*IN_TRIAGE, to=ObjectionState.REFUSED),
    cites=[policies.OBJECTION_REFUSAL_GROUNDS],
    clause=rules.NOTICE,
)
def refuse_objection(doing: Doing[Objection], *, ground: Line, note: Reason) -> ObjectionRefused:
    """不予受理异议。

    The ground is one of the list, explained; whoever objected reads both by the tracking number.
    """
    objection = doing.subject
    if ground not in doing.policy(policies.OBJECTION_REFUSAL_GROUNDS):
        raise refuse(
            "results.refusal_ground",
            "请从列出的情形中选择一种。",
            field="ground",
            policy=policies.OBJECTION_REFUSAL_GROUNDS.key,
            remedy="不属于任何一种的，应当受理。",
        )
    objection.triaged_on, objection.refusal_ground = doing.today, ground
    objection.refusal_note = note
    release(doing, objection)
    return ObjectionRefused(row_of(objection), ground)


def row_of(objection: Objection) -> int | None:
    """The row of the roster; none where somebody says to be missing from the list."""
    return objection.score.candidate.row if objection.score is not None else None


def _hold(doing: Doing[Objection], objection: Objection) -> bool:
    if objection.score_id is None:
        return False
    score = Score.objects.select_for_update().get(pk=objection.score_id)
    if score.state in (ScoreState.ENTERED, ScoreState.CLEARED):
        score.state = ScoreState.HELD
        doing.save(score)
    return score.state == ScoreState.HELD
