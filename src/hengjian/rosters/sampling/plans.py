"""Single sampling plans of GB/T 2828.1, looked up as printed: letter from lot and level, n, Ac, Re from letter and AQL.

The tables are data with edition and provenance (`data/SOURCES.md`); no plan is computed. A cell whose readings differ is
refused. Where the sample would be the whole lot or more, everything is checked (clause 10.2).
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from importlib.resources import files

from hengjian.kernel.refusal import Refused, refuse
from hengjian.kernel.words import listed, say

LEVELS = ("S-1", "S-2", "S-3", "S-4", "I", "II", "III")
LETTERS = "ABCDEFGHJKLMNPQR"
LAW = "GB/T 2828.1—2012"


class Severity(StrEnum):
    """Of inspection: how hard the plan is."""

    NORMAL = "normal"
    TIGHTENED = "tightened"
    REDUCED = "reduced"


SEVERITY_TITLES: Mapping[str, str] = {"normal": "正常检验", "tightened": "加严检验", "reduced": "放宽检验"}


@dataclass(frozen=True)
class Cell:
    """One cell of tables 2-A to 2-C, arrows followed."""

    table: str
    plan_letter: str
    n: int
    accept: int
    refuse: int
    printed: str
    disputed: str


@dataclass(frozen=True)
class Plan:
    """`size` files of a lot are read; the lot is accepted with at most `accept` bad ones. `everything` says that the
    table's sample would have been the lot or more; then `accept` still counts bad files among all of them."""

    lot: int
    level: str
    aql: str
    severity: Severity
    letter: str
    plan_letter: str
    size: int
    accept: int
    refuse: int
    everything: bool
    edition: str
    table: str

    def accepts(self, bad: int) -> bool:
        return bad <= self.accept


def plan(lot: int, aql: str, level: str, severity: Severity, edition: str) -> Plan:
    """The plan for a lot; raises `Refused` for what the tables do not hold or hold in two readings."""
    letter = code_letter(lot, level, edition)
    cell = cell_of(letter, aql, severity, edition)
    if cell.disputed:
        raise refuse(
            "sampling.cell_disputed",
            say(
                "{severity}表 {table} 字码 {letter}、接收质量限 {aql} 一格"
                "的读数有两种（Ac {accept}；另一来源 {disputed}），未与纸质标准核对前不"
                "得使用。",
                severity=SEVERITY_TITLES[severity],
                table=cell.table,
                letter=letter,
                aql=aql,
                accept=cell.accept,
                disputed=cell.disputed,
            ),
            clause=f"{LAW} 表 {cell.table}",
            remedy="请核对纸质标准后更新方案表，或改用正常、加严检验的方案。",
        )
    everything = cell.n >= lot
    return Plan(
        lot=lot,
        level=level,
        aql=aql,
        severity=severity,
        letter=letter,
        plan_letter=cell.plan_letter,
        size=lot if everything else cell.n,
        accept=cell.accept,
        refuse=cell.refuse,
        everything=everything,
        edition=edition,
        table=cell.table,
    )


def code_letter(lot: int, level: str, edition: str) -> str:
    """Table 1."""
    if lot < 2:
        raise refuse(
            "sampling.lot_too_small",
            "批量须不少于 2 份；只有一份的直接核查。",
            field="lot",
            clause=f"{LAW} 表 1",
            remedy="只有一份的，请直接核查这一份。",
        )
    if level not in LEVELS:
        raise refuse(
            "sampling.level_unknown",
            say("检验水平只有 {levels}，没有“{level}”。", levels=listed(LEVELS), level=level),
            field="level",
            remedy="请从所列检验水平中选择。",
            clause=LAW,
        )
    for low, high, letters in _letters(edition):
        if low <= lot and (high is None or lot <= high):
            return letters[level]
    raise LookupError(f"table 1 of {edition} does not cover a lot of {lot}")


def cell_of(letter: str, aql: str, severity: Severity, edition: str) -> Cell:
    """Tables 2-A, 2-B, 2-C."""
    try:
        limit = Decimal(aql)
    except InvalidOperation:
        limit = Decimal(0)
    cells = _cells(edition)
    cell = cells.get((severity.value, letter, limit))
    if cell is None:
        limits = sorted({known for _, _, known in cells})
        raise refuse(
            "sampling.aql_unknown",
            say("方案表中没有接收质量限“{aql}”；可用的是 {map}。", aql=aql, map=listed(map(str, limits))),
            field="aql",
            clause=f"{LAW} 表 2",
            remedy="请从表中的接收质量限选择。",
        )
    return cell


def next_tighter(aql: str, edition: str) -> str | None:
    """The AQL one step to the left in the table; None at its edge."""
    limits = sorted({limit for _, _, limit in _cells(edition)})
    place = limits.index(Decimal(aql))
    return str(limits[place - 1]) if place else None


def editions() -> tuple[str, ...]:
    return tuple(sorted({row["edition"] for row in _read("single_plans.csv")}))


def _read(name: str) -> list[dict[str, str]]:
    text = (files(__package__) / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def _letters(edition: str) -> tuple[tuple[int, int | None, Mapping[str, str]], ...]:
    rows = [row for row in _read("code_letters.csv") if row["edition"] == edition]
    if not rows:
        raise _no_edition(edition)
    return tuple((int(row["lot_min"]), int(row["lot_max"]) if row["lot_max"] else None, row) for row in rows)


@cache
def _cells(edition: str) -> Mapping[tuple[str, str, Decimal], Cell]:
    cells = {
        (row["severity"], row["initial_letter"], Decimal(row["aql"])): Cell(
            table=row["table"],
            plan_letter=row["plan_letter"],
            n=int(row["n"]),
            accept=int(row["ac"]),
            refuse=int(row["re"]),
            printed=row["printed_cell"],
            disputed=row["other_reading"] if row["status"] == "disputed" else "",
        )
        for row in _read("single_plans.csv")
        if row["edition"] == edition
    }
    if not cells:
        raise _no_edition(edition)
    return cells


def _no_edition(edition: str) -> Refused:
    return refuse(
        "sampling.edition_unknown",
        say("没有“{edition}”这一版的方案表；现有 {editions}。", edition=edition, editions=listed(editions())),
        field="edition",
        remedy="请从现有版本中选择。",
        clause=LAW,
    )
