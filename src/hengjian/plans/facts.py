"""What the ledger can say about plans: every version keeps its values here (R40, R44)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from hengjian.kernel.facts import Fact


@dataclass(frozen=True)
class PlanDrafted(Fact):
    code = "plans.plan_drafted"
    title = "填写认定计划"
    name: str
    venue: str
    held_on: date
    ends_on: date
    held_path: str
    entrusted_by: str


@dataclass(frozen=True)
class Change:
    """One field of a plan before and after."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class PlanEdited(Fact):
    code = "plans.plan_edited"
    title = "修改认定计划"
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class BatchAdded(Fact):
    code = "plans.batch_added"
    title = "增加批次"
    batch_id: int
    occupation_code: str
    occupation_name: str
    trade: str
    level: str
    headcount: int
    standard: str
    conditions: str


@dataclass(frozen=True)
class BatchRemoved(Fact):
    code = "plans.batch_removed"
    title = "撤下批次"
    batch_id: int
    occupation_name: str
    level: str


@dataclass(frozen=True)
class SittingAdded1(Fact):
    """As it was said before a sitting named how many invigilate or assess."""

    code = "plans.sitting_added"
    title = "安排场次"
    sitting_id: int
    batch_id: int
    part: str
    room: str
    starts_at: datetime
    ends_at: datetime
    seats: int


@dataclass(frozen=True)
class SittingAdded(Fact):
    """`staff`: how many invigilate (theory), assess (practical) or review."""

    code = "plans.sitting_added"
    version = 2
    title = "安排场次"
    sitting_id: int
    batch_id: int
    part: str
    room: str
    starts_at: datetime
    ends_at: datetime
    seats: int
    staff: int


@dataclass(frozen=True)
class SittingRemoved(Fact):
    code = "plans.sitting_removed"
    title = "撤下场次"
    sitting_id: int
    room: str
    starts_at: datetime


@dataclass(frozen=True)
class PlanSubmitted(Fact):
    code = "plans.plan_submitted"
    title = "报送认定计划"
    number_of_version: int
    batches: int
    sittings: int
    headcount: int
    due_on: date
    due_provisional: bool


@dataclass(frozen=True)
class PlanReturned(Fact):
    code = "plans.plan_returned"
    title = "退回认定计划"
    reason: str
    basis: str


@dataclass(frozen=True)
class PlanSecondReviewed(Fact):
    code = "plans.plan_second_reviewed"
    title = "复核委托认定计划"
    opinion: str


@dataclass(frozen=True)
class PlanFiled(Fact):
    code = "plans.plan_filed"
    title = "计划备案"
    number: str
    number_of_version: int
    filed_by: str


@dataclass(frozen=True)
class SittingMoved:
    sitting_id: int
    room_before: str
    room_after: str
    starts_before: datetime
    starts_after: datetime


@dataclass(frozen=True)
class PlanRevised(Fact):
    code = "plans.plan_revised"
    title = "变更已备案计划"
    number: str
    old_version: int
    new_version: int
    reason: str
    changes: tuple[Change, ...]
    sittings: tuple[SittingMoved, ...]


@dataclass(frozen=True)
class PlanWithdrawn(Fact):
    code = "plans.plan_withdrawn"
    title = "撤回认定计划"
    number: str
    reason: str


@dataclass(frozen=True)
class PlansTakenOver(Fact):
    """`rows` are occupations at a level; `digest` is over number, occupation and level in the order of the table."""

    code = "plans.taken_over"
    title = "承接以往计划"
    files = ("sha256",)
    rows: int
    known: int
    sha256: str
    digest: str
