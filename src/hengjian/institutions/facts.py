"""What the ledger can say about institutions, their filings and site assessments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hengjian.institutions.sheets import Item
from hengjian.kernel.facts import Fact


@dataclass(frozen=True)
class ApplicantRegistered(Fact):
    code = "institutions.applicant_registered"
    title = "登记申请机构"
    name: str
    uscc: str
    kind: str
    ownership: str
    filing_level: str
    area_path: str
    office_id: int
    office_reason: str


@dataclass(frozen=True)
class FilingDrafted(Fact):
    code = "institutions.filing_drafted"
    title = "填写备案申请"
    kind: str
    office_id: int
    items: tuple[Item, ...]


@dataclass(frozen=True)
class FilingEdited(Fact):
    code = "institutions.filing_edited"
    title = "修改备案申请"
    added: tuple[str, ...]
    dropped: tuple[str, ...]
    items: tuple[Item, ...]


@dataclass(frozen=True)
class MaterialAdded(Fact):
    code = "institutions.material_added"
    title = "提交材料"
    files = ("sha256",)
    material_id: int
    kind: str
    name: str
    sha256: str


@dataclass(frozen=True)
class MaterialReplaced(Fact):
    code = "institutions.material_replaced"
    title = "更换材料"
    files = ("old_sha256", "sha256")
    new_material_id: int
    kind: str
    old_sha256: str
    sha256: str


@dataclass(frozen=True)
class MaterialWithdrawn(Fact):
    code = "institutions.material_withdrawn"
    title = "撤下材料"
    kind: str
    sha256: str


@dataclass(frozen=True)
class MaterialReviewed(Fact):
    code = "institutions.material_reviewed"
    title = "审查材料"
    kind: str
    sha256: str
    accepted: bool
    reason: str


@dataclass(frozen=True)
class FilingSubmitted(Fact):
    code = "institutions.filing_submitted"
    title = "提交备案申请"
    due_on: date
    due_provisional: bool
    items: int
    materials: int


@dataclass(frozen=True)
class FilingAccepted(Fact):
    code = "institutions.filing_accepted"
    title = "受理备案申请"
    due_on: date
    due_provisional: bool


@dataclass(frozen=True)
class ReturnedMaterial:
    material_id: int
    kind: str
    reason: str


@dataclass(frozen=True)
class FilingReturned(Fact):
    code = "institutions.filing_returned"
    title = "退回补正"
    note: str
    materials: tuple[ReturnedMaterial, ...]
    items_reopened: bool
    due_on: date


@dataclass(frozen=True)
class VisitPlanned(Fact):
    code = "institutions.visit_planned"
    title = "安排现场考察"
    visit_id: int
    planned_on: date
    place: str
    team: tuple[str, ...]


@dataclass(frozen=True)
class VisitConcluded(Fact):
    code = "institutions.visit_concluded"
    title = "完成现场考察"
    visit_id: int
    visited_on: date
    assessors: tuple[str, ...]
    sheets: int
    total: int
    conclusion: str


@dataclass(frozen=True)
class FilingDecided(Fact):
    code = "institutions.filing_decided"
    title = "作出备案决定"
    granted: bool
    reason: str
    clauses: tuple[str, ...]
    filing_number: str
    site_code: str
    valid_until: date | None


@dataclass(frozen=True)
class FilingWithdrawn(Fact):
    code = "institutions.filing_withdrawn"
    title = "撤回备案申请"
    reason: str


@dataclass(frozen=True)
class FilingExpired(Fact):
    code = "institutions.filing_expired"
    title = "备案到期终止"
    filing_number: str
    valid_until: date


@dataclass(frozen=True)
class InstitutionSuspended(Fact):
    code = "institutions.suspended"
    title = "暂停认定"
    reason: str
    clause: str


@dataclass(frozen=True)
class InstitutionResumed(Fact):
    code = "institutions.resumed"
    title = "恢复认定"
    reason: str


@dataclass(frozen=True)
class InstitutionEnded(Fact):
    code = "institutions.ended"
    title = "终止备案"
    reason: str
    ground: str
    clauses: tuple[str, ...]
    barred_until: date | None


@dataclass(frozen=True)
class InstitutionReassigned(Fact):
    code = "institutions.reassigned"
    title = "改派负责机关"
    from_office_id: int
    to_office_id: int
    reason: str


@dataclass(frozen=True)
class InstitutionRechecked(Fact):
    code = "institutions.rechecked"
    title = "复查已备案机构"
    visit_id: int
    visited_on: date
    conclusion: str
    next_due: date


@dataclass(frozen=True)
class InstitutionSeatOpened(Fact):
    code = "institutions.seat_opened"
    title = "开通机构席位"
    role: str
    user: str


@dataclass(frozen=True)
class RegistrationAsked(Fact):
    code = "institutions.registration_asked"
    title = "申请登记评价机构"
    tracking: str
    kind: str
    area_path: str
    office_id: int


@dataclass(frozen=True)
class RegistrationConfirmed(Fact):
    code = "institutions.registration_confirmed"
    title = "确认登记"
    name: str
    uscc: str
    administrator: str


@dataclass(frozen=True)
class RegistrationRefused(Fact):
    code = "institutions.registration_refused"
    title = "不予登记"
    tracking: str
    reason: str


@dataclass(frozen=True)
class StaffInvited(Fact):
    code = "institutions.staff_invited"
    title = "邀请本机构人员"
    role: str
    user: str
    place: str


@dataclass(frozen=True)
class InstitutionsTakenOver(Fact):
    """`digest` is over credit codes and filing numbers in the order of the table: the same table gives the same digest."""

    code = "institutions.institutions_taken_over"
    title = "承接已备案机构"
    files = ("sha256",)
    institutions: int
    scope_items: int
    known: int
    sha256: str
    digest: str


@dataclass(frozen=True)
class TakeoverUndone(Fact):
    code = "institutions.takeover_undone"
    version = 2
    title = "撤销承接"
    kind: str
    rows: int
    reason: str


@dataclass(frozen=True)
class TakeoverUndone1(Fact):
    """As it was said when only institutions were taken over."""

    code = "institutions.takeover_undone"
    title = "撤销承接"
    institutions: int
    reason: str
