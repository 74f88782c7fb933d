"""Plans, batches and sittings in words and chips."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from hengjian.kernel.admission import waiver_of
from hengjian.kernel.asking import Asking
from hengjian.kernel.clock import ZONE
from hengjian.kernel.facts import Fact
from hengjian.kernel.refusal import Refusal
from hengjian.kernel.rule import Rule
from hengjian.kernel.words import listed, say
from hengjian.plans import facts as said
from hengjian.plans import rules
from hengjian.plans.models import Plan, Sitting
from hengjian.plans.queries import SittingRow
from hengjian.plans.states import BatchState, PlanState
from hengjian.web.components import Chip, Clause, Tone
from hengjian.web.parts import day, moment, policy_chip

PLAN_TONES: Mapping[PlanState, Tone] = {
    PlanState.DRAFT: "quiet",
    PlanState.SUBMITTED: "normal",
    PlanState.RETURNED: "warn",
    PlanState.FILED: "good",
    PlanState.WITHDRAWN: "quiet",
}
BATCH_TONES: Mapping[BatchState, Tone] = {
    BatchState.OPEN: "warn",
    BatchState.ROSTERED: "normal",
    BatchState.ADMITTED: "normal",
    BatchState.EXAMINING: "normal",
    BatchState.EXAMINED: "good",
    BatchState.STOPPED: "seal",
    BatchState.INVALID: "quiet",
    BatchState.WITHDRAWN: "quiet",
}
ADMITTED = (BatchState.ADMITTED, BatchState.EXAMINING, BatchState.EXAMINED, BatchState.STOPPED)
STEPS = ((PlanState.DRAFT, "填写"), (PlanState.SUBMITTED, "计划审核"), (PlanState.FILED, "备案"))
BATCH_STEPS = (
    (BatchState.OPEN, "待交名册"),
    (BatchState.ROSTERED, "考生核查"),
    (BatchState.ADMITTED, "考生核定"),
    (BatchState.EXAMINING, "考试中"),
    (BatchState.EXAMINED, "考试完成"),
)


def plan_chip(state: str) -> Chip:
    return Chip(str(PlanState(state).label), PLAN_TONES[PlanState(state)])


def batch_chip(state: str) -> Chip:
    return Chip(str(BatchState(state).label), BATCH_TONES[BatchState(state)])


def span(sitting: Sitting | SittingRow) -> str:
    """`10 月 17 日 09:00–11:00`."""
    start, end = sitting.starts_at.astimezone(ZONE), sitting.ends_at.astimezone(ZONE)
    return say("{start.month} 月 {start.day} 日 {start:%H:%M}–{end:%H:%M}", start=start, end=end)


def clashing(sittings: QuerySet[Sitting]) -> set[int]:
    """Those of these sittings that stand in one room at one time."""
    live = sittings.filter(withdrawn=False)
    found: set[int] = set()
    room, latest, at = "", None, 0
    times = live.order_by("room", "starts_at", "pk").values_list("room", "starts_at", "ends_at", "pk")
    for where, starts, ends, pk in times:
        if where == room and latest is not None and starts < latest:
            found |= {at, pk}
        if where != room or latest is None or ends > latest:
            latest, at = ends, pk
        room = where
    return found


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule of the submission says of a plan; without a refusal it is met."""

    rule: Rule[Plan]
    refusal: Refusal | None
    waived: bool

    @property
    def clause(self) -> Clause | None:
        if self.rule.policy:
            return policy_chip(self.rule.policy)
        return Clause(self.rule.clause) if self.rule.clause else None

    @property
    def chip(self) -> Chip:
        if self.refusal is None:
            return Chip("符合", "good")
        return Chip("已豁免", "quiet") if self.waived else Chip("不符合", "warn")


def findings(asking: Asking[Plan]) -> list[Finding]:
    """What the rules of the submission find, unmet ones first; a waived rule says so and stays visible."""
    found = []
    for rule in rules.OF_SUBMISSION:
        refusal = rule(asking)
        waived = refusal is not None and waiver_of(rule, asking) is not None
        found.append(Finding(rule, refusal, waived))
    return sorted(found, key=lambda item: (item.refusal is None, item.waived))


def in_words(fact: Fact) -> str:
    """What a fact about plans adds to its title on the time line."""
    match fact:
        case said.PlanReturned() | said.PlanWithdrawn():
            return fact.reason
        case said.PlanSubmitted():
            return say(
                "第 {number_of_version} 版，{batches} 个批次、{sittings} 场、{headcount} 人；审核期限至 {due_on}",
                number_of_version=fact.number_of_version,
                batches=fact.batches,
                sittings=fact.sittings,
                headcount=fact.headcount,
                due_on=day(fact.due_on),
            )
        case said.PlanFiled():
            return say(
                "计划编号 {number}，第 {number_of_version} 版",
                number=fact.number,
                number_of_version=fact.number_of_version,
            )
        case said.PlanSecondReviewed():
            return fact.opinion
        case said.PlanRevised():
            return say(
                "第 {old_version} 版改为第 {new_version} 版：{reason}",
                old_version=fact.old_version,
                new_version=fact.new_version,
                reason=fact.reason,
            )
        case said.PlanEdited():
            return listed(FIELDS.get(change.field, change.field) for change in fact.changes)
        case said.BatchAdded():
            return say(
                "{occupation_name} {level} 级，{headcount} 人",
                occupation_name=fact.occupation_name,
                level=fact.level,
                headcount=fact.headcount,
            )
        case said.BatchRemoved():
            return say("{occupation_name} {level} 级", occupation_name=fact.occupation_name, level=fact.level)
        case said.SittingAdded():
            return say(
                "{label}，{room}，{starts_at}",
                label=Sitting.Part(fact.part).label,
                room=fact.room,
                starts_at=moment(fact.starts_at),
            )
        case said.SittingRemoved():
            return say("{room}，{starts_at}", room=fact.room, starts_at=moment(fact.starts_at))
    return ""


FIELDS = {
    "title": "计划名称",
    "venue": "考点",
    "held_on": "开考日期",
    "ends_on": "结束日期",
    "bank": "考核题（卷）库",
    "process": "评价流程",
    "timetable": "时间安排",
    "publicity": "公布情况",
    "entrusted_by": "委托单位",
    "held_path": "考试所在区域",
    "area_code": "考试所在区域",
}


def changes(fact: Fact) -> list[tuple[str, str, str]]:
    """(field, before, after) of an edit or a revision, sittings included."""
    if not isinstance(fact, said.PlanEdited | said.PlanRevised):
        return []
    rows = [(FIELDS.get(change.field, change.field), change.before, change.after) for change in fact.changes]
    if isinstance(fact, said.PlanRevised):
        rows += [
            (
                "场次",
                f"{moved.room_before} {moment(moved.starts_before)}",
                f"{moved.room_after} {moment(moved.starts_after)}",
            )
            for moved in fact.sittings
        ]
    return rows
