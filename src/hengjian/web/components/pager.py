"""The pages of a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hengjian.web.components.component import Component


@dataclass(frozen=True, slots=True)
class PageLink(Component):
    """A page by its number, or with `gap` the dots between."""

    label: str
    href: str = ""
    current: bool = False
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Pager(Component):
    """`first` to `last` of `total` are shown; `previous` and `following` are addresses."""

    first: int
    last: int
    total: int
    pages: Sequence[PageLink] = ()
    previous: str = ""
    following: str = ""
    sizes: Sequence[PageLink] = ()
