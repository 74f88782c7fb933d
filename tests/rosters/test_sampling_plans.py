"""The plan tables as printed: every cell against the shared transcriptions, the disputed ones refused."""

from __future__ import annotations

import csv
from fractions import Fraction
from itertools import combinations, pairwise

import pytest

from hengjian.kernel.refusal import Refused
from hengjian.rosters.sampling.oc import accepted_in_lot, accepted_in_stream, curve
from hengjian.rosters.sampling.plans import LETTERS, Severity, cell_of, code_letter, next_tighter, plan
from tests.shared import shared

EDITION = "GB/T 2828.1-2012"


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(shared(f"vectors/{name}").read_text(encoding="utf-8").splitlines()))


def test_every_code_letter_is_the_printed_one_at_both_ends_of_its_lot_range() -> None:
    rows = _rows("aql_code_letters.csv")
    assert len(rows) == 15
    for row in rows:
        low = int(row["lot_min"])
        for lot in (low, int(row["lot_max"] or low * 10)):
            for level in ("S-1", "S-2", "S-3", "S-4", "I", "II", "III"):
                assert code_letter(lot, level, EDITION) == row[level], (lot, level)


def test_every_cell_of_the_three_tables_is_the_printed_one() -> None:
    rows = _rows("aql_single_plans.csv")
    assert len(rows) == 3 * 416
    for row in rows:
        cell = cell_of(row["initial_letter"], row["aql"], Severity(row["state"]), EDITION)
        printed = (row["table"], row["plan_letter"], int(row["n"]), int(row["ac"]), int(row["re"]))
        assert (cell.table, cell.plan_letter, cell.n, cell.accept, cell.refuse) == printed
        assert bool(cell.disputed) == (row["status"] == "disputed")


def test_a_disputed_cell_is_refused_with_its_clause_and_what_would_mend_it() -> None:
    disputed = [row for row in _rows("aql_single_plans.csv") if row["status"] == "disputed"]
    assert len(disputed) == 15
    assert sum(row["table"] == "2-B" for row in disputed) == 1
    with pytest.raises(Refused) as refused:
        plan(1000, "2.5", "III", Severity.REDUCED, EDITION)
    assert refused.value.refusal.code == "sampling.cell_disputed"
    assert refused.value.refusal.clause == "GB/T 2828.1—2012 表 2-C"
    assert "纸质标准" in refused.value.refusal.remedy


def test_along_a_diagonal_the_acceptance_number_is_constant_in_the_normal_and_tightened_tables() -> None:
    limits = sorted({row["aql"] for row in _rows("aql_single_plans.csv")}, key=Fraction)
    for severity in (Severity.NORMAL, Severity.TIGHTENED):
        for place, letter in enumerate(LETTERS[1:], start=1):
            for left, right in pairwise(limits):
                here, there = (
                    cell_of(LETTERS[place - 1], right, severity, EDITION),
                    cell_of(letter, left, severity, EDITION),
                )
                if here.printed == there.printed == "plan" and not (here.disputed or there.disputed):
                    assert here.accept == there.accept, (severity, letter, left)


def test_a_lot_of_120_at_level_two_and_one_per_cent_reads_13_files() -> None:
    found = plan(120, "1.0", "II", Severity.NORMAL, EDITION)
    assert (found.letter, found.plan_letter, found.size, found.accept, found.refuse) == ("F", "E", 13, 0, 1)
    assert found.edition == EDITION and not found.everything


def test_where_the_sample_would_be_the_lot_everything_is_checked() -> None:
    found = plan(10, "1.0", "II", Severity.NORMAL, EDITION)
    assert (found.size, found.everything) == (10, True)
    assert plan(13, "1.0", "II", Severity.NORMAL, EDITION).everything
    assert not plan(14, "1.0", "II", Severity.NORMAL, EDITION).everything


@pytest.mark.parametrize(
    ("lot", "aql", "level", "edition", "code"),
    [
        (1, "1.0", "II", EDITION, "sampling.lot_too_small"),
        (100, "1.0", "IV", EDITION, "sampling.level_unknown"),
        (100, "0.9", "II", EDITION, "sampling.aql_unknown"),
        (100, "viel", "II", EDITION, "sampling.aql_unknown"),
        (100, "1.0", "II", "GB/T 2828.1-2003", "sampling.edition_unknown"),
    ],
)
def test_what_the_tables_do_not_hold_is_refused(lot: int, aql: str, level: str, edition: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        plan(lot, aql, level, Severity.NORMAL, edition)
    assert refused.value.refusal.code == code


def test_the_next_tighter_limit_is_the_column_to_the_left() -> None:
    assert next_tighter("1.0", EDITION) == "0.65"
    assert next_tighter("0.010", EDITION) is None


@pytest.mark.parametrize(("expected", "chance"), [("1.970", 0.95), ("4.671", 0.50), ("7.994", 0.10)])
def test_with_four_allowed_the_stream_is_accepted_as_the_tables_of_the_poisson_limit_say(
    expected: str, chance: float
) -> None:
    share = Fraction(expected) / 4000
    assert float(accepted_in_stream(4000, 4, share)) == pytest.approx(chance, abs=1e-3)


def test_the_curve_begins_at_certainty_and_falls() -> None:
    points = curve(120, 13, 0)
    assert points[0] == (0, 0.0, 1.0)
    assert points[1].accepted == pytest.approx(1 - 13 / 120)
    assert all(a.accepted > b.accepted for a, b in pairwise(points))
    assert points[-1].accepted < 0.001


def test_the_curve_counts_every_way_to_draw_the_sample() -> None:
    """Against plain enumeration of all samples of a small lot."""
    for bad in range(8):
        samples = list(combinations([1] * bad + [0] * (8 - bad), 3))
        assert accepted_in_lot(8, 3, 1, bad) == Fraction(sum(sum(s) <= 1 for s in samples), len(samples))
