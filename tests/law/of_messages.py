"""What the rules of telling people decide: by which way, at which hour, how often again, how long before a deadline."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from hengjian.kernel.clock import ZONE
from hengjian.kernel.law import nationwide
from hengjian.messages import reminding, routing, sending
from hengjian.messages.models import When
from tests.law.outcome import Probe

DAY = date(2026, 11, 20)


def of_messages() -> Iterator[Probe]:
    for key, run in {
        "messages.channels_by_default": lambda: routing.when_by_rule("mail", False, nationwide(DAY)),
        "messages.channels_when_urgent": lambda: routing.when_by_rule("sms", True, nationwide(DAY)),
        "messages.digest_hour": lambda: routing.moment_for(When.DAILY, False, _at(12), nationwide(DAY)),
        "messages.quiet_from_hour": lambda: [routing.awake(_at(hour), nationwide(DAY)) for hour in range(24)],
        "messages.quiet_until_hour": lambda: [routing.awake(_at(hour), nationwide(DAY)) for hour in range(24)],
        "messages.delivery_tries_max": lambda: [sending.given_up(tries, nationwide(DAY)) for tries in range(10)],
        "messages.remind_hours_before_exam": lambda: [
            reminding.hours_left(_at(12) + timedelta(hours=hours), _at(12), nationwide(DAY)) for hours in range(1, 72)
        ],
        "messages.remind_working_days_before": lambda: sorted(reminding.days_ahead(DAY).items()),
    }.items():
        yield Probe(key, (key,), run)


def _at(hour: int) -> datetime:
    return datetime(2026, 11, 20, hour, tzinfo=ZONE)
