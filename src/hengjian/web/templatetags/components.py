"""Filters the components need to lay plain values side by side; they shape, they never decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import template

register = template.Library()

Cell = Mapping[str, Any]


def _as_cell(value: object) -> Cell:
    """A cell is a dict; a bare value is the text of one, and an absent value is a dash, never an empty square."""
    if isinstance(value, Mapping):
        return value
    return {"text": "—" if value is None or value == "" else str(value)}


@register.filter
def as_cell(value: object) -> Cell:
    """The cell of a bare value, so that facts and tables share one template."""
    return _as_cell(value)


@register.filter
def cells_of(
    row: Mapping[str, Any] | Sequence[Any], columns: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[Any, Cell]]:
    """Pairs of column and cell for one row; a row is a dict with `cells`, or just the cells."""
    values = row["cells"] if isinstance(row, Mapping) else row
    return zip(columns, map(_as_cell, values), strict=True)


@register.filter
def number_groups(number: str) -> list[str]:
    """The seven parts of a 22-character certificate number; any other text stays whole, so that nothing is hidden."""
    if len(number) != 22:
        return [number]
    ends = (1, 5, 7, 13, 15, 16, 22)
    return [number[start:end] for start, end in zip((0, *ends), ends, strict=False)]


@register.filter
def present_step(steps: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Which step of how many stands now; without a label when all are done."""
    for place, step in enumerate(steps, start=1):
        if step["state"] in ("present", "stopped"):
            return {"place": place, "of": len(steps), "label": step["label"]}
    return {"place": len(steps), "of": len(steps), "label": ""}
