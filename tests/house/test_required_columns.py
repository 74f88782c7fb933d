"""What the template marks * is checked: the next required column cannot be forgotten, nor a heading lose its meaning."""

from __future__ import annotations

from datetime import date

import pytest

from hengjian.rosters.checks.from_roster import Setting
from hengjian.rosters.checks.roster import check_roster
from hengjian.rosters.columns import COLUMNS, REQUIRED, Column
from hengjian.rosters.reading import read_roster
from hengjian.rosters.reading.header import meaning_of
from hengjian.rosters.template import heading_of
from hengjian.tables.findings import Severity
from tests.rosters.people import COLUMNS as TITLES
from tests.rosters.people import csv_of, person

DAY = date(2026, 11, 1)


def errors_at(data: bytes, key: str) -> list[int]:
    reading = read_roster(data)
    setting = Setting(applied=DAY, exam=DAY, edition=23)
    findings = [*reading.findings, *check_roster(reading.table, reading.findings, setting)]
    return [f.row for f in findings if f.column == key and f.severity is Severity.ERROR]


@pytest.mark.parametrize("column", REQUIRED, ids=lambda column: column.key)
@pytest.mark.parametrize("blank", ["", "　", "ㅤ", "/", "无", "NULL", "nan", "None"])
def test_a_blank_in_a_required_column_is_one_error_on_its_cell(column: Column, blank: str) -> None:
    excuse = {column.excused_by: ""} if column.excused_by else {}
    assert errors_at(csv_of(person(0), person(1) | excuse | {column.key: blank}), column.key) == [3]
    assert errors_at(csv_of(person(0), person(1)), column.key) == []


@pytest.mark.parametrize("column", REQUIRED, ids=lambda column: column.key)
def test_a_required_column_that_is_not_there_is_an_error_on_the_header(column: Column) -> None:
    kept = {key: title for key, title in TITLES.items() if key not in (column.key, column.excused_by)}
    lines = [",".join(kept.values()), ",".join(person(0).get(key, "") for key in kept)]
    assert 1 in errors_at("\n".join(lines).encode(), column.key)


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.key)
def test_every_title_and_synonym_means_its_column(column: Column) -> None:
    """No word of one column is taken by another; the starred title of the template too."""
    for word in (column.title, heading_of(column), *column.synonyms, *column.loose):
        assert meaning_of(word).key == column.key, word
