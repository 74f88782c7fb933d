"""How deep a batch is verified: by number, grade, entrustment and state, each with its reason (study 3.1)."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from hengjian.kernel.law import National
from hengjian.rosters.policies import COMBINED_CHECK_FROM, FULL_CHECK_UP_TO
from hengjian.rosters.sampling.depth import Batch, Mode, depth
from hengjian.rosters.sampling.plans import Plan, Severity
from hengjian.rosters.sampling.switching import State
from hengjian.rosters.sampling.zero_acceptance import ZeroPlan

ON = date(2026, 11, 1)
LAW = National(ON)


@pytest.mark.parametrize(
    ("size", "mode", "files"),
    [(8, Mode.FULL, 8), (25, Mode.FULL, 25), (120, Mode.SAMPLED, 13), (600, Mode.COMBINED, 80)],
)
def test_the_number_of_people_decides(size: int, mode: Mode, files: int) -> None:
    found = depth(Batch(size, grade="A", lots=5), LAW)
    assert (found.mode, found.files) == (mode, files)
    assert str(size) in found.reason and found.reason.endswith("。")
    assert found.clause.endswith("第 3.1 节")
    assert not found.second_approver


def test_the_thresholds_are_the_policies() -> None:
    most, least = FULL_CHECK_UP_TO.on(ON), COMBINED_CHECK_FROM.on(ON)
    modes = [depth(Batch(size, lots=5), LAW).mode for size in (most, most + 1, least - 1, least)]
    assert modes == [Mode.FULL, Mode.SAMPLED, Mode.SAMPLED, Mode.COMBINED]


def test_an_entrusted_batch_is_checked_harder_and_needs_a_second_approver() -> None:
    plain, entrusted = depth(Batch(120, lots=5), LAW), depth(Batch(120, lots=5, entrusted=True), LAW)
    assert entrusted.files > plain.files
    assert entrusted.mode is Mode.COMBINED
    assert isinstance(entrusted.plan, Plan) and entrusted.plan.severity is Severity.TIGHTENED
    assert entrusted.second_approver and "第二人复核" in entrusted.reason


def test_of_an_entrusted_batch_more_files_are_read_than_of_any_other_of_its_size() -> None:
    for size, lots in product((26, 40, 60, 120, 200, 400, 600, 1000), (0, 9)):
        plain, entrusted = depth(Batch(size, lots=lots), LAW), depth(Batch(size, lots=lots, entrusted=True), LAW)
        assert entrusted.files > plain.files or entrusted.mode is Mode.FULL, (size, lots)


def test_combined_reads_all_flagged_files_and_a_sample_of_the_rest() -> None:
    found = depth(Batch(600, lots=5, flagged=40), LAW)
    assert (found.mode, found.flagged, found.drawn, found.files) == (Mode.COMBINED, 40, 80, 120)
    assert "40 人全部核查" in found.reason and "其余 560 人" in found.reason


def test_a_new_institution_meets_a_zero_acceptance_plan() -> None:
    found = depth(Batch(120, lots=0), LAW)
    assert isinstance(found.plan, ZeroPlan)
    assert (found.plan.bad, found.files) == (12, 26)
    assert "孤立批" in found.reason


def test_the_worst_grade_and_the_discontinued_state_are_checked_in_full() -> None:
    assert depth(Batch(600, grade="D", lots=9), LAW).mode is Mode.FULL
    stopped = depth(Batch(600, grade="B", lots=9, state=State.EVERYTHING), LAW)
    assert (stopped.mode, stopped.files) == (Mode.FULL, 600)
    assert "整改" in stopped.reason


def test_a_raised_grade_is_combined_and_tightened() -> None:
    found = depth(Batch(120, grade="C", lots=9), LAW)
    assert found.mode is Mode.COMBINED
    assert isinstance(found.plan, Plan) and found.plan.severity is Severity.TIGHTENED


def test_every_choice_reads_no_more_than_there_is_and_says_why() -> None:
    sizes, grades = (1, 2, 26, 27, 60, 281, 1201), ("", "A", "C", "D")
    for size, grade, entrusted, state, lots in product(sizes, grades, (True, False), State, (0, 9)):
        if state is State.REDUCED:
            continue  # off by policy; its table is not reached
        for flagged in {0, 1, size - 1, size}:
            found = depth(Batch(size, grade, entrusted, state, lots, flagged), LAW)
            assert 0 < found.files <= size
            assert found.reason.endswith("。")
            assert found.mode is not Mode.FULL or found.files == size
