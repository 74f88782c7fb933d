"""A check: one set-wise rule over rosters. Its module holds the sentence of the rule, the expression and the cases.

Each module of this room has the same four names: `CHECK` (code, cell, clause), `rows(t)` (the Ibis expression of the
offending rows with their reasons as numbers), `sentence(r)` (those numbers as a Chinese sentence and what to do) and
`CASES` (tiny rosters with the rows that must be found).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

import ibis

from hengjian.kernel.law import Law
from hengjian.kernel.policy import Policy
from hengjian.rosters.checks.tables import Tables
from hengjian.rosters.policies import SEVERITIES


class Reasons(dict[str, int]):
    """The reasons of one offending row, and the tables (day and law) under which it was found."""

    def __init__(self, numbers: Mapping[str, int], t: Tables) -> None:
        super().__init__(numbers)
        self.t = t


class Sentence(NamedTuple):
    """What is wrong with the row, and what mends it."""

    message: str
    remedy: str


@dataclass(frozen=True)
class Check:
    """`column` is the cell the finding is shown at; `needs` names the tables besides the candidates; where `cites` is
    given, the finding rests on those policies; `row_reasons` are reasons that are rows themselves."""

    code: str
    title: str
    column: str
    clause: str
    needs: tuple[str, ...] = ()
    cites: tuple[Policy[Any], ...] = ()
    row_reasons: tuple[str, ...] = ()

    def severity(self, law: Law) -> str:
        """error, warning or note: a policy, not a property of the rule."""
        return str(law.policy(SEVERITIES).get(self.code.removeprefix("rosters."), "error"))


@dataclass(frozen=True)
class Case:
    """A tiny roster; `candidates` say only how they differ from an ordinary candidate, numbered 1, 2, 3 …"""

    title: str
    candidates: tuple[Mapping[str, int], ...]
    found: tuple[int, ...]
    beside: Mapping[str, tuple[Mapping[str, int], ...]] = field(default_factory=dict)


class CheckModule(Protocol):
    """What a module of a check must offer."""

    CHECK: Check
    CASES: tuple[Case, ...]

    def rows(self, t: Tables) -> ibis.Table: ...

    def sentence(self, r: Reasons) -> Sentence: ...

    def __hash__(self) -> int: ...


def case(title: str, *candidates: Mapping[str, int], found: tuple[int, ...] = (), **beside: Any) -> Case:
    return Case(title, candidates, found, {name: tuple(rows) for name, rows in beside.items()})
