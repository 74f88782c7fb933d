"""One of several answers."""

from __future__ import annotations

from dataclasses import dataclass

from hengjian.web.components.component import Component


@dataclass(frozen=True, slots=True)
class Option(Component):
    """`value` is what is sent; `note` stands behind the label in grey."""

    value: str | int
    label: str
    chosen: bool = False
    note: str = ""
    disabled: bool = False
