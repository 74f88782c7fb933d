"""Figures: a line of large ones, and shares as bars."""

from __future__ import annotations

from dataclasses import dataclass

from hengjian.web.components.component import Component, Tone


@dataclass(frozen=True, slots=True)
class Figure(Component):
    """A number with what it counts; with `href` it opens its list."""

    value: int | str
    label: str
    unit: str = ""
    href: str = ""
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Share(Component):
    """`value` of `max` as a bar; `shown` is the figure in words."""

    label: str
    value: int
    max: int
    shown: str
    href: str = ""
    tone: Tone = ""
