"""Open deadlines are counted again when a year's calendar arrives, in one bulk write per table, inside the act that
entered the year; the fact says how many moved."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from hengjian.kernel.calendar import stored_calendar
from hengjian.kernel.case import CaseModel, case_models
from hengjian.kernel.deadline import Deadline
from hengjian.kernel.doing import Doing
from hengjian.kernel.workdays import Calendar


def recompute(doing: Doing[Any]) -> int:
    """Compute open deadlines again with the calendar as it stands in this transaction; how many moved or became firm.

    A notice may also move the last days of the December before its year, so deadlines that are still ahead are looked
    at as well as provisional ones.
    """
    calendar = stored_calendar()
    changed = 0
    for model in case_models():
        for deadline in model.deadlines:
            moved = _moved(model, deadline, doing, calendar)
            if moved:
                doing.bulk_save(model, moved, [deadline.on, deadline.provisional])
                changed += len(moved)
    return changed


def _moved(model: type[CaseModel], deadline: Deadline, doing: Doing[Any], calendar: Calendar) -> list[CaseModel]:
    open_ones = Q(**{deadline.provisional: True}) | Q(**{f"{deadline.on}__gte": doing.today})
    moved = []
    for row in model.objects.filter(open_ones, **{f"{deadline.start}__isnull": False}).order_by("pk"):
        fresh = calendar.add_working_days(getattr(row, deadline.start), getattr(row, deadline.length))
        if (fresh.on, fresh.provisional) != (getattr(row, deadline.on), getattr(row, deadline.provisional)):
            setattr(row, deadline.on, fresh.on)
            setattr(row, deadline.provisional, fresh.provisional)
            moved.append(row)
    return moved
