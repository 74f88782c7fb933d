"""What the ledger can say about quality supervisors and their recusals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hengjian.kernel.facts import Fact


@dataclass(frozen=True)
class SupervisorAppointed1(Fact):
    """As it was said before the years of experience were asked for."""

    code = "personnel.supervisor_appointed"
    title = "聘任质量督导员"
    supervisor_code: str
    card_number: str
    card_valid_until: date
    competence: tuple[str, ...]
    safety_trained_on: date | None


@dataclass(frozen=True)
class SupervisorAppointed(Fact):
    """`practice_years` of managing assessments or of the technical trade, `assessor_years` as an assessor."""

    code = "personnel.supervisor_appointed"
    version = 2
    title = "聘任质量督导员"
    supervisor_code: str
    card_number: str
    card_valid_until: date
    competence: tuple[str, ...]
    safety_trained_on: date | None
    practice_years: int
    assessor_years: int


@dataclass(frozen=True)
class SupervisorEdited(Fact):
    code = "personnel.supervisor_edited"
    title = "更新督导员资料"
    supervisor_code: str
    fields: tuple[str, ...]
    competence: tuple[str, ...]
    card_valid_until: date
    safety_trained_on: date | None


@dataclass(frozen=True)
class SupervisorSuspended(Fact):
    code = "personnel.supervisor_suspended"
    title = "暂停督导员"
    supervisor_code: str
    reason: str


@dataclass(frozen=True)
class SupervisorResumed(Fact):
    code = "personnel.supervisor_resumed"
    title = "恢复督导员"
    supervisor_code: str
    reason: str


@dataclass(frozen=True)
class SupervisorEnded(Fact):
    code = "personnel.supervisor_ended"
    title = "解聘督导员"
    supervisor_code: str
    reason: str


@dataclass(frozen=True)
class RecusalDeclared(Fact):
    code = "personnel.recusal_declared"
    title = "申报回避"
    supervisor_code: str
    institution_id: int
    ground: str


@dataclass(frozen=True)
class RecusalEnded(Fact):
    code = "personnel.recusal_ended"
    title = "解除回避"
    supervisor_code: str
    institution_id: int
    reason: str


@dataclass(frozen=True)
class SupervisorSeatOpened(Fact):
    code = "personnel.supervisor_seat_opened"
    title = "开通督导员席位"
    supervisor: str
    username: str


@dataclass(frozen=True)
class SupervisorsTakenOver(Fact):
    """`digest` is over the numbers of the cards in the order of the table: the same table gives the same digest."""

    code = "personnel.supervisors_taken_over"
    title = "承接质量督导员"
    files = ("sha256",)
    supervisors: int
    known: int
    sha256: str
    digest: str


@dataclass(frozen=True)
class AssessorsTakenOver(Fact):
    """As that of supervisors."""

    code = "personnel.assessors_taken_over"
    title = "承接考评人员"
    files = ("sha256",)
    assessors: int
    known: int
    sha256: str
    digest: str
