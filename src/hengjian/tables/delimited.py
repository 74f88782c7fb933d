"""Text tables: UTF-8 with and without mark, UTF-16 with mark, GB18030; comma, tab or semicolon."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence

from hengjian.kernel.words import say
from hengjian.tables.grid import Cell, Grid
from hengjian.tables.limits import Limits, Unreadable

DELIMITERS = (",", "\t", ";", "，", "|")
_CONTROL = frozenset(chr(code) for code in range(32)) - {"\t", "\n", "\r"}


def text_of(data: bytes) -> str:
    """The text by its mark, else as UTF-8, else as GB18030 (which reads every GBK character and 昇 besides)."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _decoded(data, encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded(data, "gb18030")


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise Unreadable("无法识别文件的文字编码。请用表格软件另存为 .xlsx，或另存为 UTF-8 编码的 CSV。") from None


Named = Callable[[Sequence[str]], int]  # how many columns a row names, were it a header


def read_csv(data: bytes, limits: Limits, named: Named, name: str) -> list[Grid]:
    """One sheet called `name`; the delimiter is the one with which some row says most."""
    text = text_of(data)
    if not _CONTROL.isdisjoint(text[:8192]):
        raise Unreadable("这不是表格文件。请上传 .xlsx、.xls 或 .csv 文件。")
    head = "\n".join(text.splitlines()[: limits.header_rows])
    best = max(
        DELIMITERS, key=lambda sign: (_best_header(head, sign, named), head.count(sign), -DELIMITERS.index(sign))
    )
    rows = _split(text, best, limits)
    return [Grid(name, rows)]


def _best_header(head: str, delimiter: str, named: Named) -> int:
    try:
        return max((named(row) for row in csv.reader(io.StringIO(head), delimiter=delimiter)), default=0)
    except csv.Error:
        return 0


def _split(text: str, delimiter: str, limits: Limits) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    width = 0
    cells = 0
    begun = line = 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for row in reader:
            kept: list[Cell] = [*row[: limits.columns]]
            rows.append(kept)
            if reader.line_num > line:
                _refuse_swallowed(row, delimiter, max(width, len(row)), line, reader.line_num)
            begun, line = line, reader.line_num + 1
            width = max(width, len(kept))
            cells += len(kept)
            if len(rows) > limits.rows or cells > limits.cells:
                raise Unreadable(say("文件超过 {rows} 行。请分成几个文件上传。", rows=limits.rows))
    except csv.Error as broken:
        raise Unreadable(
            say(
                "文本表格第 {line} 行起的引号不成对或单元格过长，无法分列。请用表格软件另存为 .xlsx 后上传。", line=line
            )
        ) from broken
    _refuse_open_end(text, delimiter, begun)
    return [row + [""] * (width - len(row)) if len(row) < width else row for row in rows]


def _refuse_open_end(text: str, delimiter: str, line: int) -> None:
    """A quote in the last record that is never closed."""
    rest = io.StringIO(text, newline="").readlines()[line - 1 :]
    try:
        list(csv.reader(rest, delimiter=delimiter, strict=True))
    except csv.Error as broken:
        if "unexpected end" in str(broken):
            raise Unreadable(
                say("第 {line} 行有一个引号没有成对，直到文件末尾。请删去多余的引号后重新上传。", line=line)
            ) from None


def _refuse_swallowed(row: list[str], delimiter: str, width: int, first: int, last: int) -> None:
    """A stray quote makes one cell of the lines up to the next quote: rows would be lost in it without a word."""
    enough = max(2, width // 2)
    for cell in row:
        lines = cell.splitlines()
        if len(lines) > 1 and max(line.count(delimiter) for line in lines[1:]) >= enough:
            end = min(first + row_lines(row) - 1, last)
            lines_told = (
                say("第 {first} 行", first=first + 1)
                if end == first + 1
                else say("第 {first} 至 {end} 行", first=first + 1, end=end)
            )
            raise Unreadable(
                say(
                    "第 {first} 行有一个引号没有成对，{lines_told}被并进了一格。请删去多余的引号后重新上传。",
                    first=first,
                    lines_told=lines_told,
                )
            )


def row_lines(row: list[str]) -> int:
    """How many lines of the file a record takes."""
    return 1 + sum(len(cell.splitlines()) - 1 for cell in row if cell)
