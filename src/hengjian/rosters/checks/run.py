"""Running the checks: one file's findings as sentences, or a province's as tables of numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import pyarrow as pa

from hengjian.rosters.checks import ALL
from hengjian.rosters.checks.check import CheckModule
from hengjian.rosters.checks.engines import DuckDB, Engine
from hengjian.rosters.checks.tables import Tables
from hengjian.rosters.entry import EntryRow, entry_rows
from hengjian.rosters.findings import Finding, Severity


def run(
    data: Mapping[str, pa.Table],
    on: date,
    *,
    checks: Sequence[CheckModule] = ALL,
    engine: Engine | None = None,
    law: tuple[EntryRow, ...] | None = None,
    sheet: str = "",
) -> list[Finding]:
    """The findings of one roster, in the order of its rows; the law is that of the day `on`."""
    order = {check.CHECK.code: place for place, check in enumerate(checks)}
    findings = []
    for check, answer in answers(data, on, checks=checks, engine=engine, law=law):
        severity = Severity(check.CHECK.severity(on))
        for reasons in answer.to_pylist():
            message, remedy = check.sentence(reasons)
            findings.append(
                Finding(
                    row=reasons["row"],
                    sheet=sheet,
                    column=check.CHECK.column,
                    code=check.CHECK.code,
                    severity=severity,
                    message=message,
                    clause=check.CHECK.clause,
                    remedy=remedy,
                )
            )
    return sorted(findings, key=lambda finding: (finding.row, order[finding.code]))


def run_to_arrow(
    data: Mapping[str, pa.Table],
    on: date,
    *,
    checks: Sequence[CheckModule] = ALL,
    engine: Engine | None = None,
    law: tuple[EntryRow, ...] | None = None,
) -> dict[str, pa.Table]:
    """For the mass: per code the offending rows with their reasons as numbers; a sentence is made when one is read."""
    return {check.CHECK.code: answer for check, answer in answers(data, on, checks=checks, engine=engine, law=law)}


def answers(
    data: Mapping[str, pa.Table],
    on: date,
    *,
    checks: Sequence[CheckModule] = ALL,
    engine: Engine | None = None,
    law: tuple[EntryRow, ...] | None = None,
) -> Iterator[tuple[CheckModule, pa.Table]]:
    """One answer per check; `data` may be empty where the engine has the tables already."""
    chosen = engine or DuckDB()
    if data:
        chosen.load(data)
    tables = Tables(on=on, entry_rows=entry_rows() if law is None else law)
    for check in checks:
        yield check, chosen.answer(check.rows(tables))
