"""A short list beside the main thing: a link, who or where, and how urgent it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hengjian.web.components.chip import Chip
from hengjian.web.components.component import Component


@dataclass(frozen=True, slots=True)
class ShortItem(Component):
    """`note` is a grey line beneath; `place` numbers the item where the order means something."""

    title: str
    href: str
    note: str = ""
    chip: Chip | None = None
    place: int | None = None


@dataclass(frozen=True, slots=True)
class ShortList(Component):
    """`foot` leads on to the whole of it, `foot_label` says how."""

    items: Sequence[ShortItem]
    foot: str = ""
    foot_label: str = ""

    @property
    def placed(self) -> bool:
        return any(item.place is not None for item in self.items)
