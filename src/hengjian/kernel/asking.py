"""One way to ask: what rules, bodies and pages may know besides the case itself.

    def it_is_early_enough(asking: Asking[Plan]) -> …:
        days = asking.policy(LEAD_WORKING_DAYS)      # national, or stricter where the plan lies; pinned
        earliest = asking.calendar.add_working_days(asking.today, days)

Whoever decides and whoever only shows ask the same question and so read the same value.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from hengjian.kernel import clock
from hengjian.kernel.actor import Actor
from hengjian.kernel.calendar import stored_calendar
from hengjian.kernel.local_values import local_values
from hengjian.kernel.policy import LocalValue, Pin, Policy
from hengjian.kernel.workdays import Calendar

S = TypeVar("S", covariant=True)
T = TypeVar("T")
R = TypeVar("R")
EVERYWHERE = "*"


class NotCited(TypeError):
    """Something was read of the law that the header of the act does not cite: a fault of the program."""


class Asking(Generic[S]):
    """Who asks about which subject, at one reading of the clock. An act that opens a case asks about None.

    With `citable` only those keys of the law may be read (the runner sets it); without, a page may read any. `known` are
    readings given instead of made: the worked cases of a rule need no database.
    """

    subject: S

    def __init__(
        self,
        actor: Actor,
        subject: S,
        now: datetime | None = None,
        *,
        citable: frozenset[str] | None = None,
        of: str = "",
        known: Mapping[Hashable, Any] | None = None,
    ) -> None:
        self.actor = actor
        self.subject = subject
        self.now = clock.now() if now is None else now
        self.citable = citable
        self.of = of  # the act's code, for the fault's text
        self.pins: dict[tuple[str, date, str], Pin[Any]] = {}
        self._readings: dict[Hashable, Any] = dict(known or {})
        self._locals: dict[str, list[LocalValue]] = {}

    def about(self, other: R) -> Asking[R]:
        """The same question about another case: same moment, same law, what was read is pinned together."""
        asking = Asking(self.actor, other, self.now, citable=self.citable, of=self.of)
        asking.pins, asking._locals = self.pins, self._locals
        return asking

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def calendar(self) -> Calendar:
        return self._once(stored_calendar, stored_calendar)

    @property
    def area_path(self) -> str:
        """Where the subject lies; for an act that opens a case, where the actor sits."""
        return self._once("area_path", lambda: area_of(self.subject) or str(self.actor.reach.get("area") or ""))

    def policy(self, handle: Policy[T], on: date | None = None) -> T:
        """The value in force today (or on that day) for the subject's area: national, or stricter local. Always pinned."""
        return self.pin(handle, on).value

    def pin(self, handle: Policy[T], on: date | None = None) -> Pin[T]:
        """The same with where it comes from."""
        day, area = on or self.today, self.area_path
        known = self.pins.get((handle.key, day, area))
        if known is None:
            if self.citable is not None and handle.key not in self.citable:
                raise NotCited(f"{self.of} cites {handle.key} neither itself nor through its rules")
            known = self.pins[handle.key, day, area] = handle.resolve(day, self._local_values(area), area)
        return known

    def _local_values(self, area: str) -> list[LocalValue]:
        """Of the first area its own; once a second is asked about, all there are, so that a list costs two reads."""
        if not area:
            return []
        if EVERYWHERE in self._locals:
            return self._locals[EVERYWHERE]
        if area not in self._locals:
            known = area if not self._locals else EVERYWHERE
            self._locals[known] = local_values(None if known == EVERYWHERE else area)
            return self._locals[known]
        return self._locals[area]

    def reading(self, of: Callable[[S], R]) -> R:
        """What `of(subject)` reads, read once however many rules ask for it. For rules and pages: a body that has
        written reads anew."""
        return self._once(of, lambda: of(self.subject))

    def consulting(self, of: Callable[[Asking[Any]], R]) -> R:
        """The same for what depends on who asks or when, besides the subject."""
        return self._once(of, lambda: of(self))

    def _once(self, key: Hashable, read: Callable[[], R]) -> R:
        if key not in self._readings:
            self._readings[key] = read()
        found: R = self._readings[key]
        return found


def area_of(subject: Any) -> str:
    """The closed path of the area a case lies in, along its `area` dimension; empty where it has none."""
    value: Any = subject
    for step in getattr(subject, "jurisdiction", {}).get("area", "").split("__"):
        value = getattr(value, step, "") if step else ""
    return value if isinstance(value, str) else ""
