"""Objections as a card of the sheet's page and as lines of a list."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from hengjian.kernel.calendar import stored_calendar
from hengjian.results.queries import ObjectionRow
from hengjian.results.states import ObjectionState
from hengjian.web.cases import Card
from hengjian.web.pages import Desk
from hengjian.web.parts import day, remaining

TONES = {ObjectionState.RECEIVED: "warn", ObjectionState.DISMISSED: "normal", ObjectionState.UPHELD: "good"}


def objection_chip(state: str) -> dict[str, str]:
    return {"label": str(ObjectionState(state).label), "tone": TONES[ObjectionState(state)]}


def objections_card(desk: Desk, told: Sequence[ObjectionRow], *, only_open: bool = False) -> Card | None:
    """Those waiting first; on the overview only those, or nothing."""
    rows = [row for row in told if row.state == ObjectionState.RECEIVED] if only_open else list(told)
    if only_open and not rows:
        return None
    calendar = stored_calendar()
    return {
        "title": "待答复的异议" if only_open else "异议",
        "hint": "被异议的一行暂缓，其余照常；答复后放行。",
        "table": {
            "columns": [{"label": label} for label in ("考生", "收到", "期限", "状态", "内容")],
            "rows": [
                [
                    {
                        "text": f"第 {row.row} 行　{row.masked_name}",
                        "href": reverse("objection_case", kwargs={"pk": row.objection}),
                    },
                    day(row.received_on),
                    {"chip": remaining(row.due_on, desk.today, provisional=row.due_provisional, calendar=calendar)}
                    if row.state == ObjectionState.RECEIVED
                    else day(row.answered_on),
                    {"chip": objection_chip(row.state)},
                    {"text": row.text[:40] + ("…" if len(row.text) > 40 else ""), "second": True},
                ]
                for row in rows
            ],
            "empty": {"title": "没有异议"},
        },
    }
