"""Readings of the supervisors' base: lists and recusals. Who can be drawn for an exam is asked in `supervision.pool`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F

from hengjian.kernel.actor import Actor
from hengjian.kernel.disclosure import Disclosures, along_jurisdiction, disclosed
from hengjian.kernel.law import nationwide
from hengjian.personnel.models import Assessor, Recusal, Supervisor
from hengjian.personnel.policies import CARD_WARN_DAYS


@dataclass(frozen=True)
class SupervisorRow:
    id: int
    code: str
    name: str
    employer: str
    office_name: str
    competence: tuple[str, ...]
    card_number: str
    card_valid_until: date
    card_ends_soon: bool
    safety_trained_on: date | None
    state: str
    state_label: str


@dataclass(frozen=True)
class RecusalRow:
    id: int
    supervisor_code: str
    supervisor_name: str
    institution_id: int
    institution_name: str
    ground: str
    ground_label: str
    note: str
    ended_on: date | None


@dataclass(frozen=True)
class AssessorRow:
    """In lists; the number of the identity card is masked."""

    id: int
    name: str
    masked_number: str
    employer: str
    grade: str
    grade_label: str
    occupations: tuple[str, ...]
    levels: tuple[str, ...]
    card_number: str
    card_valid_until: date
    card_ends_soon: bool
    trained_on: date | None
    state: str
    state_label: str
    office_name: str
    institution_name: str


DISCLOSED: Disclosures = along_jurisdiction(Supervisor, Recusal, Assessor)


@dataclass(frozen=True)
class SupervisorFile:
    supervisor: SupervisorRow
    recusals: tuple[RecusalRow, ...]


def supervisor(actor: Actor, supervisor_id: int, day: date) -> SupervisorFile | None:
    """One supervisor with the institutions they keep away from, standing ones first: two readings."""
    found = disclosed(Supervisor, actor).select_related("office").filter(pk=supervisor_id).first()
    if found is None:
        return None
    rows = disclosed(Recusal, actor).filter(supervisor=found).select_related("institution")
    kept = [_recusal(found, row) for row in rows.order_by(F("ended_on").asc(nulls_first=True), "id")]
    return SupervisorFile(supervisor_row(found, day), tuple(kept))


def supervisor_row(row: Supervisor, day: date) -> SupervisorRow:
    warn = day + timedelta(days=nationwide(day).policy(CARD_WARN_DAYS))
    return SupervisorRow(
        row.pk,
        row.code,
        row.name,
        row.employer,
        row.office.name,
        tuple(row.competence),
        row.card_number,
        row.card_valid_until,
        row.state != Supervisor.State.ENDED and row.card_valid_until <= warn,
        row.safety_trained_on,
        row.state,
        row.get_state_display(),
    )


def _recusal(supervisor: Supervisor, row: Recusal) -> RecusalRow:
    return RecusalRow(
        row.pk,
        supervisor.code,
        supervisor.name,
        row.institution_id,
        row.institution.name,
        row.ground,
        row.get_ground_display(),
        row.note,
        row.ended_on,
    )


def assessor_row(row: Assessor, day: date) -> AssessorRow:
    warn = day + timedelta(days=nationwide(day).policy(CARD_WARN_DAYS))
    return AssessorRow(
        row.pk,
        row.name,
        row.masked_number,
        row.employer,
        row.grade,
        str(row.get_grade_display()),
        tuple(row.occupations),
        tuple(row.levels),
        row.card_number,
        row.card_valid_until,
        row.state == Assessor.State.STANDING and row.card_valid_until <= warn,
        row.trained_on,
        row.state,
        str(row.get_state_display()),
        row.office.name,
        row.institution.short_name if row.institution is not None else "",
    )
