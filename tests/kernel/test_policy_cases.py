"""The worked cases of `policies/*.cases.toml`: the law answers on each day what a regulator reads there."""

from datetime import date

import pytest

from hengjian.kernel.policy import catalogue
from hengjian.kernel.policy_cases import Case, cases
from hengjian.kernel.policy_files import policies_directory
from hengjian.kernel.workdays import load_seed

CASES = cases()
CALENDAR = load_seed()
OWN = "accounts archives calendar certificates complaints credit filing inspections log occupations personnel plans"
DOMAINS = (*OWN.split(), "results", "supervision")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_law_answers_as_the_case_says(case: Case):
    assert case.verdict(CALENDAR) == ""


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_domain_has_worked_cases(domain: str):
    assert (policies_directory() / f"{domain}.toml").exists()
    asked = {case.policy for case in CASES if case.policy.startswith(f"{domain}.")}
    assert asked and asked <= set(catalogue())


def test_a_wrong_answer_is_told():
    on = date(2026, 4, 29)
    wrong = Case("x.cases.toml", "错的", "results.notice_working_days", on, {"ends": date(2026, 5, 8)})
    assert wrong.verdict(CALENDAR) == "ends 应为 2026-05-08，实为 2026-05-09。"


def test_a_case_without_an_answer_or_with_a_misspelt_item_is_told():
    on = date(2026, 4, 29)
    empty = Case("x.cases.toml", "空的", "results.notice_working_days", on, {"on": on})
    misspelt = Case("x.cases.toml", "写错的", "results.notice_working_days", on, {"value": 5, "end": on})
    assert empty.verdict(CALENDAR) == "案例没有写明应得的结果。"
    assert misspelt.verdict(CALENDAR) == "不认识的项目：end。"


def test_a_refusal_or_absence_that_does_not_come_is_told():
    on = date(2026, 4, 29)
    for wants in ({"refused": True}, {"none": True}):
        assert "应当没有结果" in Case("x", "x", "results.notice_working_days", on, wants).verdict(CALENDAR)
