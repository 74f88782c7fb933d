"""Zero-acceptance plans for small or isolated lots: the smallest sample that lets a bad lot pass rarely enough.

The probability that n files of N show none of D bad ones is C(N−D, n) / C(N, n): hypergeometric, in whole numbers, so
that the cases of equality come out right (GB/T 2828.1 leaves isolated lots to limiting quality, clause 12.6).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import comb


@dataclass(frozen=True)
class ZeroPlan:
    """`size` of `lot` files are read, none may be bad; `risk` is the exact probability that a lot with `bad` bad files
    passes all the same."""

    lot: int
    bad: int
    limit: Fraction
    size: int
    risk: Fraction

    @property
    def everything(self) -> bool:
        return self.size >= self.lot

    def accepts(self, bad: int) -> bool:
        return bad == 0


def passes(lot: int, bad: int, size: int) -> Fraction:
    """The probability that none of `bad` is in a sample of `size`."""
    return Fraction(comb(lot - bad, size), comb(lot, size))


def zero_plan(lot: int, bad: int, limit: Fraction) -> ZeroPlan:
    """The smallest sample by which a lot with `bad` bad files passes with probability `limit` at most."""
    if not 1 <= bad <= lot:
        raise ValueError(f"a lot of {lot} cannot hold {bad} bad files")
    if not 0 < limit < 1:
        raise ValueError("the risk lies between 0 and 1")
    low, high = 1, lot - bad + 1  # the larger bound shows a bad file with certainty
    while low < high:
        middle = (low + high) // 2
        if comb(lot - bad, middle) * limit.denominator <= comb(lot, middle) * limit.numerator:
            high = middle
        else:
            low = middle + 1
    return ZeroPlan(lot=lot, bad=bad, limit=limit, size=low, risk=passes(lot, bad, low))


def bad_files(lot: int, percent: int) -> int:
    """How many files `percent` of a lot are: rounded down, one at least, so that the plan is never weaker."""
    return max(1, lot * percent // 100)
