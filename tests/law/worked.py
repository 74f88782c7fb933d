"""What needs no life of a batch: the worked cases of rules and checks, and computations of plain values."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

from hengjian.kernel.acts_catalogue import catalogue
from hengjian.kernel.asker import asked_from
from hengjian.kernel.law import National
from hengjian.kernel.refusal import Refused
from hengjian.kernel.restraint import RESTRAINED, Restraint, restrain
from hengjian.kernel.rule import RULES
from hengjian.rosters.checks import ALL
from hengjian.rosters.checks.cases import ON, tables_of
from hengjian.rosters.checks.engines import DuckDB
from hengjian.rosters.checks.run import run
from hengjian.rosters.policies import OF_CHECKS, OF_SAMPLES
from hengjian.rosters.sampling.depth import Batch, Depth, depth
from hengjian.rosters.sampling.plans import Plan
from hengjian.rosters.sampling.switching import Lot, Rules, State, course
from tests.law.outcome import Probe


def of_rules() -> Iterator[Probe]:
    """Whether the rule refuses its worked cases: the sentence alone would only show that the number is printed."""
    catalogue()
    for code, rule in sorted(RULES.items()):
        if not rule.keys or code.startswith("x."):
            continue
        yield Probe(code, rule.keys, lambda rule=rule: {c.title: rule(c.asking()) is None for c in rule.cases}, False)


def of_checks() -> Iterator[Probe]:
    keys = tuple(handle.key for handle in OF_CHECKS)
    for module in ALL:
        cited = tuple(handle.key for handle in module.CHECK.cites)
        yield Probe(module.CHECK.code, cited, lambda module=module: _found(module), False)
    yield Probe("severity", keys, lambda: {"severity": [module.CHECK.severity(National(ON)) for module in ALL]}, False)


def _found(module: Any) -> dict[str, Any]:
    return {
        case.title: tuple(found.row for found in run(tables_of(case), ON, checks=[module], engine=DuckDB()))
        for case in module.CASES
    }


def of_restraints() -> Iterator[Probe]:
    """How often of five times one is let in, counted from nothing; with the numbers enacted, each time."""
    catalogue()
    import_module("hengjian.web.urls")
    for code, restraints in sorted(RESTRAINED.items()):
        for restraint in restraints:
            key = restraint.limit.key
            yield Probe(
                f"{code} {key}", (key,), lambda code=code, one=restraint: _let_in(code, one), values={key: (2, 3)}
            )


def _let_in(code: str, restraint: Restraint) -> int:
    class Asked:
        title = "查询"

    asked = Asked()
    asked.code, asked.restraint = f"tests.{code}", (Restraint("address", restraint.limit),)  # type: ignore[attr-defined]
    with asked_from("192.0.2.7"):
        for time in range(5):
            try:
                restrain(asked)  # type: ignore[arg-type]
            except Refused:
                return time
    return 5


def _deep(how: Depth) -> tuple[Any, ...]:
    """What is done, without the sentence that gives the numbers."""
    return how.mode, how.files, how.drawn, how.flagged, how.plan and how.plan.size, how.second_approver, _limit(how)


def _limit(how: Depth) -> int | None:
    return how.plan.accept if isinstance(how.plan, Plan) else None


def of_samples() -> Iterator[Probe]:
    keys = tuple(handle.key for handle in OF_SAMPLES)
    law = National(ON)
    batches = [
        Batch(size, "", entrusted, state, lots, flagged)
        for size in (25, 26, 120, 281, 900)
        for entrusted in (False, True)
        for state in (State.NORMAL, State.TIGHTENED)
        for lots in (0, 1, 2)
        for flagged in (5,)
    ]
    yield Probe("depth of a batch", keys, lambda: {str(batch): _deep(depth(batch, law)) for batch in batches}, False)
    good, bad = Lot(True, 0), Lot(False, 0)
    history = [bad, good, good, good, bad, *[good] * 5, bad, bad, *[bad] * 4, *[good] * 20]
    plain = [good] * 40
    yield Probe(
        "switching",
        keys,
        lambda: {
            "a history": tuple(course(history, Rules.of(law))),
            "nothing but good lots": tuple(course(plain, Rules.of(law), State.NORMAL)),
        },
        False,
    )
