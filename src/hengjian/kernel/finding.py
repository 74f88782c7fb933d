"""What the one search finds: each domain declares its finders in `search.py`, page and API show the same hits.

    PLANS = Finder("plans", "认定计划", "计划名称或编号", Plan, find=_plans)

A finder gets whoever asks and the words, reads what is disclosed to them and gives hits, each with the reason why.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from hengjian.kernel import typed
from hengjian.kernel.actor import Actor

FOUND = 10  # hits of a group
SHORTEST, LONGEST = 2, 60  # characters worth searching for; characters read
SHORTEST_NUMBER = 4
DIGITS = frozenset("0123456789")


@dataclass(frozen=True)
class Hit:
    """One row found: `title` says what it is, `detail` and `note` where it belongs, `reason` what of it fits the words.
    `id` is its number among the group's rows, `state` the code of its state, empty where it has none."""

    id: int
    title: str
    detail: str
    note: str
    state: str
    state_label: str
    reason: str


@dataclass(frozen=True)
class Finder:
    """`by` says what can be entered, `of` whose rows they are; `find` gives at most `FOUND` + 1 hits, the surest first."""

    name: str
    title: str
    by: str
    of: type[Any]
    find: Callable[[Actor, str], Sequence[Hit]]


@dataclass(frozen=True)
class Group:
    """The hits of one finder, and whether there are more than are shown."""

    name: str
    title: str
    hits: tuple[Hit, ...]
    more: bool


def read(text: str) -> str:
    """The words of a search as they are looked up; empty where they are too short."""
    words = typed.line(text)[:LONGEST].strip()
    return words if len(words) >= SHORTEST else ""


def search(finders: Sequence[Finder], actor: Actor, words: str) -> list[Group]:
    """The groups in which something was found, in the order of the finders."""
    if not words:
        return []
    groups = []
    for finder in finders:
        hits = tuple(finder.find(actor, words)[: FOUND + 1])
        if hits:
            groups.append(Group(finder.name, finder.title, hits[:FOUND], len(hits) > FOUND))
    return groups


def number_in(words: str) -> str:
    """What was entered as a number of something, without blanks; empty where it can be none: a number has a digit."""
    number = typed.code(words)
    long = len(number) >= SHORTEST_NUMBER and number.isascii()
    return number if long and any(sign in DIGITS for sign in number) else ""


Reasons = Sequence[tuple[str, str]]


def by_words(rows: QuerySet[Any], words: str, look_ups: Reasons) -> list[tuple[Any, str]]:
    """Rows of which every word stands in one of the look-ups, with the label of the first look-up that fits.

    For tables of at most some hundred thousand rows, which a database reads through; not measured beyond the demonstration.
    """
    for word in words.split():
        any_of = Q()
        for look_up, _ in look_ups:
            any_of |= Q(**{f"{look_up}__icontains": word})
        rows = rows.filter(any_of)
    first = words.split()[0].lower()

    def why(row: Any) -> str:
        fits = (label for look_up, label in look_ups if first in value_at(row, look_up).lower())
        return next(fits, look_ups[0][1])

    return [(row, why(row)) for row in rows[: FOUND + 1]]


def value_at(row: Any, look_up: str) -> str:
    """The text at a look-up of a row."""
    for step in look_up.split("__"):
        row = getattr(row, step, None)
    return "" if row is None else str(row)
