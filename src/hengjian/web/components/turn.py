"""Whose turn it is, and until when."""

from __future__ import annotations

from dataclasses import dataclass

from hengjian.web.components.chip import Chip
from hengjian.web.components.component import Component


@dataclass(frozen=True, slots=True)
class Turn(Component):
    """`mine`: it is the reader's turn; `until` in words, `chip` the days left."""

    who: str
    until: str = ""
    chip: Chip | None = None
    mine: bool = False
