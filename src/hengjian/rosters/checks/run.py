"""Running the checks: one file's findings as sentences, or a province's as tables of numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache

import pyarrow as pa

from hengjian.kernel.law import Law, National, Values
from hengjian.rosters.checks import ALL
from hengjian.rosters.checks.check import CheckModule, Reasons
from hengjian.rosters.checks.engines import DuckDB, Engine, Question, question
from hengjian.rosters.checks.tables import Tables
from hengjian.rosters.entry import EntryRow, entry_rows
from hengjian.rosters.policies import OF_CHECKS
from hengjian.tables.findings import Finding, Severity


def run(
    data: Mapping[str, pa.Table],
    on: date,
    *,
    checks: Sequence[CheckModule] = ALL,
    engine: Engine | None = None,
    law: Law | None = None,
    conditions: tuple[EntryRow, ...] | None = None,
    places: Mapping[int, tuple[str, int]] | None = None,
) -> list[Finding]:
    """The findings of one roster, in the order of its rows; `law` reads what holds on the day `on`, by default the nation's.

    `places` says where a row stands in the file (sheet and row of the spreadsheet), where it came from one.
    """
    order = {check.CHECK.code: place for place, check in enumerate(checks)}
    values = law_of(on, law)
    tables = Tables(on=on, entry_rows=conditions or entry_rows(), law=values)
    findings = []
    for check, answer in answers(data, on, checks=checks, engine=engine, law=values, conditions=conditions):
        severity = Severity(check.CHECK.severity(values))
        for reasons in answer.to_pylist():
            sheet, row = places[reasons["row"]] if places else ("", reasons["row"])
            if places:
                reasons |= {name: places[reasons[name]][1] for name in check.CHECK.row_reasons}
            message, remedy = check.sentence(Reasons(reasons, tables))
            findings.append(
                Finding(
                    row=row,
                    sheet=sheet,
                    column=check.CHECK.column,
                    code=check.CHECK.code,
                    severity=severity,
                    message=message,
                    clause=check.CHECK.clause,
                    remedy=remedy,
                )
            )
    return sorted(findings, key=lambda finding: (finding.sheet, finding.row, order[finding.code]))


def run_to_arrow(
    data: Mapping[str, pa.Table],
    on: date,
    *,
    checks: Sequence[CheckModule] = ALL,
    engine: Engine | None = None,
    law: Law | None = None,
    conditions: tuple[EntryRow, ...] | None = None,
) -> dict[str, pa.Table]:
    """For the mass: per code the offending rows with their reasons as numbers; a sentence is made when one is read."""
    return {
        check.CHECK.code: answer
        for check, answer in answers(data, on, checks=checks, engine=engine, law=law, conditions=conditions)
    }


def answers(
    data: Mapping[str, pa.Table],
    on: date,
    *,
    checks: Sequence[CheckModule] = ALL,
    engine: Engine | None = None,
    law: Law | None = None,
    conditions: tuple[EntryRow, ...] | None = None,
) -> Iterator[tuple[CheckModule, pa.Table]]:
    """One answer per check; `data` may be empty where the engine has the tables already."""
    chosen, values = engine or DuckDB(), law_of(on, law)
    if data:
        chosen.load(data)
    for check in checks:
        yield check, chosen.answer(asked(check, chosen.dialect, on, conditions or entry_rows(), values))


@lru_cache(maxsize=1024)
def asked(check: CheckModule, dialect: str, on: date, conditions: tuple[EntryRow, ...], law: Values) -> Question:
    """A check as a statement under the law of a day and place: compiled once."""
    return question(check.rows(Tables(on=on, entry_rows=conditions, law=law)), dialect)


def law_of(on: date, law: Law | None = None) -> Values:
    """All that the checks read of the law, as it holds on that day; through `law` what is read is pinned."""
    return law if isinstance(law, Values) else Values(law or National(on), OF_CHECKS, on)
