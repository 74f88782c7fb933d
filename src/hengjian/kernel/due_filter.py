"""A filter of a list by how its cases stand to their deadline: open at all, past it, or due within days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from hengjian.kernel.listing import Choice

# The house's own mark for "due soon": today and the two days after it. Nothing legal hangs from it.
NEAR = timedelta(days=2)


def due_filter(*running: tuple[Q, str]) -> Choice:
    """Each of `running` says which cases have a deadline running and the look-up of its day."""

    def narrow(rows: Any, value: str, today: date) -> Any:
        any_of = Q(pk__in=())
        for standing, day in running:
            within = {
                "open": Q(),
                "overdue": Q(**{f"{day}__lt": today}),
                "soon": Q(**{f"{day}__gte": today, f"{day}__lte": today + NEAR}),
            }
            any_of |= standing & within[value]
        return rows.filter(any_of)

    options = (("open", "未办结"), ("overdue", "已逾期"), ("soon", "三天内到期"))
    return Choice("due", "期限", options, narrow=narrow)
