"""Search and choices above a list, as a plain GET form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hengjian.web.components.component import Component
from hengjian.web.components.option import Option


@dataclass(frozen=True, slots=True)
class FilterField(Component):
    """With options a choice, else an input of `kind` (search, date, month, text, hidden)."""

    name: str
    label: str
    value: str = ""
    kind: str = ""
    hint: str = ""
    options: Sequence[Option] = ()


@dataclass(frozen=True, slots=True)
class Filters(Component):
    """`clear` is the address without any of them, given when one is set."""

    fields: Sequence[FilterField]
    clear: str = ""
    action: str = ""
