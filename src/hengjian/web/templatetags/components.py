"""Filters the components need to lay plain values side by side; they shape, they never decide."""

from __future__ import annotations

from collections.abc import Sequence

from django import template

from hengjian.web.components import Cell, Place, Shown, Step
from hengjian.web.components import as_cell as cell_of
from hengjian.web.components import present_step as step_of

register = template.Library()


@register.filter
def as_cell(value: Shown) -> Cell:
    """A bare value as the text of a cell."""
    return cell_of(value)


@register.filter
def number_groups(number: str) -> list[str]:
    """The seven parts of a 22-character certificate number; any other text stays whole, so that nothing is hidden."""
    if len(number) != 22:
        return [number]
    ends = (1, 5, 7, 13, 15, 16, 22)
    return [number[start:end] for start, end in zip((0, *ends), ends, strict=False)]


@register.filter
def present_step(steps: Sequence[Step]) -> Place:
    """Which step of how many stands now; without a label when all are done."""
    return step_of(steps)
