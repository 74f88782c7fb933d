"""Each check against its own case table, and the catalogue as a whole."""

from __future__ import annotations

import re

import pytest

from hengjian.rosters.checks import ALL
from hengjian.rosters.checks.cases import ON, tables_of
from hengjian.rosters.checks.check import Case, CheckModule
from hengjian.rosters.checks.engines import DuckDB
from hengjian.rosters.checks.run import asked, law_of, run
from hengjian.rosters.checks.tables import SCHEMAS
from hengjian.rosters.columns import BY_KEY
from hengjian.rosters.entry import entry_rows
from hengjian.rosters.policies import OF_CHECKS, SEVERITIES

EVERY_CASE = [
    pytest.param(module, case, id=f"{module.CHECK.code.removeprefix('rosters.')}: {case.title}")
    for module in ALL
    for case in module.CASES
]


@pytest.mark.parametrize(("module", "case"), EVERY_CASE)
def test_a_check_finds_the_rows_its_case_table_names(module: CheckModule, case: Case) -> None:
    findings = run(tables_of(case), ON, checks=[module], engine=DuckDB())
    assert tuple(finding.row for finding in findings) == case.found
    for finding in findings:
        assert finding.clause, "a finding cites what it rests on"
        assert finding.message.endswith("。"), "the message is a sentence"
        assert finding.remedy.endswith("。"), "the remedy is a sentence"


def test_an_ordinary_candidate_passes_every_check() -> None:
    assert run(tables_of(Case("ordinary", ({}, {}), ())), ON) == []


def test_every_check_has_cases_for_and_against() -> None:
    for module in ALL:
        assert any(case.found for case in module.CASES), f"{module.CHECK.code} is never shown to find anything"
        assert any(len(case.found) < len(case.candidates) for case in module.CASES), f"{module.CHECK.code} always finds"


def test_no_severity_of_the_policies_is_left_over() -> None:
    codes = [module.CHECK.code for module in ALL]
    assert len(set(codes)) == len(codes), "codes are never reused"
    assert set(SEVERITIES.on(ON)) <= {code.removeprefix("rosters.") for code in codes}, (
        "what the table does not name is an error"
    )
    assert set(SEVERITIES.on(ON).values()) <= {"error", "warning", "note"}


def test_every_check_names_a_cell_of_the_roster() -> None:
    for module in ALL:
        assert module.CHECK.column in BY_KEY, f"{module.CHECK.code}: {module.CHECK.column}"


def test_what_a_check_cites_and_needs_exists() -> None:
    for module in ALL:
        assert set(module.CHECK.cites) <= set(OF_CHECKS), module.CHECK.code
        assert set(module.CHECK.needs) <= set(SCHEMAS), module.CHECK.code
        used = set(re.findall(r'FROM "(\w+)"|JOIN "(\w+)"', asked(module, "duckdb", ON, entry_rows(), law_of(ON)).sql))
        read = {name for pair in used for name in pair if name in SCHEMAS} - {"candidates"}
        assert read == set(module.CHECK.needs), f"{module.CHECK.code} reads {read}"


def test_no_expression_uses_text_dates_or_null() -> None:
    """The portable subset: whole numbers compared, joined, counted; nothing an engine may read otherwise."""
    for module in ALL:
        sql = asked(module, "duckdb", ON, entry_rows(), law_of(ON)).sql.upper()
        for word in ("SUBSTR", "LIKE", "REGEXP", "STRPTIME", "DATE", "INTERVAL", "NULL", "HASH(", "OUTER", "LENGTH("):
            assert not re.search(rf"\b{re.escape(word)}", sql), f"{module.CHECK.code} uses {word}"
