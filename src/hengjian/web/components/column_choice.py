"""Which columns of a list are shown: boxes to tick, sent as a plain GET form with whatever else the address says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hengjian.web.components.component import Component
from hengjian.web.components.filters import FilterField
from hengjian.web.components.option import Option


@dataclass(frozen=True, slots=True)
class ColumnChoice(Component):
    """`kept` are the other words of the address; `clear` shows every column again, given when some are left out."""

    options: Sequence[Option]
    kept: Sequence[FilterField] = ()
    clear: str = ""
