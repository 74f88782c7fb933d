"""From a roster as written to the numbers the checks compare."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from hengjian.rosters import civil
from hengjian.rosters.checks.from_roster import Setting, candidates
from hengjian.rosters.checks.prior_numbers import MALFORMED, NOT_GIVEN, WELL_FORMED, PriorNumber, read
from hengjian.rosters.checks.tables import occupation_code, occupation_number, text_key
from hengjian.rosters.checks.vocabulary import of_seeds
from hengjian.rosters.entry import School
from hengjian.rosters.reading.roster import read_roster
from tests.rosters.people import csv_of, number, person

SETTING = Setting(applied=date(2026, 11, 1), exam=date(2026, 12, 1), edition=23, employer="示例钢铁有限公司")
ELECTRICIAN, WELDER = 6310103, 6180204


def _row(setting: Setting = SETTING, **differs: Any) -> dict[str, int]:
    table = candidates(read_roster(csv_of(person(**differs)), "r.csv").table, setting, of_seeds())
    return dict(table.to_pylist()[0])


def test_an_ordinary_row_becomes_numbers() -> None:
    row = _row()
    assert (row["occupation"], row["occupation_by_name"], row["level"]) == (ELECTRICIAN, ELECTRICIAN, 4)
    assert row["birth"] == row["birth_in_number"] == civil.civil(date(1990, 3, 7))
    assert (row["sex"], row["sex_in_number"], row["id_kind"], row["id_ok"]) == (1, 1, 1, 1)
    assert (row["evidence"], row["contract_from"]) == (1, civil.civil(date(2015, 7, 1)))
    assert row["contract_to"] == civil.OPEN
    assert row["employer"] == text_key("示例钢铁有限公司")
    assert row["person_key"] != 0
    assert row["judged"] == civil.judged(date(2026, 12, 1))


def test_declared_years_become_the_day_work_would_have_begun() -> None:
    assert _row(years_in_occupation="8")["work_from"] == civil.civil(date(2018, 11, 1))
    assert _row(years_in_occupation="4.5")["work_from"] == civil.civil(date(2022, 5, 1))
    assert _row(years_in_occupation="")["work_from"] == 0


def test_a_date_without_its_day_never_counts_in_the_candidates_favour() -> None:
    """Of the month June 2021 the 30th counts: no day is invented that would admit earlier."""
    row = _row(prior_date="2021年6月", contract_end="2026年12月")
    assert civil.date_of(row["prior"]) == date(2021, 6, 30)
    assert civil.date_of(row["contract_to"]) == date(2026, 12, 31)
    assert row["prior_year"] == 2021


def test_a_missing_birth_date_or_sex_is_taken_from_the_number() -> None:
    row = _row(sex="", birth="")
    assert (row["birth"], row["sex"]) == (civil.civil(date(1990, 3, 7)), 1)


def test_a_de_facto_relation_counts_its_kinds_of_papers() -> None:
    row = _row(contract_begin="", contract_end="", de_facto_evidence="社保缴费记录、工资流水")
    assert (row["evidence"], row["evidence_kinds"]) == (2, 2)
    row = _row(contract_begin="", contract_end="")
    assert (row["evidence"], row["evidence_kinds"]) == (0, 0)


@pytest.mark.parametrize(
    ("written", "school"),
    [
        ("技师学院", School.TECHNICIAN_INSTITUTE),
        ("技师学院", School.SENIOR_TECHNICAL),
        ("技师学院", School.TECHNICAL_SCHOOL),
        ("高级工班", School.SENIOR_CLASS),
        ("高职", School.COLLEGE),
        ("中专", School.MEDIUM_VOCATIONAL),
    ],
)
def test_a_school_counts_as_what_the_standards_call_it(written: str, school: School) -> None:
    assert _row(schooling=written)["schooling"] & school


def test_only_what_a_school_is_counts() -> None:
    assert not _row(schooling="技工学校")["schooling"] & (School.SENIOR_TECHNICAL | School.SENIOR_CLASS)
    assert _row(schooling="")["schooling"] == 0


@pytest.mark.parametrize("job", ["维修电工", "电工", "电工班", "电工操作"])
def test_a_job_that_names_the_occupation_belongs_to_it(job: str) -> None:
    assert _row(job=job)["job"] == text_key("电工")


def test_another_job_keeps_its_own_key() -> None:
    assert _row(job="会计")["job"] == text_key("会计") != text_key("电工")
    assert _row(job="")["job"] == 0


def test_names_are_compared_without_width_blanks_marks_and_case() -> None:
    assert text_key("环境 监测员") == text_key("环境监测员") == text_key("环境监测员。")
    assert text_key("ＣＮＣ操作") == text_key("cnc操作")
    assert text_key(" （） ") == 0
    assert of_seeds().number_of("环境监测员 L") == of_seeds().number_of("环境监测员") != 0


def test_an_unknown_name_says_so_and_the_code_still_counts() -> None:
    row = _row(occupation_name="钢铁侠")
    assert (row["occupation"], row["occupation_by_name"]) == (ELECTRICIAN, -1)
    row = _row(occupation_name="焊工", occupation_code="")
    assert (row["occupation"], row["occupation_by_name"]) == (WELDER, WELDER)


def test_photos_are_missed_only_where_the_file_names_any() -> None:
    alone = candidates(read_roster(csv_of(person(0), person(1)), "r.csv").table, SETTING, of_seeds())
    assert alone["photo"].to_pylist() == [2, 2]
    one = candidates(read_roster(csv_of(person(0, photo="a.jpg"), person(1)), "r.csv").table, SETTING, of_seeds())
    assert one["photo"].to_pylist() == [1, 0]


def test_a_certificate_of_one_skill_is_no_level() -> None:
    row = _row(prior_kind="专项职业能力证书", prior_level="五级", prior_number="123")
    assert (row["prior_level"], row["prior_number"]) == (0, 0)
    assert _row(prior_kind="预备技师证书")["pre_technician"] == 1


def test_the_rows_are_numbered_and_each_person_is_one_key() -> None:
    same = number(serial=7)
    reading = read_roster(csv_of(person(0, document_number=same), person(1), person(2, document_number=same)), "r.csv")
    table = candidates(reading.table, SETTING, of_seeds())
    keys = table["person_key"].to_pylist()
    assert table["row"].to_pylist() == [1, 2, 3]
    assert keys[0] == keys[2] != keys[1]


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("", PriorNumber(NOT_GIVEN)),
        (None, PriorNumber(NOT_GIVEN)),
        ("Y000013000001215000123", PriorNumber(WELL_FORMED, 5, 2021)),
        ("Y 0000 13 000001 21 5 000123", PriorNumber(WELL_FORMED, 5, 2021)),
        ("Ｙ000013000001215000123", PriorNumber(WELL_FORMED, 5, 2021)),
        ("Y00001300000121T000123", PriorNumber(WELL_FORMED, -1, 2021)),
        ("1613001008300123", PriorNumber(WELL_FORMED, 3, 2016)),
        ("9913001008400123", PriorNumber(WELL_FORMED, 4, 1999)),
        ("RSN13020300119400123", PriorNumber(WELL_FORMED, 4, 2019)),
        ("1800000001234", PriorNumber(WELL_FORMED, 0, 2018)),
        ("Y000013000001216000123", PriorNumber(MALFORMED)),
        ("X000013000001215000123", PriorNumber(MALFORMED)),
        ("12345", PriorNumber(MALFORMED)),
    ],
)
def test_a_prior_number_is_recognised_by_its_scheme(written: str | None, found: PriorNumber) -> None:
    assert read(written, date(2026, 11, 1)) == found


def test_an_occupation_code_is_seven_digits_there_and_back() -> None:
    assert occupation_number("6-31-01-03") == ELECTRICIAN
    assert occupation_number("6-30-05-01-014") == occupation_number("6-30-05-01")
    assert occupation_code(ELECTRICIAN) == "6-31-01-03"
    for wrong in ("", "6-31-01", "6-31-1-03", "6310103", "a-31-01-03"):
        assert occupation_number(wrong) == 0
