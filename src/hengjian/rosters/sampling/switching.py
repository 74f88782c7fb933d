"""Switching between normal and tightened inspection and checking everything, per institution (GB/T 2828.1, 9.3 and 9.4).

The state is never kept by hand: it is recomputed from the list of lot results, so anybody can check it. Resubmitted lots
do not count. Reduced inspection is a relaxation at the authority's discretion; it stays off unless the policy and the
caller both allow it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import reduce

from hengjian.kernel.law import Law
from hengjian.rosters import policies
from hengjian.rosters.sampling.plans import Plan, Severity, cell_of, next_tighter


class State(StrEnum):
    """What the next lot of the institution meets."""

    NORMAL = "normal"
    TIGHTENED = "tightened"
    REDUCED = "reduced"
    EVERYTHING = "everything"  # sampling is discontinued until corrective action is accepted

    @property
    def severity(self) -> Severity | None:
        return None if self is State.EVERYTHING else Severity(self.value)


STATE_TITLES = {
    State.NORMAL: "正常检验",
    State.TIGHTENED: "加严检验",
    State.REDUCED: "放宽检验",
    State.EVERYTHING: "暂停抽样、逐份全查",
}


@dataclass(frozen=True)
class Lot:
    """The result of one lot. `tighter` says whether it would have passed one AQL step tighter (needed for the score
    where the plan's Ac is 2 or more)."""

    accepted: bool
    accept: int = 0
    tighter: bool = False
    resubmitted: bool = False

    @classmethod
    def of(cls, plan: Plan, bad: int, *, resubmitted: bool = False) -> Lot:
        """The result of a plan by which `bad` bad files were found."""
        aql = next_tighter(plan.aql, plan.edition)
        ac = -1 if aql is None else cell_of(plan.letter, aql, Severity.NORMAL, plan.edition).accept
        return cls(plan.accepts(bad), plan.accept, bad <= ac, resubmitted)


@dataclass(frozen=True)
class Correction:
    """The authority accepted the corrective action; sampling resumes tightened."""


@dataclass(frozen=True)
class Rules:
    """The numbers of clause 9.3 and 9.4 in force."""

    refused: int
    within: int
    accepted: int
    discontinue: int
    score: int
    reduced: bool

    @classmethod
    def of(cls, law: Law, *, reduced_agreed: bool = False) -> Rules:
        return cls(
            refused=law.policy(policies.TIGHTEN_AFTER_REFUSED_LOTS),
            within=law.policy(policies.TIGHTEN_WITHIN_LOTS),
            accepted=law.policy(policies.RELAX_AFTER_ACCEPTED_LOTS),
            discontinue=law.policy(policies.FULL_CHECK_AFTER_REFUSED_LOTS),
            score=law.policy(policies.REDUCED_SWITCHING_SCORE) if reduced_agreed else 0,
            reduced=reduced_agreed and law.policy(policies.REDUCED_ALLOWED),
        )


@dataclass(frozen=True)
class Standing:
    """The state of an institution and what led to it."""

    state: State = State.NORMAL
    recent: tuple[bool, ...] = ()  # results since the state began, newest last
    refused_tightened: int = 0
    score: int = 0


Event = Lot | Correction


def standing(events: Iterable[Event], rules: Rules, start: State = State.NORMAL) -> Standing:
    """Where an institution stands after these results."""
    return reduce(lambda now, event: step(now, event, rules), events, Standing(start))


def course(events: Iterable[Event], rules: Rules, start: State = State.NORMAL) -> Iterator[Standing]:
    """The standing after each result."""
    now = Standing(start)
    for event in events:
        now = step(now, event, rules)
        yield now


def step(now: Standing, event: Event, rules: Rules) -> Standing:
    """One result further."""
    if isinstance(event, Correction):
        return Standing(State.TIGHTENED) if now.state is State.EVERYTHING else now
    if event.resubmitted or now.state is State.EVERYTHING:
        return now
    if now.state is State.TIGHTENED:
        return _tightened(now, event, rules)
    if now.state is State.REDUCED:
        return now if event.accepted else Standing(State.NORMAL)
    return _normal(now, event, rules)


def _normal(now: Standing, lot: Lot, rules: Rules) -> Standing:
    recent = (*now.recent, lot.accepted)[-rules.within :]
    if recent.count(False) >= rules.refused:
        return Standing(State.TIGHTENED)
    score = _score(now.score, lot)
    if rules.reduced and score >= rules.score:
        return Standing(State.REDUCED, score=score)
    return replace(now, recent=recent, score=score)


def _tightened(now: Standing, lot: Lot, rules: Rules) -> Standing:
    recent = (*now.recent, lot.accepted)[-rules.accepted :]
    refused = now.refused_tightened + (not lot.accepted)
    if refused >= rules.discontinue:
        return Standing(State.EVERYTHING)
    if len(recent) == rules.accepted and all(recent):
        return Standing(State.NORMAL)
    return Standing(State.TIGHTENED, recent=recent, refused_tightened=refused)


def _score(score: int, lot: Lot) -> int:
    """Clause 9.3.3.2, single plans: +2 for an accepted lot with Ac 0 or 1, +3 where it would pass one step tighter."""
    if not lot.accepted:
        return 0
    if lot.accept <= 1:
        return score + 2
    return score + 3 if lot.tighter else 0
