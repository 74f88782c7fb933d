"""Readings of applications for registration: the office's list, and what the code tells whoever applied."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from hengjian.institutions.registration import Registration
from hengjian.kernel.clock import ZONE


@dataclass(frozen=True)
class RegistrationRow:
    """An application as the office lists it; nothing of the person but the name."""

    registration: int
    name: str
    uscc: str
    kind_label: str
    area_name: str
    person_name: str
    office_name: str
    received_at: datetime
    decided_on: date | None
    state: str
    state_label: str


@dataclass(frozen=True)
class TrackedRegistration:
    """What the code tells: the state and the office's reason, nothing that was written."""

    state: str
    state_label: str
    office_name: str
    received_on: date
    decided_on: date | None
    answer: str


def registration_row(found: Registration) -> RegistrationRow:
    return RegistrationRow(
        found.pk,
        found.name,
        found.uscc,
        found.get_kind_display(),
        found.area.name,
        found.person_name,
        found.office.name,
        found.received_at,
        found.decided_on,
        found.state,
        found.get_state_display(),
    )


def track_registration(code: str) -> TrackedRegistration | None:
    """For whoever holds the code: it is what admits to it."""
    found = Registration.objects.select_related("office").filter(code=code).order_by("pk").first()
    if found is None:
        return None
    return TrackedRegistration(
        found.state,
        found.get_state_display(),
        found.office.name,
        found.received_at.astimezone(ZONE).date(),
        found.decided_on,
        found.answer,
    )
