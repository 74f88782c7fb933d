"""The published chances are exact: they add up, follow the weights, and are met by the draws themselves."""

from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hengjian.kernel.draw_chances import chances, chances_of, frequencies
from tests.kernel.draws import manifest


def by_every_order(weights, count):
    """The definition: over all orders in which `count` items can be drawn one after the other."""
    found = [Fraction()] * len(weights)
    for order in permutations(range(len(weights)), count):
        chance, left = Fraction(1), sum(weights)
        for item in order:
            chance, left = chance * Fraction(weights[item], left), left - weights[item]
        for item in order:
            found[item] += chance
    return found


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 10), min_size=1, max_size=6), st.data())
def test_chances_are_those_of_the_definition(weights, data):
    count = data.draw(st.integers(0, len(weights)))
    sizes = {weight: weights.count(weight) for weight in weights}
    exact = chances_of(sizes, count)
    assert [exact[weight] for weight in weights] == by_every_order(weights, count)
    assert sum(exact[weight] for weight in weights) == count


def test_equal_weights_give_equal_chances_to_all():
    assert chances_of({1: 132}, 30) == {1: Fraction(30, 132)}


def test_the_chances_of_a_manifest_are_met_by_its_draws():
    sealed = manifest(pool=9, take=3)
    expected = chances(sealed)["甲"]
    found = frequencies(sealed, seeds=1_500)["甲"]
    assert found == pytest.approx({weight: float(chance) for weight, chance in expected.items()}, abs=0.02)


def test_where_an_exact_answer_would_take_too_long_none_is_given():
    assert chances_of(dict.fromkeys(range(1, 11), 200), 60) is None
