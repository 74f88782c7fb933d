"""A table that becomes cards on a phone; its first column heads the card."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext

from hengjian.web.components.cell import Cell, Shown, as_cell
from hengjian.web.components.component import Component
from hengjian.web.components.empty import Empty


@dataclass(frozen=True, slots=True)
class Column(Component):
    """`sort` is the address that sorts by it, `sorted` how it is sorted now (`ascending`, `descending`); `tight` never wraps."""

    label: str
    numeric: bool = False
    sort: str = ""
    sorted: str = ""
    tight: bool = False


@dataclass(frozen=True, slots=True)
class Row(Component):
    """`here`: the row that is spoken of; `struck`: no longer valid; `key`: the value of its check box."""

    cells: Sequence[Shown]
    key: str = ""
    here: bool = False
    struck: bool = False
    checked: bool = False


@dataclass(frozen=True, slots=True)
class LaidRow(Component):
    """A row with each cell beside its column."""

    row: Row
    pairs: Sequence[tuple[Column, Cell]]


@dataclass(frozen=True, slots=True)
class Table(Component):
    """`caption` is spoken, and seen with `caption_shown`; `queue`: j, k and Enter work; `pick`: the name of the check boxes,
    whose values are the rows' keys (the page writes the form and the buttons around)."""

    columns: Sequence[Column]
    rows: Sequence[Row | Sequence[Shown]] = ()
    caption: str = ""
    caption_shown: bool = False
    empty: Empty | None = None
    queue: bool = False
    pick: str = ""

    def laid(self) -> Iterator[LaidRow]:
        """The rows, each cell beside its column; a cell too few or too many is an error, not a shifted column."""
        columns = [replace(each, label=gettext(each.label)) for each in self.columns]
        for given in self.rows:
            row = given if isinstance(given, Row) else Row(given)
            yield LaidRow(row, list(zip(columns, map(as_cell, row.cells), strict=True)))


def columns(*labels: str) -> tuple[Column, ...]:
    """Plain columns, by their labels."""
    return tuple(Column(label) for label in labels)
