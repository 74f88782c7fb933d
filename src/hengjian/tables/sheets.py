"""A file opened: its sheets, in each the header that was found, and what was left out; nothing of the rows is read yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from hengjian.kernel.words import say
from hengjian.tables import cells
from hengjian.tables.delimited import read_csv
from hengjian.tables.findings import Finding, Severity
from hengjian.tables.grid import Cell, Grid, Watch
from hengjian.tables.header import Header, find_header
from hengjian.tables.kinds import FileKind, file_kind
from hengjian.tables.limits import Limits, Unreadable
from hengjian.tables.tongues import named
from hengjian.tables.vocabulary import Vocabulary
from hengjian.tables.webpages import read_webpage
from hengjian.tables.workbooks import read_xls, read_xlsx


@dataclass
class Sheet:
    """One sheet as it was found; without a header it was not read, and `why_not` says why."""

    grid: Grid
    header: Header | None = None
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
        for block in self.header.blocks if self.header else ():
            if key in block.columns:
                return block.columns[key]
        return None


@dataclass
class Opened:
    """One file; the original and its digest are kept together."""

    filename: str
    kind: FileKind
    original: bytes
    original_sha256: str
    sheets: tuple[Sheet, ...]
    findings: list[Finding]
    words: Vocabulary

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
        """A row's cells as they stood, by key, as one would see them."""
        found = self.sheet(sheet)
        if found is None or found.header is None or not 0 < row <= len(found.grid.rows):
            return {}
        block = found.header.blocks[0]
        return {key: cells.shown(found.grid.rows[row - 1][place]) for key, place in block.columns.items()}


def open_table(data: bytes, filename: str, words: Vocabulary, limits: Limits, watch: Watch) -> Opened:
    """At least one sheet of what is returned has a header. Raises only `Unreadable` (and `Cancelled`, which is one)."""
    kind = file_kind(data, limits)
    sheets = [_with_header(grid, limits, words) for grid in _grids(kind, data, limits, watch, words)]
    if all(sheet.header is None for sheet in sheets):
        raise Unreadable(_no_header(sheets, words))
    findings = list(_left_out(sheets, words))
    return Opened(filename, kind, data, sha256(data).hexdigest(), tuple(sheets), findings, words)


def _grids(kind: FileKind, data: bytes, limits: Limits, watch: Watch, words: Vocabulary) -> Iterator[Grid]:
    if kind is FileKind.XLSX:
        yield from read_xlsx(data, limits, watch)
    elif kind is FileKind.XLS:
        yield from read_xls(data, limits, watch)
    elif kind is FileKind.CSV:
        yield from read_csv(data, limits, words.named_in, words.name)
    else:
        yield from read_webpage(data, limits, spreadsheet=kind is FileKind.XML)


def _with_header(grid: Grid, limits: Limits, words: Vocabulary) -> Sheet:
    if not grid.rows:
        return Sheet(grid, why_not=EMPTY)
    if named(grid.name.strip(), words.explanatory):
        return Sheet(grid, why_not="说明页")
    header = find_header(grid, limits.header_rows, words)
    if header is None:
        return Sheet(grid, why_not=words.no_header_on_sheet)
    if grid.hidden:
        return Sheet(grid, why_not=HIDDEN)
    return Sheet(grid, header)


EMPTY, HIDDEN = "空工作表", "隐藏的工作表"


def _left_out(sheets: list[Sheet], words: Vocabulary) -> Iterator[Finding]:
    for sheet in sheets:
        if sheet.why_not == HIDDEN:
            message = say("工作表“{name}”是隐藏的，没有读取。", name=sheet.name)
            yield Finding(0, sheet.name, "", "reading.hidden_sheet", Severity.WARNING, message, "", words.hidden_remedy)
        elif sheet.why_not == words.no_header_on_sheet:
            message = say("工作表“{name}”{why_not}，没有读取。", name=sheet.name, why_not=sheet.why_not)
            yield Finding(0, sheet.name, "", "reading.sheet_left_out", Severity.NOTE, message)


def _no_header(sheets: list[Sheet], words: Vocabulary) -> str:
    if any(sheet.why_not == HIDDEN for sheet in sheets):
        return words.all_hidden
    if all(sheet.why_not == EMPTY for sheet in sheets):
        return "文件里的工作表都是空的。"
    return words.no_header
