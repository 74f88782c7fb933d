"""The header of an act: what the regulation says about it. Headers are data; everything else is generated from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hengjian.kernel.actor import By
from hengjian.kernel.case import CaseModel
from hengjian.kernel.policy import Policy
from hengjian.kernel.rule import Rule


@dataclass(frozen=True, init=False)
class Step:
    """From which states to which; without `to` the state stays."""

    sources: tuple[str, ...]
    to: str | None

    def __init__(self, *sources: str, to: str | None = None) -> None:
        object.__setattr__(self, "sources", tuple(str(source) for source in sources))
        object.__setattr__(self, "to", None if to is None else str(to))


@dataclass(frozen=True)
class Header:
    """What the regulation says about an act; matrix, diagrams, buttons and API are generated from it."""

    code: str
    title: str
    by: tuple[By, ...]
    subject: type[CaseModel]
    shape: str  # "on", "creates", "on_many"
    step: Step | None = None
    requires: tuple[Rule, ...] = ()
    cites: tuple[Policy[Any], ...] = ()
    clause: str = ""
    turn: bool = False  # performing it is what a case in that state waits for
    seals_at_once: bool = False
    danger: bool = False  # asks for confirmation on a page
    explains: str = ""
