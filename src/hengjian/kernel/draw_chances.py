"""How likely each institution was to be drawn: published with the draw, so that the weights can be judged.

Drawing by smallest tickets is successive sampling with chances proportional to weight. Items of equal weight are
interchangeable, so it is enough to follow how many of each weight are gone: exact fractions, where these states are few.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from fractions import Fraction
from hashlib import sha256
from typing import Any

from hengjian.kernel.draw import ranking

MOST_STATES = 20_000


def chances(manifest: Mapping[str, Any]) -> dict[str, dict[int, Fraction] | None]:
    """For each stratum the chance of an item of each weight; None where an exact answer would take too long."""
    sizes: dict[str, Counter[int]] = defaultdict(Counter)
    for item in manifest["pool"]:
        sizes[item["stratum"]][item["weight"]] += 1
    return {stratum: chances_of(sizes[stratum], count) for stratum, count in manifest["take"]}


def frequencies(manifest: Mapping[str, Any], seeds: int = 10_000) -> dict[str, dict[int, float]]:
    """Where no exact answer is given: the share of items of each weight drawn under made-up seeds, anybody's to repeat."""
    weight = {item["id"]: item["weight"] for item in manifest["pool"]}
    sizes = Counter((item["stratum"], item["weight"]) for item in manifest["pool"])
    drawn: Counter[tuple[str, int]] = Counter()
    for seed in range(seeds):
        order = ranking(manifest, sha256(f"seed {seed}".encode()).digest())
        drawn.update(
            (stratum, weight[name]) for stratum, count in manifest["take"] for _, name in order[stratum][:count]
        )
    found: dict[str, dict[int, float]] = {stratum: {} for stratum, _ in manifest["take"]}
    for (stratum, each), size in sorted(sizes.items()):
        if stratum in found:
            found[stratum][each] = drawn[stratum, each] / (size * seeds)
    return found


def chances_of(sizes: Mapping[int, int], count: int) -> dict[int, Fraction] | None:
    """`sizes`: how many items there are of each weight, of which `count` are drawn."""
    weights = sorted(sizes)
    states = {tuple(sizes[weight] for weight in weights): Fraction(1)}  # items left of each weight: probability
    for _ in range(count):
        after: dict[tuple[int, ...], Fraction] = defaultdict(Fraction)
        for left, probability in states.items():
            total = sum(weight * number for weight, number in zip(weights, left, strict=True))
            for place, (weight, number) in enumerate(zip(weights, left, strict=True)):
                if number:
                    rest = (*left[:place], number - 1, *left[place + 1 :])
                    after[rest] += probability * Fraction(weight * number, total)
        states = after
        if len(states) > MOST_STATES:
            return None
    return {
        weight: sum((probability * (sizes[weight] - left[place]) for left, probability in states.items()), Fraction())
        / sizes[weight]
        for place, weight in enumerate(weights)
    }
