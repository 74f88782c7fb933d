"""Deadlines in the agenda: of every kind of case that waits, the day by which somebody has to act."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models

from hengjian.authorities.models import Seat
from hengjian.kernel import clock
from hengjian.kernel.disclosure import disclosed
from hengjian.web.cases import turn_names
from hengjian.web.occasions import Occasion


def deadlines(seat: Seat, first: date, last: date) -> list[Occasion]:
    """One statement for each kind of deadline; whoever must act is named."""
    from hengjian.web.room import queue

    today = clock.today()
    found: list[Occasion] = []
    for model, kind in queue().items():
        for standing, day in kind.running:
            shown: models.QuerySet[Any] = disclosed(model, seat)
            rows = shown.filter(standing, **{f"{day}__gte": first, f"{day}__lte": last})
            rows = kind.told(rows, seat) if kind.told else rows
            for row in rows.select_related(*kind.related).order_by(day, "pk"):
                line, due = kind.line(row), getattr(row, day)
                found.append(
                    Occasion(
                        f"deadline-{model._meta.db_table}-{row.pk}-{day}",
                        "deadline",
                        due,
                        due,
                        line.title,
                        line.href,
                        turn_names(row),
                        late=due < today,
                    )
                )
    return found
