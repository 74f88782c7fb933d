"""Entry conditions: the decision rows one by one, refusals with the smallest change, and one rule in two forms."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hengjian.kernel.policy_files import policies_directory
from hengjian.rosters import civil
from hengjian.rosters.checks import entry_conditions
from hengjian.rosters.checks.cases import ELECTRICIAN, ON, WELDER, ordinary
from hengjian.rosters.checks.engines import DuckDB
from hengjian.rosters.checks.run import run, run_to_arrow
from hengjian.rosters.checks.tables import data
from hengjian.rosters.entry import (
    Admitted,
    EntryRow,
    Facts,
    Refused,
    School,
    decide,
    entry_rows,
    read_rows,
)

LAW = entry_rows()
BY_ID = {row.id: row for row in LAW}
OWN = read_rows(
    [
        {
            "id": "own-1",
            "edition": 23,
            "level": 4,
            "occupation": "6-18-02-04",
            "work": 24,
            "training": 80,
            "text": "本职业工作 2 年并经培训 80 学时",
            "certainty": "local",
        }
    ]
)


def _ago(months: int, days: int = 0) -> int:
    """So many months and days before the day of judgement, 2026-11-01."""
    years, month = divmod(ON.year * 12 + ON.month - 1 - months, 12)
    return civil.civil(date(years, month + 1, 1) - timedelta(days=days))


def _facts(**given: Any) -> Facts:
    return Facts(**({"edition": 23, "occupation": ELECTRICIAN, "level": 4, "judged": civil.judged(ON)} | given))


def _just(row: EntryRow) -> dict[str, Any]:
    """The facts that meet a row to the day."""
    since = _ago(max(row.after_prior, row.held_prior)) if row.prior_level else 0
    working = max(row.work, row.after_prior, row.after_title)
    return {
        "edition": row.edition,
        "level": row.level,
        "birth": _ago(row.min_age * 12) if row.min_age else 0,
        "prior_level": row.prior_level,
        "prior": since,
        "work_from": _ago(working) if working else 0,
        "title_grade": row.title,
        "title": _ago(row.after_title) if row.title else 0,
        "schooling": row.schooling,
        "final_year": int(row.final_year),
        "apprenticed": int(row.apprenticeship),
        "pre_technician": int(row.pre_technician),
    }


CASES = tomllib.loads((policies_directory() / "entry_conditions.cases.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_a_worked_case_of_the_policies_comes_out_as_written(case: dict[str, Any]) -> None:
    given = {name: civil.civil(value) if isinstance(value, date) else value for name, value in case["facts"].items()}
    given["schooling"] = sum(School[name.upper()] for name in given.get("schooling", ()))
    facts = _facts(edition=case["edition"], level=case["level"], judged=civil.judged(case["on"]), **given)
    answer = decide(facts, LAW, case["on"])
    if "admitted_by" in case:
        assert answer == Admitted(BY_ID[case["admitted_by"]])
        return
    assert isinstance(answer, Refused)
    assert answer.closest is BY_ID[case["closest"]]
    assert answer.admitted_from == case.get("admitted_from")
    assert answer.change == case.get("change", answer.change)


@pytest.mark.parametrize("row", LAW, ids=lambda row: row.id)
def test_whoever_meets_a_row_to_the_day_is_admitted(row: EntryRow) -> None:
    assert isinstance(decide(_facts(**_just(row)), LAW, ON), Admitted)
    assert decide(_facts(**_just(row)), [row], ON) == Admitted(row)


@pytest.mark.parametrize(
    ("row", "fact"),
    [
        (row, fact)
        for row in LAW
        for fact, asked in (
            ("work_from", row.work or row.after_prior or row.after_title),
            ("prior", row.after_prior or row.held_prior),
            ("title", row.after_title),
            ("birth", row.min_age),
        )
        if asked
    ],
    ids=lambda value: value.id if isinstance(value, EntryRow) else value,
)
def test_one_day_short_of_a_period_is_refused_and_admitted_on_the_next_day(row: EntryRow, fact: str) -> None:
    facts = _just(row)
    day = civil.date_of(facts[fact])
    assert day is not None
    facts[fact] = civil.civil(day + timedelta(days=1))
    answer = decide(_facts(**facts), [row], ON)
    assert isinstance(answer, Refused)
    assert answer.closest is row
    assert answer.admitted_from == ON + timedelta(days=1)
    assert answer.change.endswith(f"自 {answer.admitted_from.isoformat()} 起符合条件。")


@pytest.mark.parametrize("row", [row for row in LAW if row.schooling], ids=lambda row: row.id)
def test_a_final_year_student_counts_only_where_the_row_says_so(row: EntryRow) -> None:
    answer = decide(_facts(**(_just(row) | {"final_year": 1})), [row], ON)
    assert isinstance(answer, Admitted) == row.final_year


def test_five_months_of_work_are_named_with_the_day_from_which_they_are_there() -> None:
    answer = decide(_facts(work_from=civil.civil(date(2022, 4, 1))), LAW, ON)
    assert answer == Refused(
        BY_ID["23-4-1"], "再从事本职业或相关职业工作 5 个月：自 2027-04-01 起符合条件。", date(2027, 4, 1)
    )


def test_the_shortest_way_is_named_among_several() -> None:
    facts = _facts(level=3, prior_level=4, prior=_ago(40), work_from=_ago(100))
    answer = decide(facts, LAW, ON)
    assert isinstance(answer, Refused) and answer.closest is BY_ID["23-3-2"]
    assert answer.change.startswith("取得四级/中级工证书后再从事本职业或相关职业工作 8 个月")


def test_a_missing_fact_is_asked_for_and_no_day_is_promised() -> None:
    answer = decide(_facts(edition=18, level=5), LAW, ON)
    assert isinstance(answer, Refused) and answer.admitted_from is None
    assert answer.change == "须填写本职业工作年限，满 12 个月并附证明。"


def test_where_only_a_certificate_is_missing_it_is_named() -> None:
    answer = decide(_facts(level=1), [BY_ID["23-1-1"]], ON)
    assert isinstance(answer, Refused)
    assert answer.change == "须先取得二级/技师证书，并满 60 个月。"


def test_the_rows_of_an_occupations_own_standard_take_the_place_of_the_template() -> None:
    law = (*LAW, *OWN)
    veteran = {"work_from": _ago(72)}
    assert isinstance(decide(_facts(**veteran), law, ON), Admitted)
    refused = decide(_facts(occupation=WELDER, **veteran), law, ON)
    assert isinstance(refused, Refused) and refused.closest is OWN[0]
    assert refused.change == "还须正规培训 80 学时，并附结业证明。"
    trained = _facts(occupation=WELDER, training_hours=80, **veteran)
    assert decide(trained, law, ON) == Admitted(OWN[0])
    other_level = _facts(occupation=WELDER, level=3, work_from=_ago(120))
    assert isinstance(decide(other_level, law, ON), Admitted), "levels without own rows keep the template"


def test_a_row_counts_only_from_its_day() -> None:
    later = EntryRow("later", 23, 4, "自明年起", "local", since=date(2027, 1, 1))
    assert isinstance(decide(_facts(), [later], ON), Refused)
    assert isinstance(decide(_facts(), [later], date(2027, 1, 1)), Admitted)


def test_the_sentence_of_a_check_speaks_of_the_law_it_was_run_under() -> None:
    own = EntryRow("own-9", 23, 4, "须经厂内考核", "local", apprenticeship=True)
    later = EntryRow("later", 23, 4, "自明年起", "local", since=date(2027, 1, 1))
    tables = data(candidates=[ordinary(1) | {"work_from": 0}])
    (finding,) = run(tables, ON, checks=[entry_conditions], conditions=(own, later))
    assert "第 own-9 项：须经厂内考核（此条未经核实，以职业标准为准）" in finding.message
    assert finding.remedy == "须有本职业或相关职业学徒期满的证明。"
    assert run(tables, date(2027, 1, 1), checks=[entry_conditions], conditions=(own, later)) == []


def test_an_exception_route_admits_only_with_its_basis() -> None:
    assert decide(_facts(route=3, basis=1), LAW, ON) == Admitted(None)
    assert isinstance(decide(_facts(route=3), LAW, ON), Refused)


def test_a_level_without_rows_is_refused_with_a_word() -> None:
    answer = decide(_facts(level=-1), LAW, ON)
    assert isinstance(answer, Refused) and answer.closest is None
    assert "特级技师" in answer.change


@pytest.mark.parametrize(
    "wrong",
    [
        {"certainty": "sure"},
        {"schooling": ["university_of_life"]},
        {"lucky": True},
    ],
)
def test_a_row_that_is_not_understood_stops_the_reading(wrong: dict[str, Any]) -> None:
    sound = {"id": "x", "edition": 23, "level": 4, "text": "…", "certainty": "local"}
    assert read_rows([sound])
    with pytest.raises((ValueError, KeyError, TypeError)):
        read_rows([sound | wrong])
    with pytest.raises(ValueError, match="编号重复"):
        read_rows([sound, sound])


def test_every_row_says_how_certain_it_is_and_levels_two_and_one_are_unverified() -> None:
    assert {row.level for row in LAW if row.certainty == "unverified"} == {2, 1}
    assert all(row.certainty == "reprint" for row in LAW if row.level > 2), "nobody has read the standard itself"
    assert {(row.edition, row.level) for row in LAW} == {(e, lv) for e in (18, 23) for lv in range(1, 6)}


days = st.one_of(st.just(0), st.dates(date(2010, 1, 1), date(2026, 11, 1)).map(civil.civil))
people = st.fixed_dictionaries(
    {
        "edition": st.sampled_from((18, 23)),
        "occupation": st.sampled_from((ELECTRICIAN, WELDER)),
        "level": st.sampled_from((5, 4, 3, 2, 1, -1)),
        "birth": st.one_of(st.just(0), st.dates(date(2006, 1, 1), date(2012, 1, 1)).map(civil.civil)),
        "judged": st.dates(date(2026, 1, 1), date(2026, 12, 31)).map(civil.judged),
        "work_from": days,
        "prior_level": st.sampled_from((0, 5, 4, 3, 2)),
        "prior": days,
        "title_grade": st.integers(0, 3),
        "title": days,
        "schooling": st.integers(0, int(School.TECHNICIAN_CLASS) * 2 - 1),
        "final_year": st.integers(0, 1),
        "apprenticed": st.integers(0, 1),
        "pre_technician": st.integers(0, 1),
        "training_hours": st.sampled_from((0, 79, 80)),
        "route": st.sampled_from((0, 0, 0, 3)),
        "basis": st.integers(0, 1),
    }
)


@settings(max_examples=25, deadline=None)
@given(st.lists(people, min_size=20, max_size=60))
def test_the_decision_and_the_set_wise_check_are_one_rule(given_people: list[dict[str, int]]) -> None:
    law = (*LAW, *OWN)
    rows = [ordinary(number) | person for number, person in enumerate(given_people, start=1)]
    found = run_to_arrow(data(candidates=rows), ON, checks=[entry_conditions], engine=DuckDB(), conditions=law)
    refused = {row["row"] for row in rows if isinstance(decide(Facts.of(row), law, ON), Refused)}
    assert set(found[entry_conditions.CHECK.code]["row"].to_pylist()) == refused


@settings(max_examples=300, deadline=None)
@given(people)
def test_the_day_promised_is_the_first_day_of_admission(person: dict[str, int]) -> None:
    answer = decide(Facts(**person), LAW, ON)
    if isinstance(answer, Refused) and answer.admitted_from:
        on_the_day, before = answer.admitted_from, answer.admitted_from - timedelta(days=1)
        assert isinstance(decide(Facts(**(person | {"judged": civil.judged(on_the_day)})), LAW, ON), Admitted)
        assert isinstance(decide(Facts(**(person | {"judged": civil.judged(before)})), LAW, ON), Refused)
