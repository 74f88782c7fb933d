"""The header of an act: what the regulation says about it. Headers are data; everything else is generated from them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from hengjian.kernel.actor import By
from hengjian.kernel.asking import Asking
from hengjian.kernel.case import CaseModel
from hengjian.kernel.policy import Policy
from hengjian.kernel.restraint import Restraint
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
class NotBy:
    """Whoever did `act` on the case or on its rows does not do this. `law`: only while that value says so; `where`: only
    in cases of which it holds."""

    act: str
    law: Policy[bool] | None = None
    where: Callable[[Asking[Any]], bool] | None = None

    def applies(self, asking: Asking[Any]) -> bool:
        return (self.where is None or self.where(asking)) and (self.law is None or asking.policy(self.law))


@dataclass(frozen=True)
class Header:
    """What the regulation says about an act; matrix, diagrams, buttons and API are generated from it."""

    code: str
    title: str
    by: tuple[By, ...]
    subject: type[CaseModel]
    shape: str  # "on", "creates", "on_many"
    step: Step | None = None
    requires: tuple[Rule[Any], ...] = ()  # asked before the body
    ensures: tuple[Rule[Any], ...] = ()  # asked of what the body leaves behind
    cites: tuple[Policy[Any], ...] = ()
    not_by: tuple[NotBy, ...] = ()  # four eyes: done by another person than these
    recalled: bool = False  # who did it is remembered, because another act asks
    before: Callable[..., Any] | None = None  # slow work ahead of the transaction: reading and checking files
    restraint: tuple[Restraint, ...] = ()  # how often, by address, subject, actor or person; on every channel
    clause: str = ""
    notify: tuple[Any, ...] = ()  # who else is told, besides whoever is next (`messages.declared.Notify`)
    turn: bool = False  # performing it is what a case in that state waits for
    seals_at_once: str = ""  # the kind of act, as the law of the log names it (`sealer.at_once`)
    danger: bool = False  # asks for confirmation on a page
    explains: str = ""

    def __post_init__(self) -> None:
        if self.step is None:
            return
        names = {field.name: field for field in self.subject._meta.concrete_fields}
        known = {str(code) for code, _ in names["state"].flatchoices} if "state" in names else set()
        for state in (*self.step.sources, *([self.step.to] if self.step.to else [])):
            if state not in known:
                raise TypeError(f"{self.code}: {self.subject.__name__} has no state {state!r}")

    @cached_property
    def rules(self) -> tuple[Rule[Any], ...]:
        """All its rules, each once."""
        return tuple(dict.fromkeys((*self.requires, *self.ensures)))

    @cached_property
    def citable(self) -> frozenset[str]:
        """The keys of the law this act may read: what it cites itself and what its rules cite."""
        own = [*self.cites, *(other.law for other in self.not_by if other.law)]
        return frozenset([policy.key for policy in own] + [key for rule in self.rules for key in rule.keys])


HEADERS: dict[str, Header] = {}
