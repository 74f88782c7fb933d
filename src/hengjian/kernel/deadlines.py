"""Open deadlines: a case column pair `<name>`/`<name>_provisional` declared with its start and length.

When a year's calendar arrives every open one is computed again, in one bulk write per table, inside the act that
entered the year; the fact says how many moved.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from hengjian.kernel.calendar import stored_calendar
from hengjian.kernel.case import CaseModel
from hengjian.kernel.doing import Doing


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
    """Compute open deadlines again with the calendar as it stands in this transaction; how many moved or became firm.

    A notice may also move the last days of the December before its year, so deadlines that are still ahead are looked
    at as well as provisional ones.
    """
    calendar = stored_calendar()
    changed = 0
    for deadline in DECLARED:
        open_ones = Q(**{deadline.provisional: True}) | Q(**{f"{deadline.due}__gte": doing.today})
        moved = []
        for row in deadline.model.objects.filter(open_ones, **{f"{deadline.start}__isnull": False}).order_by("pk"):
            fresh = calendar.add_working_days(getattr(row, deadline.start), getattr(row, deadline.days))
            if (fresh.on, fresh.provisional) != (getattr(row, deadline.due), getattr(row, deadline.provisional)):
                setattr(row, deadline.due, fresh.on)
                setattr(row, deadline.provisional, fresh.provisional)
                moved.append(row)
        if moved:
            doing.bulk_save(deadline.model, moved, [deadline.due, deadline.provisional])
            changed += len(moved)
    return changed
