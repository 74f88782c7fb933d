"""What is in others' hands: cases this desk may see and that wait for somebody else, most urgent first, with who has them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F

from hengjian.authorities.models import Seat
from hengjian.kernel import clock
from hengjian.kernel.actor import CLOCK
from hengjian.kernel.acts_catalogue import catalogue
from hengjian.kernel.case import CaseModel
from hengjian.kernel.disclosure import disclosed
from hengjian.kernel.due_filter import due_filter
from hengjian.kernel.tally import Tally
from hengjian.web.cases import turn_names
from hengjian.web.work import Kind, Line, urgency, waiting

MOST = 100  # lines of one kind; the lists have them all


@dataclass(frozen=True)
class InHand:
    """`total` cases, `overdue` of them past their day; `lines` are the most urgent, their `task` naming who has them."""

    lines: list[Line]
    total: int
    overdue: int


def _states(model: type[CaseModel]) -> set[str]:
    """In which a case of this kind waits for a person: what only the clock brings on is in nobody's hand."""
    headers = (act.header for act in catalogue().values() if act.header.turn and act.header.subject is model)
    return {
        str(state)
        for header in headers
        if header.step and any(by.role_code != CLOCK.role_code for by in header.by)
        for state in header.step.sources
    }


def with_others(seat: Seat) -> dict[type[CaseModel], models.QuerySet[Any]]:
    """Model → the disclosed cases that wait, and not for this seat; no statement is sent."""
    from hengjian.web.room import queue

    own = waiting(seat)
    found: dict[type[CaseModel], models.QuerySet[Any]] = {}
    for model, kind in queue().items():
        if not kind.followed:
            continue
        shown: models.QuerySet[Any] = disclosed(model, seat)
        rows = shown.filter(state__in=_states(model))
        rows = kind.narrow(rows) if kind.narrow else rows
        rows = kind.told(rows, seat) if kind.told else rows
        found[model] = rows.exclude(pk__in=own[model].order_by().values("pk")) if model in own else rows
    return found


def in_hand(seat: Seat, *, only_overdue: bool = False, limit: int = MOST) -> InHand:
    """At most one statement a kind, and one that counts."""
    from hengjian.web.room import queue

    today = clock.today()
    sets = with_others(seat)
    late = {model: _overdue(queue()[model], rows, today) for model, rows in sets.items()}
    numbers = Tally([*sets.values(), *late.values()]).read()
    total, overdue = numbers[: len(sets)], numbers[len(sets) :]
    wanted = late if only_overdue else sets
    found: list[Line] = []
    for (model, rows), number in zip(wanted.items(), overdue if only_overdue else total, strict=True):
        if number:
            found += _lines(queue()[model], rows, limit)
    found.sort(key=urgency)
    return InHand(found[:limit], sum(total), sum(overdue))


def _overdue(kind: Kind, rows: models.QuerySet[Any], today: date) -> models.QuerySet[Any]:
    if not kind.running:
        return rows.none()
    narrow = due_filter(*kind.running).narrow
    assert narrow is not None
    narrowed: models.QuerySet[Any] = narrow(rows, "overdue", today)
    return narrowed


def _lines(kind: Kind, rows: models.QuerySet[Any], limit: int) -> list[Line]:
    days = list(dict.fromkeys(day for _, day in kind.running))
    ordered = rows.select_related(*kind.related).order_by(*(F(day).asc(nulls_last=True) for day in days), "pk")
    return [replace(kind.line(row), task=turn_names(row)) for row in ordered[:limit]]
