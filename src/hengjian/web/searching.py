"""What the searches of the rooms have in common: a room's `search` gets the desk and the words, and gives a card or nothing."""

from __future__ import annotations

from collections.abc import Sequence

from hengjian.kernel import typed
from hengjian.web.components import Card, Table, columns
from hengjian.web.components.cell import Shown

FOUND = 10  # rows of a card
SHORTEST = 2  # characters worth searching for
TAIL = 4  # last characters of a number


def found(title: str, labels: Sequence[str], rows: Sequence[Sequence[Shown]]) -> Card | None:
    """The card of what was found; none where nothing was."""
    return Card(title, flush=True, table=Table(columns(*labels), rows)) if rows else None


def number_in(words: str) -> str:
    """What was entered as a number of something, without blanks; empty where it can be none."""
    number = typed.code(words)
    return number if len(number) >= TAIL and number.isascii() and number.isalnum() else ""
