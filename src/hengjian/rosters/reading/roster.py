"""Reading a roster: bytes in, a table of parsed candidates, the raw cells and the findings out, or one sentence why not.

Nothing is written anywhere: every reading is a dry run. One bad row never stops the file.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

import pyarrow as pa

from hengjian.kernel.words import say
from hengjian.rosters.columns import COLUMNS
from hengjian.rosters.findings import Finding, Severity
from hengjian.rosters.reading import cells
from hengjian.rosters.reading.body import Body, gathered, people_of
from hengjian.rosters.reading.collector import resting_collector
from hengjian.rosters.reading.delimited import read_csv
from hengjian.rosters.reading.derived import take_sittings, take_term, tell_missing
from hengjian.rosters.reading.grid import Cell, Grid, Progress, Watch, filled_over_merges
from hengjian.rosters.reading.header import Block, Header, find_header
from hengjian.rosters.reading.kinds import FileKind, file_kind
from hengjian.rosters.reading.limits import Cancelled, Limits, Unreadable
from hengjian.rosters.reading.noticed import about_columns, about_rows, tell_cell_facts
from hengjian.rosters.reading.parse import Parsing, parse_column, parse_identities, schema, to_table
from hengjian.rosters.reading.webpages import read_webpage
from hengjian.rosters.reading.workbooks import read_xls, read_xlsx

__all__ = ["Cancelled", "Limits", "Reading", "Sheet", "Unreadable", "read_roster"]

# not said: sheets of the template
EXPLANATORY = frozenset({"填写示例", "填写说明", "代码表", "申报条件", "核查意见汇总"})


@dataclass
class Sheet:
    """One sheet as it was found; without a header it was not read, and `why_not` says why."""

    grid: Grid
    header: Header | None = None
    bodies: list[tuple[Block, Body]] = field(default_factory=list)
    why_not: str = ""

    @property
    def name(self) -> str:
        return self.grid.name

    @property
    def header_row(self) -> int:
        """1-based row of the (lower) header line; 0 where there is none."""
        return self.header.last + 1 if self.header else 0

    def column_of(self, key: str, row: int = 0) -> int | None:
        """The column from 0 in which a key stands."""
        for block, _ in self.bodies:
            if key in block.columns:
                return block.columns[key]
        return None


@dataclass
class Reading:
    """What was read of one file. `key` hashed the identities; the original and its digest are kept together."""

    filename: str
    kind: FileKind
    original: bytes
    original_sha256: str
    sheets: tuple[Sheet, ...]
    table: pa.Table
    findings: list[Finding]

    def sheet(self, name: str) -> Sheet | None:
        return next((sheet for sheet in self.sheets if sheet.name == name), None)

    def raw(self, sheet: str, row: int, column: str) -> Cell:
        """The cell as it stood in the file, by 1-based row and key of the column."""
        found = self.sheet(sheet)
        place = found.column_of(column) if found else None
        if found is None or place is None or not 0 < row <= len(found.grid.rows):
            return ""
        return found.grid.rows[row - 1][place]

    def raw_row(self, sheet: str, row: int) -> dict[str, str]:
        """A candidate's cells as they stood, by key, as a person would see them."""
        found = self.sheet(sheet)
        if found is None or not found.bodies or not 0 < row <= len(found.grid.rows):
            return {}
        block = found.bodies[0][0]
        return {key: cells.shown(found.grid.rows[row - 1][place]) for key, place in block.columns.items()}

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
    kind = file_kind(data, limits)
    grids = list(_grids(kind, data, limits, watch))
    sheets = [_with_header(grid, limits) for grid in grids]
    findings = list(_left_out(sheets))
    read = [sheet for sheet in sheets if sheet.header is not None]
    if not read:
        raise Unreadable(_no_header(sheets))
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
    return Reading(filename, kind, data, sha256(data).hexdigest(), tuple(sheets), table, findings)


def _grids(kind: FileKind, data: bytes, limits: Limits, watch: Watch) -> Iterator[Grid]:
    if kind is FileKind.XLSX:
        yield from read_xlsx(data, limits, watch)
    elif kind is FileKind.XLS:
        yield from read_xls(data, limits, watch)
    elif kind is FileKind.CSV:
        yield from read_csv(data, limits)
    else:
        yield from read_webpage(data, limits, spreadsheet=kind is FileKind.XML)


def _with_header(grid: Grid, limits: Limits) -> Sheet:
    if not grid.rows:
        return Sheet(grid, why_not="空工作表")
    if grid.name.strip() in EXPLANATORY:
        return Sheet(grid, why_not="说明页")
    header = find_header(grid, limits.header_rows)
    if header is None:
        return Sheet(grid, why_not="没有找到含“姓名”或“证件号码”的表头")
    if grid.hidden:
        return Sheet(grid, why_not="隐藏的工作表")
    return Sheet(grid, header)


def _left_out(sheets: list[Sheet]) -> Iterator[Finding]:
    for sheet in sheets:
        if sheet.why_not == "隐藏的工作表":
            message = say("工作表“{name}”是隐藏的，没有读取。", name=sheet.name)
            remedy = "如其中有申报人员，请取消隐藏后重新上传。"
            yield Finding(0, sheet.name, "", "reading.hidden_sheet", Severity.WARNING, message, "", remedy)
        elif sheet.why_not.startswith("没有"):  # not said: the beginning of a reason
            message = say("工作表“{name}”{why_not}，没有读取。", name=sheet.name, why_not=sheet.why_not)
            yield Finding(0, sheet.name, "", "reading.sheet_left_out", Severity.NOTE, message)


def _no_header(sheets: list[Sheet]) -> str:
    if any(sheet.why_not == "隐藏的工作表" for sheet in sheets):
        return "名册在隐藏的工作表里。请取消隐藏后重新上传。"
    if all(sheet.why_not == "空工作表" for sheet in sheets):
        return "文件里的工作表都是空的。"
    return "没有找到表头。表头应有“姓名”和“证件号码”两栏；可下载名册模板，把内容粘贴进去后上传。"


def _parsed(sheet: Sheet, key: bytes, findings: list[Finding], watch: Watch, today: date | None) -> Iterator[pa.Table]:
    header, grid = sheet.header, sheet.grid
    assert header is not None
    filled = filled_over_merges(grid, header.last + 1)
    findings.extend(about_columns(sheet.name, grid, header))
    for block in header.blocks:
        body = people_of(grid, header, block)
        sheet.bodies.append((block, body))
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
