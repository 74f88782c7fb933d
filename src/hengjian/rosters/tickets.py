"""Admission tickets (准考证) of a batch, for the institution that hands them out: names in full, the code to be printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from hengjian.kernel import codes
from hengjian.kernel.actor import Actor
from hengjian.kernel.disclosure import disclosed
from hengjian.plans.models import Batch, Sitting
from hengjian.rosters.models import Candidate


@dataclass(frozen=True)
class TicketSitting:
    part: str
    room: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Ticket:
    """One ticket; `code` is grouped as it is printed, empty for who was admitted before codes were given."""

    row: int
    name: str
    masked_number: str
    ticket: str
    code: str


@dataclass(frozen=True)
class Tickets:
    """The tickets of a batch and what stands on each of them."""

    institution: str
    occupation: str
    level: str
    plan_number: str
    held_on: date
    venue: str
    sittings: tuple[TicketSitting, ...]
    tickets: tuple[Ticket, ...]


def tickets(actor: Actor, batch: int) -> Tickets | None:
    """Only for seats of the own institution: no office needs a candidate's code, and none is shown it."""
    found = disclosed(Batch, actor).filter(pk=batch).select_related("plan__institution").first()
    if found is None or actor.reach.get("institution") != found.plan.institution_id:
        return None
    admitted = Candidate.objects.filter(batch=found, state=Candidate.State.ADMITTED).order_by("row")
    return Tickets(
        institution=found.plan.institution.name,
        occupation=found.occupation_name,
        level=found.level,
        plan_number=found.plan.number or "",
        held_on=found.plan.held_on,
        venue=found.plan.venue,
        sittings=tuple(
            TicketSitting(str(Sitting.Part(sitting.part).label), sitting.room, sitting.starts_at, sitting.ends_at)
            for sitting in found.sittings.filter(withdrawn=False).order_by("starts_at", "room")
        ),
        tickets=tuple(
            Ticket(each.row, each.name, each.masked_number, each.ticket, codes.grouped(each.ticket_code or ""))
            for each in admitted.defer("document_number", "facts")
        ),
    )
