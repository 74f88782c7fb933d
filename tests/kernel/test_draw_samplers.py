"""Every member of a pool is as likely as its weight says, over 100,000 draws and beside two samplers of election audits.

The outside samplers are written here after their public description and first have to give their published values; after
that they are the yardstick: what they draw and what `draw/1` draws must not be told apart.
"""

from __future__ import annotations

import json
from collections import Counter
from hashlib import sha256
from itertools import combinations, islice, permutations
from math import comb
from pathlib import Path

import pytest

from hengjian.kernel import draw
from tests.kernel.draws import manifest

VECTORS = json.loads((Path(__file__).parent.parent / "vectors/draw_rla_samplers.json").read_text())
DRAWS = 100_000
ONE_IN_A_THOUSAND = {9: 27.88, 119: 173.6}  # chi-square, by degrees of freedom


def tickets(names, seed):
    """Rivest's consistent sampler: the decimal digits of a hash, read backwards, lowest first."""
    hashed = sha256(str(seed).encode()).hexdigest()
    return sorted((f"{int(sha256((hashed + name).encode()).hexdigest(), 16):064d}"[::-1], name) for name in names)


def numbers_below(bound, seed):
    """Stark's and Rivest's SHA-256 generator: one block a number, the counter written in zero bytes."""
    block = sha256(f"{seed},".encode())
    while True:
        yield int.from_bytes(block.digest()) * bound >> 256
        block.update(b"\x00")


def without_replacement(size, take, seed):
    """A sample by the generator above: the last places of a partial shuffle."""
    places, numbers = list(range(size)), numbers_below(1 << 64, seed)
    for last in range(size - 1, size - 1 - take, -1):
        chosen = next(numbers) * (last + 1) >> 64
        places[last], places[chosen] = places[chosen], places[last]
    return places[size - take :]


def chi_square(seen, expected):
    return sum((seen[each] - number) ** 2 / number for each, number in expected.items())


def test_the_consistent_sampler_gives_its_published_tickets():
    vector = VECTORS["consistent_sampler"]
    found = tickets([f"A-{number}" for number in range(1, 11)], vector["seed"])[: vector["take"]]
    assert [[f"0.{digits[:9]}", name, 1] for digits, name in found] == vector["tickets"]


def test_the_generator_of_audits_gives_its_published_numbers():
    vector = VECTORS["stark_rivest_sha256_prng"]
    seed = vector["seed"]
    assert sha256(f"{seed},\x00".encode()).hexdigest() == vector["second_block_hex"]
    blocks = (int(sha256(f"{seed},".encode() + b"\x00" * n).hexdigest(), 16) for n in range(5))
    assert [1 + block % 1000 for block in blocks] == vector["randint_trunc_1_1001"]


def _keys(count):
    return (sha256(f"simulated draw {number}".encode()).digest() for number in range(count))


def test_a_hundred_thousand_draws_reach_every_member_as_often_as_every_other():
    """Three of ten files: by member (chi-square of ten) and by whole sample (every one of the 120 occurs)."""
    sealed = {
        "pool": [{"id": f"F{number}", "stratum": "files", "weight": 1} for number in range(10)],
        "take": [["files", 3]],
    }
    samples = Counter(tuple(sorted(name for _, name in draw.ranking(sealed, key)["files"][:3])) for key in _keys(DRAWS))
    members = Counter(name for sample, times in samples.items() for name in sample for _ in range(times))
    assert len(samples) == comb(10, 3)
    assert len(members) == 10
    # Within one draw the ten counts depend on each other: the statistic is a chi-square of nine, times 7/9.
    spread = chi_square(members, dict.fromkeys(members, DRAWS * 3 / 10))
    assert spread * 9 / 7 < ONE_IN_A_THOUSAND[9]
    assert chi_square(samples, dict.fromkeys(samples, DRAWS / 120)) < ONE_IN_A_THOUSAND[119]


def test_what_is_drawn_cannot_be_told_from_what_the_outside_samplers_draw():
    names = [f"F{number}" for number in range(6)]
    pairs = list(combinations(names, 2))
    expected = {pair: 20_000 / len(pairs) for pair in pairs}
    sealed = {"pool": [{"id": name, "stratum": "s", "weight": 1} for name in names], "take": [["s", 2]]}
    by_draw = Counter(tuple(sorted(name for _, name in draw.ranking(sealed, key)["s"][:2])) for key in _keys(20_000))
    by_tickets = Counter(tuple(sorted(name for _, name in islice(tickets(names, seed), 2))) for seed in range(20_000))
    by_shuffle = Counter(
        tuple(sorted(names[place] for place in without_replacement(6, 2, seed))) for seed in range(20_000)
    )
    for seen in (by_draw, by_tickets, by_shuffle):
        assert chi_square(seen, expected) < 36.13, "14 degrees of freedom, one in a thousand"


@pytest.mark.parametrize("team", [1, 2])
def test_every_supervisor_who_may_go_is_reached_as_often_as_the_others(team):
    """Two of six may not go: they never do, and the other four go alike; the law's default is a team of two."""
    sealed = manifest(pool=1, take=1, staff=6, team=team, cap=1, barred=[("S0002", "P0001"), ("S0005", "P0001")])
    sent = Counter(person for key in _keys(20_000) for person in draw.teams(sealed, key, ["P0001"])["P0001"])
    assert set(sent) == {"S0001", "S0003", "S0004", "S0006"}
    spread = chi_square(sent, dict.fromkeys(sent, 20_000 * team / 4))
    assert spread * 3 / (4 - team) < 16.27, "three degrees of freedom, one in a thousand"


@pytest.mark.slow
def test_a_hundred_thousand_weighted_draws_follow_their_weights():
    weights = dict(zip("abcdef", (1, 1, 2, 3, 5, 8), strict=True))
    sealed = {
        "pool": [{"id": name, "stratum": "s", "weight": weight} for name, weight in weights.items()],
        "take": [["s", 2]],
    }
    exact: Counter[tuple[str, ...]] = Counter()
    for first, second in permutations(weights, 2):
        exact[first, second] = weights[first] / 20 * weights[second] / (20 - weights[first])
    seen = Counter(tuple(name for _, name in draw.ranking(sealed, key)["s"][:2]) for key in _keys(DRAWS))
    expected = {order: DRAWS * chance for order, chance in exact.items()}
    assert chi_square(seen, expected) < 58.30, "29 degrees of freedom, one in a thousand"
