"""Whose turn is it: the work queue, computed from the act headers.

A case in a state from which a main-path act (`turn=True`) leads on waits for the role and relation in that act's header.
No list of states is kept anywhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import models

from hengjian.authorities.models import Seat
from hengjian.kernel import clock
from hengjian.kernel.actor import Actor, By, Reaching
from hengjian.kernel.acts_catalogue import catalogue, turns_of
from hengjian.kernel.case import CaseModel
from hengjian.kernel.disclosure import within
from hengjian.kernel.tally import Tally
from hengjian.kernel.words import listed
from hengjian.web.components import Tone


@dataclass(frozen=True)
class Line:
    """One case as the queue shows it."""

    href: str
    title: str
    under: str = ""
    institution: str = ""
    institution_note: str = ""
    task: str = ""
    due_on: date | None = None
    provisional: bool = False
    hint: str = ""
    hint_tone: Tone = "quiet"
    alarm: bool = False  # what a day has brought about; the rest are cases at this seat's turn


@dataclass(frozen=True)
class Kind:
    """How cases of a model become lines; `related` is fetched with them, `menu` is the side-bar entry they count for.
    `narrow` leaves out cases in the right state for which the act's rules can never be met any more. `running` says which
    have a deadline running and the look-up of its day; `told`, of which others than their holder may know that they wait;
    what is not `followed` is its holder's own affair."""

    line: Callable[[Any], Line]
    related: tuple[str, ...] = ()
    menu: str = ""
    narrow: Callable[[models.QuerySet[Any]], models.QuerySet[Any]] | None = None
    running: tuple[tuple[models.Q, str], ...] = ()
    told: Callable[[models.QuerySet[Any], Actor], models.QuerySet[Any]] | None = None
    followed: bool = True


def waiting(seat: Reaching) -> dict[type[CaseModel], models.QuerySet[Any]]:
    """Model → the cases that wait for this seat; no statement is sent."""
    from hengjian.web.room import queue

    kinds = queue()
    found: dict[type[CaseModel], models.QuerySet[Any]] = {}
    for act in catalogue().values():
        header = act.header
        if not header.turn or header.step is None or header.subject not in kinds:
            continue
        for by in header.by:
            if by.role_code != seat.role_code:
                continue
            related: models.QuerySet[Any] = within(header.subject, by, seat)
            rows = related.filter(state__in=header.step.sources)
            before = found.get(header.subject)
            found[header.subject] = rows if before is None else before | rows
    for model, rows in found.items():
        narrow = kinds[model].narrow
        found[model] = narrow(rows) if narrow else rows
    return found


def tasks(row: CaseModel, seat: Seat) -> str:
    """What this seat does next with this case; the same role elsewhere may do something else with it."""
    acts = turns_of(type(row), getattr(row, "state", ""))
    titles = [act.header.title for act in acts if any(by.admits(seat, row) for by in act.header.by)]
    return listed(dict.fromkeys(titles), " / ")


def turn_of(row: CaseModel) -> list[By]:
    """Who must act next on this case; empty when nobody must."""
    state = getattr(row, "state", "")
    return list(dict.fromkeys(by for act in turns_of(type(row), state) for by in act.header.by))


@dataclass(frozen=True)
class _Held:
    """What of a seat decides which cases wait for it."""

    role_code: str
    reach: Mapping[str, Any]


Waiting = Mapping[type[CaseModel], models.QuerySet[Any]]


@lru_cache(maxsize=1024)
def _prepared(role: str, reach: tuple[tuple[str, Any], ...], today: date) -> tuple[Waiting, Tally]:
    """The query sets, not yet asked, and the one statement that counts them all. They follow from role, reach and day
    alone and are kept, for making them costs far more than what the database takes to answer; the rows are read anew."""
    found = waiting(_Held(role, dict(reach)))
    return found, Tally(list(found.values()))


def _numbered(seat: Seat) -> tuple[Waiting, dict[type[CaseModel], int]]:
    """What may wait for this seat, and how many of each do now."""
    found, tally = _prepared(seat.role_code, tuple(seat.reach.items()), clock.today())
    return found, dict(zip(found, tally.read(), strict=True))


def counts(seat: Seat) -> dict[str, int]:
    """Side-bar entry → how many cases wait there."""
    from hengjian.web.room import queue

    found: dict[str, int] = {}
    for model, number in _numbered(seat)[1].items():
        menu = queue()[model].menu
        found[menu] = found.get(menu, 0) + number
    return found


def urgency(line: Line) -> tuple[bool, date, str]:
    """By date; what has none comes last."""
    return line.due_on is None, line.due_on or date.max, line.title


def lines(seat: Seat, *, limit: int = 200) -> list[Line]:
    """The queue, most urgent first, alarms among it; what has no deadline comes last."""
    from hengjian.web.room import alarms, queue

    found: list[Line] = [replace(line, alarm=True) for alarm in alarms() for line in alarm(seat)]
    sets, numbers = _numbered(seat)
    for model, rows in sets.items():
        if not numbers[model]:
            continue
        kind = queue()[model]
        for row in rows.select_related(*kind.related).order_by("pk")[:limit]:
            line = kind.line(row)
            task = line.task or tasks(row, seat)
            found.append(replace(line, task=task))
    return sorted(found, key=urgency)
