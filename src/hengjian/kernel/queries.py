"""What the kernel itself keeps and to whom it is disclosed: the calendar, local values, waivers, files handed in."""

from __future__ import annotations

from django.db.models import QuerySet

from hengjian.kernel.actor import Actor
from hengjian.kernel.disclosure import Disclosures, along_jurisdiction
from hengjian.kernel.models import (
    CalendarDay,
    CalendarYear,
    DemoClock,
    Hand,
    LocalPolicyValue,
    Sequence,
    Upload,
    Waiver,
)


def uploads_disclosed_to(actor: Actor) -> QuerySet[Upload]:
    """A file handed in, to whoever handed it in; once an act has taken it, it is read through the case that holds it."""
    return Upload.objects.filter(owner=actor.actor_id)


DISCLOSED: Disclosures = {
    **along_jurisdiction(CalendarDay, CalendarYear, DemoClock, Hand, LocalPolicyValue, Sequence, Waiver),
    Upload: uploads_disclosed_to,
}
