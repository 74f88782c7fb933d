"""A supervisor's duty: accepted or declined, arrived, reported (R31, R45–R52)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from hengjian.authorities.roles import Role
from hengjian.kernel.act import Doing, Step, act
from hengjian.kernel.arguments import Reason
from hengjian.kernel.clock import ZONE
from hengjian.kernel.facts import canonical
from hengjian.kernel.refusal import refuse
from hengjian.kernel.words import say
from hengjian.messages.declared import Notify
from hengjian.occupations.queries import small_class
from hengjian.plans.models import Batch
from hengjian.plans.states import BatchState
from hengjian.supervision import policies, pool, rules
from hengjian.supervision.checklist import GROUPS, answered
from hengjian.supervision.facts import DutyAccepted, DutyDeclined, ReportFiled, SupervisorArrived
from hengjian.supervision.means import means_used, methods_used, obstructions_met
from hengjian.supervision.models import Duty
from hengjian.supervision.pool import staff_id

STOPPABLE = (BatchState.ADMITTED, BatchState.EXAMINING, BatchState.EXAMINED)


@act(
    "supervision.accept_duty",
    Duty,
    by=Role.SUPERVISOR.in_person,
    step=Step(Duty.State.DRAWN, to=Duty.State.ACCEPTED),
    requires=[rules.before_the_exam_ends],
    clause=rules.EVERY_EXAM,
    turn=True,
)
def accept_duty(doing: Doing[Duty]) -> DutyAccepted:
    """接受督导任务。

    Accepting declares that no relation asks for recusal.
    """
    doing.subject.accepted_at = doing.now
    return DutyAccepted(doing.subject.draw.code, staff_id(doing.subject.supervisor))


@act(
    "supervision.decline_duty",
    Duty,
    by=Role.SUPERVISOR.in_person,
    step=Step(Duty.State.DRAWN, Duty.State.ACCEPTED, to=Duty.State.DECLINED),
    requires=[rules.before_the_exam_ends, rules.has_not_arrived],
    clause=rules.RECUSAL,
    notify=[
        Notify(
            "supervision.duty_declined",
            [Role.CENTRE_REVIEWER.of_responsible_office],
            "督导员回避或推辞",
            lambda duty, fact: say("“{title}”须重新抽取督导员。", title=duty.plan.title),
            claims=(Duty.State.DECLINED,),
            urgent=True,
        )
    ],
)
def decline_duty(doing: Doing[Duty], *, reason: Reason) -> DutyDeclined:
    """回避或推辞督导任务。

    The place is filled by a new draw and never by choice.
    """
    duty = doing.subject
    duty.decline_reason = reason.strip()[:300]
    return DutyDeclined(duty.draw.code, staff_id(duty.supervisor), duty.decline_reason)


@act(
    "supervision.report_arrival",
    Duty,
    by=Role.SUPERVISOR.in_person,
    step=Step(Duty.State.ACCEPTED),
    requires=[rules.on_exam_day, rules.has_not_arrived],
    clause=rules.EVERY_EXAM,
)
def report_arrival(doing: Doing[Duty]) -> SupervisorArrived:
    """登记到场。"""
    duty = doing.subject
    duty.arrived_at = doing.now
    return SupervisorArrived(duty.draw.code, staff_id(duty.supervisor), doing.now)


@act(
    "supervision.file_report",
    Duty,
    by=Role.SUPERVISOR.in_person,
    step=Step(Duty.State.ACCEPTED, to=Duty.State.REPORTED),
    requires=[rules.supervisor_was_there],
    cites=[
        policies.REPORT_WORKING_DAYS,
        policies.MEANS,
        policies.MEANS_PER_SITTING_MIN,
        policies.METHODS,
        policies.OBSTRUCTIONS,
    ],
    clause=rules.EVERY_EXAM,
    turn=True,
)
def file_report(
    doing: Doing[Duty],
    *,
    answers: Mapping[str, str],
    conclusion: str,
    notes: Mapping[str, str] | None = None,
    findings: str = "",
    means: tuple[str, ...] = (),
    methods: tuple[str, ...] = (),
    obstructions: tuple[str, ...] = (),
) -> ReportFiled:
    """提交督导报告。

    Every item of the checklist is answered yes, no or na; whatever is not in order says what was seen. The means by which
    the exam was supervised are named, and who obstructed it is not reported as in order.
    """
    duty = doing.subject
    items, failed = answered(duty.checklist, answers, notes or {})
    duty.means = means_used(doing, means)
    duty.methods = methods_used(doing, methods)
    duty.obstructions = obstructions_met(doing, obstructions)
    if conclusion not in Duty.Conclusion.values:
        raise refuse(
            "supervision.conclusion",
            "请选择督导结论。",
            field="conclusion",
            clause=rules.EVERY_EXAM,
            remedy="请从列出的选项中选择一项。",
        )
    _check_the_end(doing, items, conclusion)
    if failed and conclusion == Duty.Conclusion.ORDERLY:
        raise refuse(
            "supervision.conclusion_differs",
            say(
                "检查表有 {failed} 项不符合，结论不能是“{label}”。", failed=failed, label=Duty.Conclusion.ORDERLY.label
            ),
            field="conclusion",
            clause=rules.EVERY_EXAM,
            remedy="结论改为存在问题，并写明发现的问题。",
        )
    if obstructions and conclusion == Duty.Conclusion.ORDERLY:
        raise refuse(
            "supervision.obstructed",
            say("有妨碍督导的情形，结论不能是“{label}”。", label=Duty.Conclusion.ORDERLY.label),
            field="conclusion",
            policy=policies.OBSTRUCTIONS.key,
            remedy="结论改为存在问题，并写明发现的问题。",
        )
    if conclusion != Duty.Conclusion.ORDERLY and not findings.strip():
        raise refuse(
            "supervision.findings_missing",
            "请写明发现的问题。",
            field="findings",
            clause=rules.EVERY_EXAM,
            remedy="请逐条写明发现的问题。",
        )
    duty.checklist, duty.findings = items, findings.strip()
    duty.conclusion, duty.reported_at = Duty.Conclusion(conclusion), doing.now
    due_on = duty.due_on or doing.set_deadline(duty, "due", start=duty.plan.ends_on).on
    return ReportFiled(
        draw=duty.draw.code,
        supervisor=staff_id(duty.supervisor),
        conclusion=conclusion,
        items=len(items),
        failed=failed,
        digest=hashlib.sha256(canonical(items)).hexdigest(),
        due_on=due_on,
        late=doing.today > due_on,
        stopped=_stop(doing) if conclusion == Duty.Conclusion.STOPPED else 0,
        means=tuple(duty.means),
        methods=tuple(duty.methods),
        obstructions=tuple(duty.obstructions),
    )


def _check_the_end(doing: Doing[Duty], items: Sequence[Mapping[str, str]], conclusion: str) -> None:
    """Before the last sitting ends nobody knows what is asked about the time after it; a stop is reported at once."""
    ends_at = rules.last_end_of(doing.subject.plan)
    if ends_at is None or doing.now >= ends_at:
        return
    at = ends_at.astimezone(ZONE).strftime("%Y-%m-%d %H:%M")
    if conclusion != Duty.Conclusion.STOPPED:
        raise refuse(
            "supervision.exam_still_runs",
            say("考试到 {at} 结束，考后各项现在还不能填写。", at=at),
            field="conclusion",
            clause=rules.EVERY_EXAM,
            remedy=say("{at} 起可以提交；须叫停的，结论选“{label}”。", at=at, label=Duty.Conclusion.STOPPED.label),
        )
    early = next((item for item in items if item["group"] == GROUPS["after"] and item["answer"] != "na"), None)
    if early is not None:
        raise refuse(
            "supervision.answered_before_the_end",
            say("考试到 {at} 结束，“{text}”现在还不能答复。", at=at, text=early["text"]),
            field=f"answers.{early['key']}",
            clause=rules.EVERY_EXAM,
            remedy="叫停的，考后各项填“不适用”。",
        )


def _stop(doing: Doing[Duty]) -> int:
    """Hold every batch this supervisor attends, wherever it stands between admission and results."""
    duty = doing.subject
    classes = {target.partition(".")[2] for target in pool.targets_of(duty)}
    held = [
        batch
        for batch in Batch.objects.filter(plan=duty.plan, state__in=STOPPABLE).order_by("pk")
        if small_class(batch.occupation_code) in classes
    ]
    for batch in held:
        batch.stopped_at, batch.stopped_from, batch.state = doing.now, batch.state, BatchState.STOPPED
        batch.stop_decision = ""
        doing.save(batch)
    return len(held)
