"""What `draw/1` draws: the published cases, the first feasible teams, and chances exactly as the weights say."""

import json
from hashlib import sha256
from itertools import combinations, permutations, product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hengjian.kernel import draw
from hengjian.kernel.assignment import first_feasible
from tests.kernel.draws import CASES, RESULT, SECRETS, SEED, manifest, published

VECTORS = Path(__file__).parent.parent / "vectors"


def first_by_trying_everything(ranked, capacity, team):
    """The definition itself: all teams of all targets in lexicographic order, the first that keeps the capacities."""
    for teams in product(*(combinations(people, team) for people in ranked)):
        served = [person for people in teams for person in people]
        if all(served.count(person) <= room for person, room in enumerate(capacity)):
            return [list(people) for people in teams]
    return None


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["manifest"]["draw_id"])
def test_the_published_cases_are_drawn_again(case):
    secrets = [bytes.fromhex(secret) for secret in case["reveals"]]
    code, beacon = bytes.fromhex(case["one_time_code"]), bytes.fromhex(case["beacon_hex"])
    assert draw.compute(case["manifest"], secrets, code, beacon) == {name: case[name] for name in RESULT}


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_teams_are_the_first_feasible_by_trying_everything(data):
    people = data.draw(st.integers(1, 5))
    able = st.lists(st.integers(0, people - 1), unique=True)
    ranked = data.draw(st.lists(able, min_size=1, max_size=4))
    capacity = data.draw(st.lists(st.integers(0, 3), min_size=people, max_size=people))
    team = data.draw(st.integers(0, 3))
    assert first_feasible(ranked, capacity, team) == first_by_trying_everything(ranked, capacity, team)


def test_nobody_is_sent_where_barred_and_nobody_beyond_the_capacity():
    barred = [(f"S{person:04d}", f"P{target:04d}") for person in (1, 2) for target in range(1, 9)]
    teams = published(manifest(barred=barred, staff=5, team=2))["result"]["teams"]
    sent = [person for team in teams.values() for person in team]
    assert len(teams) == 3
    assert not {"S0001", "S0002"} & set(sent)
    assert max(map(sent.count, sent)) <= 2


def test_a_draw_without_possible_teams_is_void_but_keeps_its_targets():
    result = published(manifest(staff=2, team=2, cap=1))["result"]
    assert result["teams"] is None
    assert len(result["targets"]) == 3


def test_targets_may_be_drawn_without_staff():
    result = published(manifest(staff=0, team=0))["result"]
    assert result["teams"] == {target: [] for target in result["targets"]}


def test_leaving_one_out_does_not_disturb_the_order_of_the_others():
    sealed = manifest(pool=30, take=5)
    key = bytes(32)
    order = [name for _, name in draw.ranking(sealed, key)["甲"]]
    without = {**sealed, "pool": [item for item in sealed["pool"] if item["id"] != order[0]]}
    assert [name for _, name in draw.ranking(without, key)["甲"]] == order[1:]


def test_chances_are_those_of_successive_sampling_by_weight():
    """Chi-square of 6,000 fixed seeds over the 20 subsets of three out of six, against the exact probabilities."""
    weights = dict(zip("abcdef", (1, 1, 2, 3, 5, 8), strict=True))
    sealed = {
        "pool": [{"id": name, "stratum": "s", "weight": weight} for name, weight in weights.items()],
        "take": [["s", 3]],
    }
    exact = dict.fromkeys(combinations(sorted(weights), 3), 0.0)
    for order in permutations(weights, 3):
        chance, left = 1.0, sum(weights.values())
        for name in order:
            chance, left = chance * weights[name] / left, left - weights[name]
        exact[tuple(sorted(order))] += chance
    seeds = 6_000
    seen = dict.fromkeys(exact, 0)
    for seed in range(seeds):
        order = draw.ranking(sealed, sha256(b"seed %d" % seed).digest())["s"]
        seen[tuple(sorted(name for _, name in order[:3]))] += 1
    assert sum(exact.values()) == pytest.approx(1)
    chi_square = sum((seen[subset] - seeds * chance) ** 2 / (seeds * chance) for subset, chance in exact.items())
    assert chi_square < 43.8  # 19 degrees of freedom, one in a thousand


def test_positions_and_hash_chain_are_those_of_the_internet_draft():
    vector = json.loads((VECTORS / "draw_vrs_hkdf.json").read_text())
    secret = vector["secret_utf8"].encode()
    assert draw.chain_head(secret, 10).hex() == vector["chain_10"]
    for index, iteration in enumerate(vector["iterations"], 1):
        assert draw.chain_code(secret, 10, index).hex() == iteration["one_time_code"]
        labels = [label for _, label in iteration["lowest"]]
        found = draw.positions(bytes.fromhex(iteration["prk"]), labels)
        assert [place.hex() for place in found] == [place for place, _ in iteration["lowest"]]


def test_each_code_of_the_chain_leads_to_the_one_before():
    codes = [draw.chain_code(SEED, 16, index) for index in range(17)]
    assert [sha256(code).digest() for code in codes[1:]] == codes[:-1]
    assert codes[16] == SEED
    assert [draw.chain_index(codes[0], code, 16) for code in codes] == list(range(17))
    assert draw.chain_index(codes[0], b"of another chain", 16) is None
    with pytest.raises(ValueError, match="no code 17"):
        draw.chain_code(SEED, 16, 17)


@pytest.mark.parametrize("changed", ["secrets", "code", "beacon", "nonce"])
def test_every_ingredient_changes_the_seed_of_the_draw(changed):
    sealed = manifest()
    ingredients = {"secrets": SECRETS, "code": b"code", "beacon": b"3.8./"}
    before = draw.pseudorandom_key(sealed, **ingredients)
    if changed == "nonce":
        sealed["nonce"] = "5b" * 32
    else:
        ingredients[changed] = [*SECRETS, b""] if changed == "secrets" else ingredients[changed] + b"0"
    assert draw.pseudorandom_key(sealed, **ingredients) != before
