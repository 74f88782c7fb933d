"""What verification reports, and how it reads what it compares: as stored, whatever that is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from hengjian.kernel.clock import ZONE
from hengjian.kernel.words import say


@dataclass(frozen=True)
class Difference:
    """Where tables, facts, files and tree disagree. `table` and `row_id` name the row, `index` the entry of the log."""

    kind: str
    table: str
    row_id: int | None
    index: int | None
    sentence: str


def blob(value: Any) -> bytes | None:
    """A binary column as stored; SQLite keeps a text there as well, which then equals no hash."""
    if value is None or isinstance(value, bytes):
        return value
    return bytes(value) if isinstance(value, memoryview | bytearray) else repr(value).encode()


def moment(value: Any) -> str:
    """A moment as stored, in the form the log speaks of moments; what is none, in words that equal no moment."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return say("无法读取的“{value}”", value=str(value)[:40])
    if not isinstance(value, datetime):
        return say("无法读取的“{value}”", value=str(value)[:40])
    # Django stores moments in UTC; SQLite keeps them without saying so.
    known: datetime = value.replace(tzinfo=UTC) if value.tzinfo is None else value
    return known.astimezone(ZONE).isoformat()
