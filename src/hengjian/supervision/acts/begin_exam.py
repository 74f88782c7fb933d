"""No exam without a supervisor (R31), none without a filed plan (R43): beginning and ending are on record."""

from __future__ import annotations

from hengjian.authorities.roles import Role
from hengjian.kernel.act import Doing, Step, act
from hengjian.plans.models import Batch
from hengjian.plans.states import BatchState
from hengjian.rosters.models import Candidate
from hengjian.supervision import pool, rules
from hengjian.supervision.facts import ExamBegun, ExamFinished


@act(
    "supervision.begin_exam",
    Batch,
    by=Role.CLERK.of_own_institution,
    step=Step(BatchState.ADMITTED, to=BatchState.EXAMINING),
    requires=[
        rules.plan_is_filed,
        rules.today_is_examined,
        rules.enough_supervisors_have_arrived,
    ],
    clause=rules.EVERY_EXAM,
    turn=True,
)
def begin_exam(doing: Doing[Batch]) -> ExamBegun:
    """开始考试。"""
    batch = doing.subject
    present = rules.arrived_duties(batch)[pool.target_of(doing.today, batch.occupation_code)]
    admitted = Candidate.objects.filter(batch=batch, state=Candidate.State.ADMITTED).count()
    return ExamBegun(admitted, present)


@act(
    "supervision.finish_exam",
    Batch,
    by=Role.CLERK.of_own_institution,
    step=Step(BatchState.EXAMINING, to=BatchState.EXAMINED),
    requires=[rules.last_sitting_has_ended],
    clause=rules.EVERY_EXAM,
    turn=True,
)
def finish_exam(doing: Doing[Batch]) -> ExamFinished:
    """考试完成。"""
    return ExamFinished(doing.today)
