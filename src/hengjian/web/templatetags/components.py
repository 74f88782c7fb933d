"""Filters the components need to lay plain values side by side; they shape, they never decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import template
from django.utils.translation import gettext

register = template.Library()

Values = Mapping[str, Any]

# Every key a template asks for stands in these: a key that is absent costs Django four tries, and a list asks often.
_CELL = dict.fromkeys(
    [
        "text",
        "href",
        "strong",
        "mono",
        "hot",
        "second",
        "note",
        "time",
        "number",
        "chip",
        "chips",
        "after",
        "link",
        "clause",
        "proof",
        "progress",
        "bare",
        "more",
        "blank",
    ]
)
_MORE = ("number", "chips", "after", "link", "clause", "proof", "progress")
_CHIP = dict.fromkeys(("label", "tone", "href", "why"))
_COLUMN = dict.fromkeys(("label", "numeric", "sort", "sorted"))
_ROW = dict.fromkeys(("key", "here", "struck", "checked"))


@register.filter
def as_cell(value: object) -> Values:
    """A cell is a dict; a bare value is the text of one, and an absent value is a dash, never an empty square."""
    if not isinstance(value, Mapping):
        return {**_CELL, "bare": True, "text": "—" if value is None or value == "" else str(value)}
    cell = {**_CELL, **value}
    if cell["chip"]:
        cell["chip"] = {**_CHIP, **cell["chip"]}
    cell["more"] = any(cell[key] is not None for key in _MORE)
    cell["blank"] = not (cell["more"] or cell["text"] or cell["chip"] or cell["note"])
    return cell


@register.filter
def rows_of(table: Values) -> Iterator[Values]:
    """The rows of a table, each with `pairs` of column and cell; a row is a dict with `cells`, or just the cells."""
    columns = [{**_COLUMN, **column, "label": gettext(column["label"])} for column in table["columns"]]
    for row in table["rows"]:
        values, marks = (row["cells"], row) if isinstance(row, Mapping) else (row, _ROW)
        yield {**_ROW, **marks, "pairs": list(zip(columns, map(as_cell, values), strict=True))}


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
