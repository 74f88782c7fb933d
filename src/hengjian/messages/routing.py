"""By which ways a message leaves the house, and when: what its reader chose, else the rule; never by night, unless urgent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from hengjian.kernel.law import Law, nationwide
from hengjian.messages.channels import Way, ways
from hengjian.messages.declared import Address
from hengjian.messages.models import Delivery, Message, Preference, When
from hengjian.messages.policies import DEFAULT_CHANNELS, DIGEST_AT, QUIET_FROM, QUIET_UNTIL, URGENT_CHANNELS

AT_ONCE = 200
Chosen = Mapping[tuple[str, str], str]


def route(now: datetime) -> int:
    """Give every message that has none yet its deliveries; how many messages were looked at. Each once, in one transaction."""
    routed = 0
    law, open_ways = nationwide(now.date()), ways()
    by_channel = {way.channel for way in open_ways}
    while True:
        with transaction.atomic():
            batch = list(Message.objects.select_for_update().filter(routed_at__isnull=True).order_by("pk")[:AT_ONCE])
            if not batch:
                return routed
            persons = list(dict.fromkeys(message.person for message in batch))
            known, chosen = addresses(persons), chosen_by(persons)
            made = [
                delivery
                for message in batch
                for delivery in _deliveries(message, known.get(message.person, Address()), chosen, open_ways, law, now)
            ]
            Delivery.objects.bulk_create(made, ignore_conflicts=True)
            Message.objects.filter(pk__in=[message.pk for message in batch]).update(routed_at=now)
            shut = [message.pk for message in batch if message.by_way and message.by_way not in by_channel]
            Message.objects.filter(pk__in=shut).update(enclosed=b"", enclosed_to=b"")  # it will never leave
            routed += len(batch)


def addresses(persons: Sequence[str]) -> Mapping[str, Address]:
    """Where these persons are reached, as the address book of the settings knows it."""
    found: Mapping[str, Address] = import_string(settings.ADDRESS_BOOK)(persons)
    return found


def chosen_by(persons: Sequence[str]) -> Chosen:
    rows = Preference.objects.filter(person__in=persons).order_by("pk").values_list("person", "channel", "when")
    return {(person, channel): when for person, channel, when in rows}


def when_by_rule(channel: str, urgent: bool, law: Law) -> When:
    """What holds for who chose nothing."""
    used = channel in law.policy(DEFAULT_CHANNELS) or (urgent and channel in law.policy(URGENT_CHANNELS))
    return When.AT_ONCE if used else When.NEVER


def _deliveries(
    message: Message, address: Address, chosen: Chosen, open_ways: Sequence[Way], law: Law, now: datetime
) -> list[Delivery]:
    made = []
    for way in open_ways:
        if message.by_way:
            if way.channel == message.by_way:
                made.append(Delivery(message=message, channel=way.channel, next_at=now))
            continue
        when = chosen.get((message.person, way.channel)) or when_by_rule(way.channel, message.urgent, law)
        if when == When.NEVER or not way.reaches(address):
            continue
        moment = moment_for(when, message.urgent, now, law)
        digest = when == When.DAILY and not message.urgent
        made.append(Delivery(message=message, channel=way.channel, digest=digest, next_at=moment))
    return made


def moment_for(when: str, urgent: bool, now: datetime, law: Law) -> datetime:
    """When it leaves: what is urgent now, a summary at its hour, everything else as soon as nobody sleeps."""
    if urgent:
        return now
    return _next_hour(now, law.policy(DIGEST_AT)) if when == When.DAILY else awake(now, law)


def awake(now: datetime, law: Law) -> datetime:
    """This moment, or the end of the quiet hours it falls into."""
    begin, end = law.policy(QUIET_FROM), law.policy(QUIET_UNTIL)
    quiet = begin <= now.hour < end if begin <= end else now.hour >= begin or now.hour < end
    return _next_hour(now, end) if quiet else now


def _next_hour(now: datetime, hour: int) -> datetime:
    today = now.replace(hour=hour % 24, minute=0, second=0, microsecond=0)
    return today if today > now else today + timedelta(days=1)
