"""Zero-acceptance plans against exact rational arithmetic, the cases of equality included."""

from __future__ import annotations

import csv
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengjian.rosters.sampling.zero_acceptance import bad_files, passes, zero_plan
from tests.shared import shared


def test_every_shared_plan_is_found_with_its_exact_risk() -> None:
    rows = list(csv.DictReader(shared("vectors/c0_ltpd_hypergeom.csv").read_text(encoding="utf-8").splitlines()))
    assert len(rows) == 23 * 8 * 2
    for row in rows:
        lot, bad = int(row["N"]), int(row["D=max(1,floor(N*ltpd))"])
        found = zero_plan(lot, bad, Fraction(row["beta"]))
        assert found.size == int(row["n"]), row
        assert float(found.risk) == pytest.approx(float(row["P(0 found) at n"]), abs=1e-12)
        percent = Fraction(row["ltpd"]) * 100
        assert bad_files(lot, int(percent)) == bad


@pytest.mark.parametrize(
    ("lot", "bad", "size"),
    [(30, 3, 19), (60, 3, 38), (60, 6, 23), (120, 6, 47), (120, 12, 26), (500, 25, 56), (500, 50, 28)],
)
def test_the_published_sizes_at_five_per_cent(lot: int, bad: int, size: int) -> None:
    assert zero_plan(lot, bad, Fraction(1, 20)).size == size


def test_equality_counts_as_kept() -> None:
    """Nine of ten files let one bad file pass with exactly one in ten."""
    found = zero_plan(10, 1, Fraction(1, 10))
    assert (found.size, found.risk) == (9, Fraction(1, 10))


@given(st.integers(1, 400), st.data())
def test_the_sample_is_the_smallest_that_keeps_the_risk(lot: int, data: st.DataObject) -> None:
    bad = data.draw(st.integers(1, lot))
    limit = Fraction(data.draw(st.integers(1, 99)), 100)
    found = zero_plan(lot, bad, limit)
    assert found.risk <= limit
    assert found.size == 1 or passes(lot, bad, found.size - 1) > limit


@pytest.mark.parametrize(("lot", "bad", "limit"), [(10, 11, "1/10"), (10, 0, "1/10"), (10, 1, "1"), (10, 1, "0")])
def test_what_has_no_plan_is_an_error(lot: int, bad: int, limit: str) -> None:
    with pytest.raises(ValueError, match=r"bad files|risk"):
        zero_plan(lot, bad, Fraction(limit))
