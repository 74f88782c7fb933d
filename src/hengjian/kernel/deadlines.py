"""Open deadlines: a case column pair `<name>`/`<name>_provisional` declared with its start and length.

When a year's calendar arrives every provisional one is computed again, in one bulk write per table, inside the act that
entered the year; the fact says how many moved.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hengjian.kernel.act import Doing
from hengjian.kernel.calendar import stored_calendar
from hengjian.kernel.case import CaseModel


@dataclass(frozen=True)
class OpenDeadline:
    """`model` keeps `due` and `provisional`, counted `days` working days (a column) from `start` (a column)."""

    model: type[CaseModel]
    due: str
    provisional: str
    start: str
    days: str


DECLARED: list[OpenDeadline] = []


def declare(*deadlines: OpenDeadline) -> None:
    DECLARED.extend(deadline for deadline in deadlines if deadline not in DECLARED)


def recompute(doing: Doing[Any]) -> int:
    """Compute the provisional deadlines again with the calendar as it stands in this transaction."""
    calendar = stored_calendar()
    changed = 0
    for deadline in DECLARED:
        rows = list(deadline.model.objects.filter(**{deadline.provisional: True}).order_by("pk"))
        for row in rows:
            fresh = calendar.add_working_days(getattr(row, deadline.start), getattr(row, deadline.days))
            setattr(row, deadline.due, fresh.on)
            setattr(row, deadline.provisional, fresh.provisional)
        if rows:
            doing.bulk_save(deadline.model, rows, [deadline.due, deadline.provisional])
            changed += len(rows)
    return changed
