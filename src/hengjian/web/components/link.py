"""Where one can go: a label and an address."""

from __future__ import annotations

from dataclasses import dataclass

from hengjian.web.components.component import Component


@dataclass(frozen=True, slots=True)
class Link(Component):
    """`note` stands behind it in grey."""

    label: str
    href: str
    note: str = ""
