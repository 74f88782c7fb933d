"""The centre deals with a burst of objections: it says what it found and what follows; the objections stay what they are."""

from __future__ import annotations

from hengjian.kernel.act import Doing, Step, act
from hengjian.kernel.arguments import Reason
from hengjian.results import rules
from hengjian.results.acts.triage_objection import CENTRE
from hengjian.results.facts import BurstSettled
from hengjian.results.models import ObjectionBurst
from hengjian.results.states import BurstState


@act(
    "results.settle_burst",
    ObjectionBurst,
    by=CENTRE,
    step=Step(BurstState.OPEN, to=BurstState.SEEN),
    clause=rules.NOTICE,
    turn=True,
)
def settle_burst(doing: Doing[ObjectionBurst], *, note: Reason) -> BurstSettled:
    """处置异议集中。"""
    burst = doing.subject
    burst.note, burst.seen_on = note, doing.today
    return BurstSettled(burst.number, burst.note)
