"""A worked case of a rule: plain values, the moment, and what the rule says about them.

    it_is_early_enough.shown_by(
        case("ten working days ahead", Plan(held_on=date(2026, 5, 21))),
        case("one day short", Plan(held_on=date(2026, 5, 20)), says="最早可在 2026-05-21 开考"),
    )

The subject is a row that was never stored; what the rule reads besides it is given under the reading's name. The law is
the nation's of that day, the calendar the State Council's as published with the product.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from hengjian.kernel.actor import CLOCK, Actor
from hengjian.kernel.asking import Asking
from hengjian.kernel.calendar import stored_calendar
from hengjian.kernel.clock import ZONE
from hengjian.kernel.policy import LocalValue
from hengjian.kernel.workdays import load_seed

MOMENT = "2026-05-06T09:00"  # a Wednesday after the Labour Day holidays


@dataclass(frozen=True)
class Case:
    """`says` is a part of the refusal's sentence; empty where the rule lets it pass. `read`: reading → what it would give."""

    title: str
    subject: Any
    says: str
    at: datetime
    actor: Actor
    read: Mapping[Any, Any] = field(default_factory=dict)

    def asking(self) -> Asking[Any]:
        asking: Asking[Any] = Asking(
            self.actor, self.subject, self.at, known={stored_calendar: load_seed(), **self.read}
        )
        asking._locals = _Nation()
        return asking


class _Nation(dict[str, list[LocalValue]]):
    """No area has enacted anything."""

    def __contains__(self, area: object) -> bool:
        return True

    def __missing__(self, area: str) -> list[LocalValue]:
        return []


def case(
    title: str,
    subject: Any = None,
    *,
    says: str = "",
    at: str = MOMENT,
    actor: Actor = CLOCK,
    read: Mapping[Any, Any] | None = None,
) -> Case:
    return Case(title, subject, says, datetime.fromisoformat(at).replace(tzinfo=ZONE), actor, read or {})
