"""What the plans are worth against a flat share: simulated lots of mixed size, seeds fixed.

Both rules read the rest of a lot that is not accepted. The flat rule reads a fifth of every lot and accepts none bad.
Consumer's risk is the share of lots accepted unread although the institution has ten bad files in a hundred.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from statistics import median

import pytest

from hengjian.kernel.law import National
from hengjian.rosters.sampling.depth import Batch, depth
from hengjian.rosters.sampling.switching import Lot, Rules, Standing, State, step

LAW = National(date(2026, 11, 1))
RULES = Rules.of(LAW)
SIZES = (30, 60, 80, 100, 120, 150, 200, 250, 300, 400, 600, 900)
LOTS, INSTITUTIONS = 20, 150


@dataclass
class Outcome:
    read: int = 0
    accepted_unread: int = 0
    tightened_at: int = 999


def _found(rng: random.Random, lot: int, bad: int, size: int) -> int:
    return sum(number < bad for number in rng.sample(range(lot), size))


def _by_plan(rng: random.Random, lots: list[tuple[int, int]]) -> Outcome:
    out, now = Outcome(), Standing()
    for number, (size, bad) in enumerate(lots, start=1):
        chosen = depth(Batch(size, state=now.state, lots=9), LAW)
        found = _found(rng, size, bad, chosen.files)
        accepted = found == 0 if chosen.plan is None else chosen.plan.accepts(found)
        out.read += chosen.files if accepted else size
        out.accepted_unread += accepted and chosen.files < size
        now = step(now, Lot(accepted=accepted), RULES)
        if now.state is not State.NORMAL:
            out.tightened_at = min(out.tightened_at, number)
    return out


def _flat(rng: random.Random, lots: list[tuple[int, int]]) -> Outcome:
    out = Outcome()
    for size, bad in lots:
        sample = -(-size // 5)
        accepted = _found(rng, size, bad, sample) == 0
        out.read += sample if accepted else size
        out.accepted_unread += accepted
    return out


def _institutions(rate: float) -> tuple[list[Outcome], list[Outcome]]:
    rng = random.Random(20261101)
    plans, flats = [], []
    for _ in range(INSTITUTIONS):
        lots = [(size, sum(rng.random() < rate for _ in range(size))) for size in rng.choices(SIZES, k=LOTS)]
        plans.append(_by_plan(rng, lots))
        flats.append(_flat(rng, lots))
    return plans, flats


@pytest.mark.parametrize("rate", [0.0, 0.002, 0.005])
def test_of_a_good_institution_at_least_thirty_per_cent_fewer_files_are_read_than_by_a_flat_fifth(rate: float) -> None:
    plans, flats = _institutions(rate)
    assert sum(o.read for o in plans) <= 0.7 * sum(o.read for o in flats)


def test_the_consumer_risk_is_no_higher_than_that_of_the_flat_fifth() -> None:
    plans, flats = _institutions(0.1)
    assert sum(o.accepted_unread for o in plans) <= sum(o.accepted_unread for o in flats)


def test_an_institution_with_ten_per_cent_bad_files_is_tightened_within_five_batches() -> None:
    plans, _ = _institutions(0.1)
    assert median(o.tightened_at for o in plans) <= 5
