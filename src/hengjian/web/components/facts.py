"""Label and value, one below the other."""

from __future__ import annotations

from dataclasses import dataclass

from hengjian.web.components.cell import Shown
from hengjian.web.components.component import Component


@dataclass(frozen=True, slots=True)
class Fact(Component):
    label: str
    value: Shown


def facts(*pairs: tuple[str, Shown]) -> tuple[Fact, ...]:
    return tuple(Fact(label, value) for label, value in pairs)
