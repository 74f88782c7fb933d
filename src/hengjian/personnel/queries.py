"""Readings of the supervisors' base: lists and recusals. Who can be drawn for an exam is asked in `supervision.pool`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from hengjian.kernel.actor import Actor
from hengjian.kernel.disclosure import Disclosures, along_jurisdiction, disclosed
from hengjian.kernel.law import nationwide
from hengjian.personnel.models import Recusal, Supervisor
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


DISCLOSED: Disclosures = along_jurisdiction(Supervisor, Recusal)


def supervisors(actor: Actor, day: date, *, state: str = "", small_class: str = "") -> list[SupervisorRow]:
    """The supervisors this seat may see."""
    rows = disclosed(Supervisor, actor).select_related("office")
    if state:
        rows = rows.filter(state=state)
    warn = day + timedelta(days=nationwide(day).policy(CARD_WARN_DAYS))
    return [
        SupervisorRow(
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
        for row in rows.order_by("code")
        if not small_class or small_class in row.competence
    ]


def recusals(actor: Actor, *, supervisor_id: int | None = None) -> list[RecusalRow]:
    """The recusals this seat may see, standing ones first."""
    rows = disclosed(Recusal, actor).select_related("supervisor", "institution")
    if supervisor_id is not None:
        rows = rows.filter(supervisor_id=supervisor_id)
    found = [
        RecusalRow(
            row.pk,
            row.supervisor.code,
            row.supervisor.name,
            row.institution_id,
            row.institution.name,
            row.ground,
            row.get_ground_display(),
            row.note,
            row.ended_on,
        )
        for row in rows.order_by("id")
    ]
    return sorted(found, key=lambda row: (row.ended_on is not None, row.id))
