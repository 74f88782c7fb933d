"""The rows under the headers of an opened file, cell by cell by declared columns; nothing is dropped without a word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from hengjian.kernel.words import say
from hengjian.tables import cells
from hengjian.tables.columns import Column
from hengjian.tables.findings import Finding, Severity
from hengjian.tables.grid import Grid, Watch, filled_over_merges
from hengjian.tables.header import Block
from hengjian.tables.markup import column_letters
from hengjian.tables.sheets import Opened, Sheet

_TOLD_EVERY = 2_000  # rows
_LEAST_CELLS = 2  # one cell alone is a note, a signature, a date line
_UNWATCHED = Watch()


@dataclass
class Row:
    """`row` is the 1-based row of the spreadsheet; `written` what stood in the cells, `values` what was read of them."""

    sheet: str
    row: int
    values: dict[str, Any] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    faulty: set[str] = field(default_factory=set)  # keys of cells that could not be read

    def tell(
        self, key: str, code: str, severity: Severity, message: str, remedy: str = "", clause: str = ""
    ) -> Finding:
        """A finding on one cell of this row."""
        old = self.written.get(key, "")
        return Finding(self.row, self.sheet, key, code, severity, message, clause, remedy, old)


def rows_of(opened: Opened, columns: Sequence[Column], watch: Watch = _UNWATCHED) -> tuple[list[Row], list[Finding]]:
    """All rows of all sheets with a header, in order, and what is to be said of columns, rows and cells."""
    rows: list[Row] = []
    findings: list[Finding] = list(opened.findings)
    for sheet in opened.sheets:
        if sheet.header is not None:
            findings += _of_columns(sheet, opened, columns)
            for block in sheet.header.blocks:
                for row in _of_block(sheet, block, columns, findings):
                    rows.append(row)
                    if len(rows) % _TOLD_EVERY == 0:
                        watch.tell("逐行读取", row.row, len(sheet.grid.rows))
    return rows, findings


def _of_columns(sheet: Sheet, opened: Opened, columns: Sequence[Column]) -> Iterator[Finding]:
    header, grid = sheet.header, sheet.grid
    assert header is not None
    at = header.last + 1

    def tell(code: str, severity: Severity, message: str, remedy: str = "", column: str = "") -> Finding:
        return Finding(at, sheet.name, column, f"reading.{code}", severity, message, "", remedy)

    for place in header.unread:
        label, reason = header.labels[place].strip()[:40], opened.words.why_unread(header.labels[place])
        message = (
            say("“{label}”没有读取：{reason}。", label=label, reason=reason)
            if reason
            else say("“{label}”不是这张表的栏目，这一列没有读取。", label=label)
        )
        yield tell("column_unread", Severity.NOTE, message)
    for place, kept in header.doubled:
        message = say(
            "“{label}”与“{label2}”是同一栏，只读取“{label2}”（{column_letters} 列）。",
            label=header.labels[place].strip()[:40],
            label2=header.labels[kept].strip()[:40],
            column_letters=column_letters(kept),
        )
        yield tell("column_doubled", Severity.WARNING, message, "请核对，并删去多余的一列。")
    there = {key for block in header.blocks for key in block.columns}
    for column in columns:
        if column.required and column.key not in there:
            message = say("没有“{title}”一栏，这一栏必填。", title=column.title)
            yield tell("column_missing", Severity.ERROR, message, "请补上这一栏，逐行填写。", column.key)
    for place in sorted(grid.facts.hidden_columns):
        if any(place in block.columns.values() for block in header.blocks):
            label = header.labels[place].strip()[:40]
            message = say("“{label}”是隐藏列，已一并读取。", label=label)
            yield tell("hidden_column", Severity.WARNING, message, "如不用，请删除该列。")


def _of_block(sheet: Sheet, block: Block, columns: Sequence[Column], findings: list[Finding]) -> Iterator[Row]:
    grid, header = sheet.grid, sheet.header
    assert header is not None
    first = header.last + 1
    filled_over_merges(grid, first)
    own = [(column, block.columns[column.key]) for column in columns if column.key in block.columns]
    for place in range(first, len(grid.rows)):
        written = {column.key: cells.shown(grid.rows[place][at]).strip() for column, at in own}
        filled = {key for key, text in written.items() if text}
        if not filled and not _odd_cells(grid, place, own):
            continue
        if all(written[key] == header.labels[block.columns[key]].strip() for key in filled) and len(filled) > 1:
            continue  # the header come again
        if len(filled) < _LEAST_CELLS:
            words = " ".join(written[key] for key in filled)[:60]
            if filled and not words.isdecimal():
                message = say("“{words}”不成一行，没有读取。", words=words)
                findings.append(Finding(place + 1, sheet.name, "", "reading.footer", Severity.WARNING, message))
            continue
        yield _row(sheet, place, own, written, findings)


def _odd_cells(grid: Grid, place: int, own: Sequence[tuple[Column, int]]) -> bool:
    return any((place, at) in grid.facts.error_cells or (place, at) in grid.facts.bare_formulas for _, at in own)


def _row(
    sheet: Sheet, place: int, own: Sequence[tuple[Column, int]], written: dict[str, str], findings: list[Finding]
) -> Row:
    grid = sheet.grid
    row = Row(sheet.name, place + 1, written=written)
    for column, at in own:
        if (place, at) in grid.facts.error_cells or (place, at) in grid.facts.bare_formulas:
            value = grid.facts.error_cells.get((place, at), "")
            message = (
                say("{title}的单元格是错误值 {value}。", title=column.title, value=value)
                if value
                else say("{title}的单元格是公式，文件中没有计算结果；平台不计算公式。", title=column.title)
            )
            findings.append(row.tell(column.key, "reading.error_cell", Severity.ERROR, message, "请改为填写实际内容。"))
            row.faulty.add(column.key)
            row.values[column.key] = None
            continue
        read = column.value_of(grid.rows[place][at], grid)
        row.values[column.key] = read.value
        for code, severity, message, remedy, new in read.remarks:
            findings.append(
                Finding(
                    place + 1,
                    sheet.name,
                    column.key,
                    code,
                    severity,
                    message,
                    "",
                    remedy,
                    written.get(column.key, ""),
                    new,
                )
            )
            if severity is Severity.ERROR:
                row.faulty.add(column.key)
    if place in grid.facts.hidden_rows:
        findings.append(
            row.tell("", "reading.hidden_row", Severity.WARNING, "这是隐藏行，已一并读取。", "如不用，请删除该行。")
        )
    return row


def required_missing(row: Row, columns: Sequence[Column]) -> Iterator[Finding]:
    """A blank in a required column, unless the cell has been complained of already."""
    for column in columns:
        if column.required and row.values.get(column.key) in (None, "") and column.key not in row.faulty:
            yield row.tell(
                column.key,
                "reading.required",
                Severity.ERROR,
                say("{title}未填。", title=column.title),
                say("“{title}”为必填，请补填。", title=column.title),
            )
