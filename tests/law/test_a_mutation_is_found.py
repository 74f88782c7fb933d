"""The test of the test: what is thrown away is found, what is used is seen, and the law is itself again afterwards."""

from __future__ import annotations

from datetime import date

from hengjian.kernel.law import National
from hengjian.kernel.policy import Policy
from hengjian.results.policies import PASS_MARK
from tests.law.enacted import enacted, in_force, others
from tests.law.outcome import Probe, decided_by

LAW = National(date(2026, 11, 1))


def read_and_thrown_away() -> int:
    LAW.policy(PASS_MARK)
    return 60


def test_a_value_that_is_read_and_thrown_away_decides_nothing() -> None:
    probe = Probe("marks", (PASS_MARK.key,), read_and_thrown_away, False)
    assert decided_by(probe, [PASS_MARK.key]) == {}


def test_a_value_that_is_used_decides() -> None:
    probe = Probe("marks", (PASS_MARK.key,), lambda: LAW.policy(PASS_MARK) <= 60, False)
    assert decided_by(probe, [PASS_MARK.key]) == {PASS_MARK.key: 61}


def test_the_law_is_itself_again_afterwards() -> None:
    with enacted("results.pass_mark", 70):
        assert LAW.policy(PASS_MARK) == 70
    assert LAW.policy(PASS_MARK) == in_force("results.pass_mark") == 60


def test_every_kind_of_value_has_another() -> None:
    assert others(5)[:2] == [6, 4]
    assert others(True) == [False]
    assert [] in others(("a", "b"))
    assert {"A": 91, "B": 80} in others({"A": 90, "B": 80})


def test_a_handle_that_only_checks_a_local_value_applies_nothing() -> None:
    from hengjian.kernel.policy import is_applied

    assert Policy("inspections.inspectors_min", int, decides=False).on(LAW.day) == 2
    assert not is_applied("inspections.inspectors_min")
