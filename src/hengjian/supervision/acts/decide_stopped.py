"""What a supervisor stopped waits for the centre: it goes on or it does not count, with the reason in words (R52)."""

from __future__ import annotations

from hengjian.authorities.roles import Role
from hengjian.kernel.act import Doing, Step, act
from hengjian.kernel.arguments import Explanation
from hengjian.plans.models import Batch
from hengjian.plans.states import BatchState
from hengjian.supervision import rules
from hengjian.supervision.facts import ExamAnnulled, ExamResumed


@act(
    "supervision.resume_exam",
    Batch,
    by=Role.CENTRE_HEAD.of_responsible_office,
    step=Step(BatchState.STOPPED),
    clause=rules.EVERY_EXAM,
    turn=True,
)
def resume_exam(doing: Doing[Batch], *, explanation: Explanation) -> ExamResumed:
    """解除叫停。

    The batch stands again where it stood when it was stopped.
    """
    batch = doing.subject
    batch.state, batch.stopped_from, batch.stop_decision = BatchState(batch.stopped_from), "", explanation
    return ExamResumed(batch.state, explanation)


@act(
    "supervision.annul_exam",
    Batch,
    by=Role.CENTRE_HEAD.of_responsible_office,
    step=Step(BatchState.STOPPED, to=BatchState.INVALID),
    clause=rules.EVERY_EXAM,
    danger=True,
    turn=True,
)
def annul_exam(doing: Doing[Batch], *, explanation: Explanation) -> ExamAnnulled:
    """认定考试无效。

    Nothing of this batch is confirmed, put on notice or certified.
    """
    batch = doing.subject
    batch.stopped_from, batch.stop_decision = "", explanation
    return ExamAnnulled(explanation)
