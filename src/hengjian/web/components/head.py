"""The title block of a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hengjian.web.components.chip import Chip
from hengjian.web.components.component import Component
from hengjian.web.components.steps import Step
from hengjian.web.components.turn import Turn


@dataclass(frozen=True, slots=True)
class Crumb(Component):
    label: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Tab(Component):
    """A side of a case, with its own address."""

    label: str
    href: str
    count: int = 0
    current: bool = False


@dataclass(frozen=True, slots=True)
class PrintHead(Component):
    """The head of the printed sheet, unseen on the screen; `qr` is the address of an image."""

    title: str
    office: str = ""
    number: str = ""
    printed_at: str = ""
    qr: str = ""


@dataclass(frozen=True, slots=True)
class Head(Component):
    """`lead` is one sentence under the title."""

    title: str
    crumbs: Sequence[Crumb] = ()
    chips: Sequence[Chip] = ()
    lead: str = ""
    turn: Turn | None = None
    steps: Sequence[Step] = ()
    tabs: Sequence[Tab] = ()
    print: PrintHead | None = None


def crumbs(*pairs: Sequence[str]) -> tuple[Crumb, ...]:
    """`("认定计划", "/plans/"), ("2613020009",)` as the head of a page wants them."""
    return tuple(Crumb(*pair) for pair in pairs)
