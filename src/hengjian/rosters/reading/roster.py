"""Reading a roster: bytes in, a table of parsed candidates, the raw cells and the findings out, or one sentence why not.

Nothing is written anywhere: every reading is a dry run. One bad row never stops the file.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from hengjian.rosters.columns import COLUMNS
from hengjian.rosters.reading.body import Body, gathered, people_of
from hengjian.rosters.reading.derived import take_sittings, take_term, tell_missing
from hengjian.rosters.reading.header import WORDS
from hengjian.rosters.reading.noticed import about_columns, about_rows, tell_cell_facts
from hengjian.rosters.reading.parse import Parsing, parse_column, parse_identities, schema, to_table
from hengjian.tables.collector import resting_collector
from hengjian.tables.findings import Finding
from hengjian.tables.grid import Cell, Progress, Watch, filled_over_merges
from hengjian.tables.header import Block
from hengjian.tables.limits import Cancelled, Limits, Unreadable
from hengjian.tables.sheets import Opened, Sheet, open_table

__all__ = ["Cancelled", "Limits", "Reading", "Sheet", "Unreadable", "read_roster"]


@dataclass
class Reading(Opened):
    """What was read of one file. `key` hashed the identities; the original and its digest are kept together."""

    table: pa.Table

    @property
    def people(self) -> int:
        return int(self.table.num_rows)


def read_roster(
    data: bytes,
    filename: str = "",
    *,
    key: bytes = b"",
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    limits: Limits | None = None,
    today: date | None = None,
) -> Reading:
    """Raises only `Unreadable` (and `Cancelled`, which is one). Without a `key`, person keys hold within this file only;
    births after `today` are impossible."""
    with resting_collector():
        return _read(data, filename, key, Watch(progress, cancelled), limits or Limits(), today)


def _read(data: bytes, filename: str, key: bytes, watch: Watch, limits: Limits, today: date | None) -> Reading:
    watch.tell("检查文件")
    opened = open_table(data, filename, WORDS, limits, watch)
    findings = opened.findings
    read = [sheet for sheet in opened.sheets if sheet.header is not None]
    key = key or secrets.token_bytes(32)
    tables: list[pa.Table] = []
    for place, sheet in enumerate(read):
        watch.tell("核对各列", place, len(read))
        tables += _parsed(sheet, key, findings, watch, today)
    table = pa.concat_tables(tables) if tables else schema().empty_table()
    if table.num_rows == 0:
        raise Unreadable("表头下面没有人员。请至少填写一人，并填写姓名与证件号码。")
    watch.tell("读取完成", table.num_rows, table.num_rows)
    findings.sort(key=lambda finding: (finding.sheet, finding.row, finding.severity.weight))
    return Reading(
        opened.filename, opened.kind, opened.original, opened.original_sha256, opened.sheets, findings, WORDS, table
    )


def _parsed(sheet: Sheet, key: bytes, findings: list[Finding], watch: Watch, today: date | None) -> Iterator[pa.Table]:
    header, grid = sheet.header, sheet.grid
    assert header is not None
    filled = filled_over_merges(grid, header.last + 1)
    findings.extend(about_columns(sheet.name, grid, header))
    for block in header.blocks:
        body = people_of(grid, header, block)
        findings.extend(about_rows(sheet.name, body))
        if not body.people:
            continue
        parsing = _parsing(sheet, block, body, today)
        for column in COLUMNS:
            if column.key in block.columns:
                parse_column(parsing, column, gathered(grid, body.people, block.columns[column.key]))
                watch.tell("核对各列")
        if "contract_term" in block.columns:
            take_term(parsing, gathered(grid, body.people, block.columns["contract_term"]))
        take_sittings(parsing)
        numbers = block.columns.get("document_number")
        raw: Sequence[Cell] = [""] * len(body.people) if numbers is None else gathered(grid, body.people, numbers)
        parse_identities(parsing, raw, key)
        tell_cell_facts(parsing, grid, block, body, filled)
        tell_missing(parsing, frozenset(block.columns))
        findings.extend(parsing.findings)
        yield to_table(parsing)


def _parsing(sheet: Sheet, block: Block, body: Body, today: date | None) -> Parsing:
    grid = sheet.grid
    by_column = {place: key for key, place in block.columns.items()}

    def shown(cells_at: set[tuple[int, int]]) -> frozenset[tuple[int, str]]:
        return frozenset((row + 1, by_column[place]) for row, place in cells_at if place in by_column)

    return Parsing(
        sheet.name,
        [place + 1 for place in body.people],
        grid.from_1904,
        shown(grid.facts.month_cells),
        today=today,
        year_places=shown(grid.facts.year_cells),
    )
