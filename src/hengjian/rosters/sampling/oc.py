"""The operating characteristic of a plan: how likely a lot is accepted, by how bad it is. Data for a chart.

For a lot of known size the hypergeometric distribution holds, in whole numbers; for the stream it comes from, the
binomial one. Nothing is approximated.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import comb
from typing import NamedTuple


class Point(NamedTuple):
    """`bad` files in the lot, as a share, and the probability of acceptance."""

    bad: int
    share: float
    accepted: float


def accepted_in_lot(lot: int, size: int, accept: int, bad: int) -> Fraction:
    """At most `accept` of `bad` bad files are in the sample."""
    ways = sum(comb(bad, found) * comb(lot - bad, size - found) for found in range(min(accept, bad, size) + 1))
    return Fraction(ways, comb(lot, size))


def accepted_in_stream(size: int, accept: int, share: Fraction) -> Fraction:
    """At most `accept` of `size` files are bad where each is with probability `share`."""
    good = 1 - share
    terms = (comb(size, found) * share**found * good ** (size - found) for found in range(min(accept, size) + 1))
    return sum(terms, Fraction(0))


def curve(lot: int, size: int, accept: int, bad: Sequence[int] = ()) -> list[Point]:
    """The curve at the given numbers of bad files, or from none until acceptance is below one in a thousand."""
    points = []
    for number in bad or range(lot + 1):
        chance = accepted_in_lot(lot, size, accept, number)
        points.append(Point(number, number / lot, float(chance)))
        if not bad and chance < Fraction(1, 1000):
            break
    return points
