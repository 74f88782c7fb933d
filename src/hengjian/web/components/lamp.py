"""Lights: a number whose state is told by form and word first, then by colour; alone, or by area in the same four places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from hengjian.web.components.component import Component

LampState = Literal["late", "near", "calm"]  # solid, framed, bare


@dataclass(frozen=True, slots=True)
class Lamp(Component):
    """`note` says the state in words; `area` is spoken with it where it stands in a table of areas."""

    label: str
    value: int
    unit: str
    href: str
    state: LampState = "calm"
    note: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True)
class AreaLights(Component):
    """The lights of one area, in the order of the heads."""

    name: str
    lamps: Sequence[Lamp]


@dataclass(frozen=True, slots=True)
class Areas(Component):
    """The lights by area; `totals` are the sums."""

    title: str
    heads: Sequence[str]
    rows: Sequence[AreaLights]
    totals: Sequence[Lamp]
