"""What the pages of the log read: it is open to everybody, so nobody is asked who they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min

from hengjian.kernel.models import Checkpoint, Entry


@dataclass(frozen=True)
class Unsealed:
    """Entries that wait to be sealed, and since when the oldest does."""

    count: int
    oldest: datetime | None


@dataclass(frozen=True)
class LogLine:
    index: int
    act: str
    at: datetime
    leaf_hash: bytes


def log_lines(first: int, most: int, *, act: str = "", only: int | None = None) -> list[LogLine]:
    """Sealed entries from this index downwards, of one act where it is named; or the `only` one asked for."""
    sealed = Entry.objects.filter(idx__isnull=False)
    rows = sealed.filter(idx=only) if only is not None else sealed.filter(idx__lte=first)
    if act and only is None:
        rows = rows.filter(act=act)
    found = rows.order_by("-idx").values_list("idx", "act", "at", "leaf_hash")[:most]
    return [LogLine(index or 0, code, at, bytes(leaf)) for index, code, at, leaf in found]


def sealed_entry(index: int) -> Entry | None:
    return Entry.objects.filter(idx=index).first()


def last_entry_about(table: str, row: int, act: str) -> Entry | None:
    """The last time this act was done on that row of that table."""
    return Entry.objects.filter(act=act, subject_table=table, subject_id=row).order_by("-id").first()


def unsealed() -> Unsealed:
    found = Entry.objects.filter(idx__isnull=True).aggregate(count=Count("pk"), oldest=Min("at"))
    return Unsealed(found["count"], found["oldest"])


def checkpoints() -> int:
    """How many heads were signed."""
    return Checkpoint.objects.count()


def signed_size() -> int:
    """Entries under the newest signed head."""
    size: int | None = Checkpoint.objects.aggregate(size=Max("size"))["size"]
    return size or 0
