"""To whom messages are disclosed: each to the person it was written to, from whatever seat they sit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import Count, QuerySet

from hengjian.kernel.actor import Actor
from hengjian.kernel.disclosure import Disclosures
from hengjian.messages.models import Delivery, Message, Preference


def messages_disclosed_to(actor: Actor) -> QuerySet[Message]:
    return Message.objects.filter(person=actor.person) if actor.person else Message.objects.none()


def preferences_disclosed_to(actor: Actor) -> QuerySet[Preference]:
    return Preference.objects.filter(person=actor.person) if actor.person else Preference.objects.none()


def deliveries_disclosed_to(actor: Actor) -> QuerySet[Delivery]:
    return Delivery.objects.filter(message__person=actor.person) if actor.person else Delivery.objects.none()


DISCLOSED: Disclosures = {
    Message: messages_disclosed_to,
    Preference: preferences_disclosed_to,
    Delivery: deliveries_disclosed_to,
}


def unread(actor: Actor) -> int:
    """How many messages this person has not opened, of those that are still so."""
    return messages_disclosed_to(actor).filter(read_at__isnull=True, lapsed_at__isnull=True).count()


def mark_read(actor: Actor, now: datetime, among: Sequence[int] | None = None) -> int:
    """These messages, or all of them, have been read by the person they were written to; how many were unread."""
    rows = messages_disclosed_to(actor).filter(read_at__isnull=True)
    return (rows if among is None else rows.filter(pk__in=among)).update(read_at=now)


def choose(actor: Actor, channel: str, when: str) -> None:
    """How this person wants to be told by this channel."""
    Preference.objects.update_or_create(person=actor.person, channel=channel, defaults={"when": when})


def delivered() -> Mapping[tuple[str, str], int]:
    """(channel, state) → how many; for whoever looks after the machine: figures, no message and no person."""
    rows = Delivery.objects.order_by("channel", "state").values("channel", "state").annotate(n=Count("pk"))
    return {(row["channel"], row["state"]): row["n"] for row in rows}
