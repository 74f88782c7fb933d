"""Restraint: how often something may be asked or done, as part of its declaration.

    restraint=[Restraint(per="address", limit=policies.OBJECTIONS_PER_HOUR)]

The number and the period are one policy (`次/小时`). It is counted in the database, so for all processes and for the whole
period, before the transaction of an act, so that what is refused counts too. A period is counted in twelfths and always
reaches back at least its whole length: more than the number never passes within any period of that length.

What is kept is a hash under a key of the day, for little more than the period: no address, no account, no certificate.
Times are real time, not a demonstration's moved clock.
"""

from __future__ import annotations

import hashlib
import hmac
import math
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

from django.conf import settings
from django.db import connection
from django.db.models import F, QuerySet

from hengjian.kernel.actor import PUBLIC, Actor
from hengjian.kernel.asker import asker
from hengjian.kernel.asking import Asking
from hengjian.kernel.clock import ZONE
from hengjian.kernel.law import Law, nationwide
from hengjian.kernel.models import RestraintCount
from hengjian.kernel.policy import Policy
from hengjian.kernel.refusal import Kind, Refusal, Refused
from hengjian.kernel.words import say

Per = Literal["address", "subject", "actor", "person"]
PERIODS = {"次/分钟": 60, "次/小时": 3600, "次/日": 86400}  # seconds
WHO: dict[Per, str] = {
    "address": "同一网络",
    "subject": "同一对象",
    "actor": "同一席位",
    "person": "同一人",
}
PARTS = 12
AT_ONCE = 400  # keys in one statement
# Code of an act or name of a read → its restraints: what the catalogue, the documents and the house tests read.
RESTRAINED: dict[str, tuple[Restraint, ...]] = {}


@dataclass(frozen=True)
class Restraint:
    """At most `limit` times in the period of the policy's unit, by one address, on one subject, by one actor or one person."""

    per: Per
    limit: Policy[int]

    def __post_init__(self) -> None:
        if self.limit.text.unit not in PERIODS:
            raise TypeError(f"{self.limit.key}: the unit of a rate is one of {', '.join(PERIODS)}")

    @property
    def seconds(self) -> int:
        return PERIODS[self.limit.text.unit]

    def most(self, actor: Actor) -> int:
        """The number in force; whoever asks from outside stands in no area, so by address it is the same everywhere."""
        now = datetime.now(ZONE)
        law: Law = nationwide(now.date()) if self.limit.text.stricter == "none" else Asking(actor, None, now)
        return law.policy(self.limit)


class Restrained(Protocol):
    """What is restrained: the header of an act, or a read."""

    @property
    def code(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def restraint(self) -> Sequence[Restraint]: ...


@dataclass(frozen=True)
class Read:
    """A page or an operation of the API that changes nothing and may not be asked without end; `title` is a verb."""

    code: str
    title: str
    restraint: tuple[Restraint, ...]

    def __post_init__(self) -> None:
        declared(self.code, self.restraint)


def declared(code: str, restraints: Sequence[Restraint]) -> tuple[Restraint, ...]:
    """Note what restrains this act or read."""
    if restraints:
        RESTRAINED[code] = tuple(restraints)
    return tuple(restraints)


def restrain(read: Restrained, actor: Actor = PUBLIC, subjects: Sequence[Any] = ()) -> None:
    """Count this time; raise `Refused` (kind `restraint`) when it is one too many. A refused time is not counted."""
    counted: list[tuple[bytes, int]] = []
    for restraint in read.restraint:
        for who in _whom(restraint, actor, subjects):
            window = _Window.now(f"{read.code}\0{restraint.per}\0{who}", restraint.seconds)
            most = restraint.most(actor)
            counted.append(window.add())
            wait = window.wait(most)
            if wait:
                _take_back(counted)
                note_wait(wait)
                raise Refused(refusal(restraint, read.title, most, wait))


def standing(header: Restrained, actor: Actor, subjects: Sequence[Any] = ()) -> Refusal | None:
    """The refusal the next time would meet; nothing is counted."""
    for restraint in header.restraint:
        for who in _whom(restraint, actor, subjects):
            window = _Window.now(f"{header.code}\0{restraint.per}\0{who}", restraint.seconds)
            most = restraint.most(actor)
            wait = window.wait(most - 1)
            if wait:
                return refusal(restraint, header.title, most, wait)
    return None


@dataclass(frozen=True)
class Tally:
    """Times noted apart from being asked, such as misses and failures. `limit` says the period; what follows from the
    number is said where it is read."""

    code: str
    limit: Policy[int]

    def __post_init__(self) -> None:
        declared(self.code, (Restraint("subject", self.limit),))

    def most(self) -> int:
        return nationwide(datetime.now(ZONE).date()).policy(self.limit)

    def note(self, *whos: str) -> None:
        if not whos:
            return
        with connection.cursor() as cursor:
            cursor.executemany(_ADD, [self._window(who).added for who in whos])

    def forget(self, who: str) -> None:
        """What was noted is settled."""
        self._window(who).clear()

    def noted(self, whos: Iterable[str]) -> dict[str, int]:
        """How often each was noted within the period, with one query for all."""
        windows = {who: self._window(who) for who in whos}
        if not windows:
            return {}
        keys = [key for window in windows.values() for key in window.keys]
        first = min(window.slot for window in windows.values()) - PARTS
        found: dict[bytes, int] = {}
        for start in range(0, len(keys), AT_ONCE):
            rows = RestraintCount.objects.filter(key__in=keys[start : start + AT_ONCE], slot__gte=first).order_by("key")
            for key, n in rows.values_list("key", "n"):
                found[bytes(key)] = found.get(bytes(key), 0) + n
        return {who: sum(found.get(key, 0) for key in window.keys) for who, window in windows.items()}

    def wait(self, who: str, most: int | None = None) -> int:
        """Seconds until fewer than `most` (the policy's number) lie within the period; 0 when that is so now."""
        return self._window(who).wait((self.most() if most is None else most) - 1)

    def _window(self, who: str) -> _Window:
        return _Window.now(f"{self.code}\0{who}", PERIODS[self.limit.text.unit])


def sweep() -> int:
    """Delete the counts of periods that are over; how many."""
    deleted, _ = RestraintCount.objects.filter(ends_at__lt=int(_time())).delete()
    return deleted


def refusal(restraint: Restraint, title: str, most: int, wait: int) -> Refusal:
    period = restraint.limit.text.unit.removeprefix("次/")
    return Refusal(
        "kernel.restraint",
        say(
            "{per}每{period}最多{title} {most} 次，现在已满。",
            per=WHO[restraint.per],
            period=period,
            title=title,
            most=most,
        ),
        policy=restraint.limit.key,
        remedy=say("请在{in_words}后再试，已填写的内容仍在。", in_words=in_words(wait)),
        kind=Kind.RESTRAINT,
    )


def note_wait(seconds: int) -> None:
    """For the door: the answer is 429 and says when to come again."""
    found = asker()
    if found is not None:
        found.wait = max(found.wait, seconds)


def in_words(seconds: int) -> str:
    return say(" {seconds} 秒", seconds=seconds) if seconds < 60 else say(" {ceil} 分钟", ceil=math.ceil(seconds / 60))


def _whom(restraint: Restraint, actor: Actor, subjects: Sequence[Any]) -> Iterable[str]:
    if restraint.per == "address":
        found = asker()
        return [found.network] if found is not None else []
    if restraint.per == "subject":
        return [f"{subject._meta.db_table}#{subject.pk}" for subject in subjects]
    if restraint.per == "person":
        person = getattr(actor, "user_id", None)
        return [f"person#{person}"] if person is not None else []
    return [actor.actor_id] if actor.actor_id != PUBLIC.actor_id else []


def _time() -> float:
    return time.time()


@dataclass(frozen=True)
class _Window:
    """The period that ends now, of one thing counted; `keys` are its hashes under the keys of the days it touches."""

    keys: tuple[bytes, ...]
    seconds: int
    at: float

    @classmethod
    def now(cls, what: str, seconds: int) -> _Window:
        at = _time()
        days = dict.fromkeys(datetime.fromtimestamp(moment, ZONE).date() for moment in (at, at - seconds))
        keys = tuple(_hash(day.isoformat(), what) for day in days)
        return cls(keys, seconds, at)

    @property
    def part(self) -> float:
        return self.seconds / PARTS

    @property
    def slot(self) -> int:
        return int(self.at // self.part)

    def add(self) -> tuple[bytes, int]:
        with connection.cursor() as cursor:
            cursor.execute(_ADD, self.added)
        return self.keys[0], self.slot

    @property
    def added(self) -> tuple[bytes, int, int]:
        return self.keys[0], self.slot, int(self.at + self.part + self.seconds) + 1

    def wait(self, most: int) -> int:
        """Seconds until at most `most` lie within the period; 0 when that is so now."""
        with connection.cursor() as cursor:
            cursor.execute(_COUNTED, [self.keys[0], self.keys[-1], self.slot - PARTS])
            found = cursor.fetchall()
        over = sum(n for _, n in found) - max(most, 0)
        last = self.slot - PARTS - 1
        for slot, n in found:
            if over <= 0:
                break
            over, last = over - n, slot
        return max(0, math.ceil((last + PARTS + 1) * self.part - self.at))

    def clear(self) -> None:
        self._rows().delete()

    def _rows(self) -> QuerySet[RestraintCount]:
        rows = RestraintCount.objects.filter(key__in=self.keys, slot__gte=self.slot - PARTS)
        return rows.order_by("slot")


# One statement on both databases: two processes that count at the same moment count two.
_ADD = (
    "INSERT INTO kernel_restraintcount (key, slot, n, ends_at) VALUES (%s, %s, 1, %s)"
    " ON CONFLICT (key, slot) DO UPDATE SET n = kernel_restraintcount.n + 1"
)
# Written out because it is half of what the public check of a certificate costs; through the ORM it cost four times that.
_COUNTED = "SELECT slot, n FROM kernel_restraintcount WHERE key IN (%s, %s) AND slot >= %s ORDER BY slot"


def _take_back(counted: Iterable[tuple[bytes, int]]) -> None:
    for key, slot in counted:
        RestraintCount.objects.filter(key=key, slot=slot).update(n=F("n") - 1)


def _hash(day: str, what: str) -> bytes:
    key = hmac.digest(settings.SECRET_KEY.encode(), f"restraint of {day}".encode(), hashlib.sha256)
    return hmac.digest(key, what.encode(), hashlib.sha256)[:16]
