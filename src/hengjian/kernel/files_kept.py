"""What the clock does for the store of files: every file is read once a night and compared with its name, files that lie in the
database are taken over, and what nobody names any more is taken away.

It decides nothing: a file that is gone or altered is written into its row, into the program's log and on the page of the
state, for a person. What an act took up is never taken away here.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice

from django.db.models import Q, QuerySet

from hengjian.files.place import Lying, Missing, Unreachable
from hengjian.kernel import clock, stored_files
from hengjian.kernel.law import nationwide
from hengjian.kernel.models import StoredFile
from hengjian.kernel.policy import Policy

CHECK_HOUR = Policy("files.check_from_hour", int)  # when the nightly check begins
NOBODY_NAMES_HOURS = Policy("files.unnamed_hours", int)  # how old an object that no row names must be to be taken away
UNUSED_DAYS = Policy("files.unused_days", int)  # how long an upload that no act took up is kept

log = logging.getLogger("hengjian.files")
AT_ONCE = 50  # files one turn of the clock reads or moves, so that it comes round to its acts again
OVERDUE = timedelta(days=2)
OURS = re.compile(r"[0-9a-f]{2}/[0-9a-f]{64}-[0-9a-f]{16}")


@dataclass(frozen=True)
class Kept:
    """What one turn did, in files."""

    moved: int = 0
    taken_away: int = 0
    checked: int = 0
    faults: int = 0


@dataclass(frozen=True)
class State:
    """For the page of the state: whether the store answers, files in it, how many of them the last check found gone or
    altered, and how many it has not read for two days."""

    answers: bool
    files: int
    faults: int
    overdue: int


def keep_quietly() -> Kept:
    """One turn of the clock; a store that is away is written to the program's log and asked again at the next turn."""
    try:
        return keep(clock.now())
    except Unreachable:
        log.exception("the store of files does not answer")
        return Kept()


def keep(now: datetime, most: int = AT_ONCE) -> Kept:
    """Take over, take away, read: at most `most` files of each."""
    moved, gone = stored_files.move_old(most), stored_files.take_away_doomed()
    night = tonight(now)
    waiting = _unread(night)
    if waiting.exists() and not StoredFile.objects.filter(checked_at__gte=night).exists():
        gone += forget_unused(now) + sweep(now)
    checked = faults = 0
    for row in list(waiting[:most]):
        checked += 1
        faults += not check(row, now)
    return Kept(moved, gone, checked, faults)


def check_all(now: datetime) -> Kept:
    """The whole of a night at once, for the command: whatever was read before is read again."""
    moved = 0
    while more := stored_files.move_old(AT_ONCE):
        moved += more
    gone = stored_files.take_away_doomed() + forget_unused(now) + sweep(now)
    checked = faults = 0
    for row in StoredFile.objects.filter(doomed_at__isnull=True).order_by("pk").iterator(chunk_size=AT_ONCE):
        checked += 1
        faults += not check(row, now)
    return Kept(moved, gone, checked, faults)


def tonight(now: datetime) -> datetime:
    """When the newest night's check began."""
    begins = now.replace(hour=nationwide(now.date()).policy(CHECK_HOUR), minute=0, second=0, microsecond=0)
    return begins if begins <= now else begins - timedelta(days=1)


def _unread(night: datetime) -> QuerySet[StoredFile]:
    before = Q(checked_at__lt=night) | Q(checked_at__isnull=True, at__lt=night)
    return StoredFile.objects.filter(before, doomed_at__isnull=True).order_by("checked_at", "pk")


def check(row: StoredFile, now: datetime) -> bool:
    """Read one file as it lies; whether it is what its name says. Its row says so from now on."""
    fault = _fault_of(row)
    if fault:
        log.error("stored file #%s at %s: %s", row.pk, row.place, fault)
    # Not where it was replaced meanwhile: then another object was read than the row names now.
    StoredFile.objects.filter(pk=row.pk, place=row.place).update(checked_at=now, fault=fault)
    return not fault


def _fault_of(row: StoredFile) -> str:
    try:
        whole = stored_files.opens_as_named(bytes(row.name), row.place)
    except Missing:
        return StoredFile.Fault.GONE
    return "" if whole else StoredFile.Fault.ALTERED


def faults() -> int:
    """Files that the last check found gone or altered."""
    return StoredFile.objects.filter(doomed_at__isnull=True).exclude(fault="").count()


def faulty() -> list[tuple[int, str, str, datetime]]:
    """Number, place, fault and moment of the check of each of them; at most a hundred, the oldest first."""
    found = StoredFile.objects.filter(doomed_at__isnull=True).exclude(fault="").order_by("pk")[:100]
    return [(row.pk, row.place, row.fault, row.checked_at or row.at) for row in found]


def state() -> State:
    now = clock.now()
    before = Q(checked_at__lt=now - OVERDUE) | Q(checked_at__isnull=True, at__lt=now - OVERDUE)
    kept = StoredFile.objects.filter(doomed_at__isnull=True)
    return State(answers(), kept.count(), faults(), kept.filter(before).count())


def answers() -> bool:
    """Whether the store can be asked at this moment."""
    try:
        stored_files.place().get("nothing-lies-here")
    except Missing:
        return True
    except Unreachable:
        return False
    return True


def forget_unused(now: datetime) -> int:
    """Take away what was handed in and never taken up by an act within the days that the policy names; how many."""
    unused = StoredFile.objects.filter(taken_at__isnull=True, at__lt=unused_since(now), doomed_at__isnull=True)
    if not unused.update(doomed_at=now):
        return 0
    return stored_files.take_away_doomed()


def unused_since(now: datetime) -> datetime:
    """Uploads of before this moment that no act took up are no longer kept."""
    return now - timedelta(days=nationwide(now.date()).policy(UNUSED_DAYS))


def unnamed_hours(now: datetime) -> int:
    return nationwide(now.date()).policy(NOBODY_NAMES_HOURS)


def sweep(now: datetime) -> int:
    """Take away objects that no row names and that are older than the policy's hours by the store's own clock; how many.
    What does not look like an object of ours is left alone."""
    before = datetime.now(UTC) - timedelta(hours=unnamed_hours(now))
    gone = 0
    old = _old_ones(before)
    while names := [lying.name for lying in islice(old, 500)]:
        named = set(StoredFile.objects.filter(place__in=names).values_list("place", flat=True))
        for name in names:
            if name not in named:
                stored_files.place().delete(name)
                gone += 1
    return gone


def _old_ones(before: datetime) -> Iterator[Lying]:
    return (lying for lying in stored_files.place().lying() if lying.since < before and OURS.fullmatch(lying.name))
