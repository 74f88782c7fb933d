"""Every rule carries its worked cases, and they hold: at least one that passes and one that is refused, without a database."""

from __future__ import annotations

import pytest

from hengjian.kernel.acts_catalogue import catalogue
from hengjian.kernel.rule import RULES, Rule
from hengjian.kernel.rule_cases import Case, case


def rules() -> list[Rule[object]]:
    catalogue()
    return [rule for code, rule in sorted(RULES.items()) if not code.startswith("x.")]


def worked() -> list[tuple[Rule[object], Case]]:
    return [(rule, case) for rule in rules() for case in rule.cases]


def faults_of(rule: Rule[object], case: Case) -> str:
    """What the rule says differently from its case, or nothing."""
    refusal = rule(case.asking())
    said = refusal.sentence if refusal else ""
    if bool(said) == bool(case.says) and case.says in said:
        return ""
    return f"{rule.code}，{case.title}：应说“{case.says}”，实说“{said}”。"


def test_every_rule_has_a_case_that_passes_and_one_that_does_not() -> None:
    assert len(rules()) > 60
    lacking = [rule.code for rule in rules() if {bool(case.says) for case in rule.cases} != {True, False}]
    assert not lacking, f"show by cases what they let pass and what they refuse: {lacking}"


@pytest.mark.parametrize("place", range(len(worked())), ids=lambda place: worked()[place][0].code)
def test_the_case_holds(place: int) -> None:
    assert faults_of(*worked()[place]) == ""


def test_a_case_that_does_not_hold_is_noticed() -> None:
    from hengjian.personnel.models import Supervisor
    from hengjian.personnel.rules import supervisor_is_not_ended

    ended = Supervisor(state="ended")
    assert faults_of(supervisor_is_not_ended, case("ended", ended, says="解聘")) == ""  # type: ignore[arg-type]
    assert faults_of(supervisor_is_not_ended, case("ended", ended))  # type: ignore[arg-type]
    assert faults_of(supervisor_is_not_ended, case("ended", ended, says="暂停"))  # type: ignore[arg-type]
