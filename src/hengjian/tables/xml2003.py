"""The XML spreadsheets of Excel 2002 and 2003, which many systems export under the name of .xls.

A cell's value is its own Data and nothing else: not its comment, not its formula. What the format says of a cell (an error, a
number, a date, how it is shown, hidden rows and columns) is taken as from a workbook.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from hengjian.kernel.words import say
from hengjian.tables.book import precision_of
from hengjian.tables.grid import Cell, Grid, squared
from hengjian.tables.limits import Limits, Unreadable
from hengjian.tables.xml import Malformed, walk

__all__ = ["Malformed", "read_xml_2003"]


def read_xml_2003(text: str, limits: Limits) -> list[Grid]:
    """The worksheets; raises `Malformed` where the text is no XML."""
    sheets = _Sheets(limits)
    walk(text, sheets.begin, sheets.end, sheets.text)
    for grid in sheets.grids:
        grid.rows = squared(grid.rows, limits.columns)
    return [grid for grid in sheets.grids if grid.rows]


class _Sheets:
    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.grids: list[Grid] = []
        self.path: list[str] = []
        self.shown: dict[str, str] = {}
        self.from_1904 = False
        self.style = ""
        self.row = self.column = self.written = 0
        self.taken: dict[int, int] = {}  # column → last row that a merge from above covers
        self.place = (0, 0)
        self.kind = self.cell_style = ""
        self.words: list[str] | None = None
        self.cells = 0

    @property
    def grid(self) -> Grid:
        return self.grids[-1]

    def begin(self, tag: str, given: Mapping[str, str]) -> None:
        self.path.append(tag)
        if tag == "Style":
            self.style = given.get("ID", "")
        elif tag == "NumberFormat":
            self.shown[self.style] = precision_of(given.get("Format", ""))
        elif tag == "Worksheet":
            self.grids.append(
                Grid(given.get("Name", say("表{grids}", grids=len(self.grids) + 1)), [], from_1904=self.from_1904)
            )
            self.row = self.written = 0
            self.taken = {}
        elif not self.grids:
            return
        elif tag == "Column":
            self._column(given)
        elif tag == "Row":
            self._begin_row(given)
        elif tag == "Cell":
            self._begin_cell(given)
        elif tag == "Data" and self.path[-2:] == ["Cell", "Data"]:
            self.kind, self.words = given.get("Type", "String"), []
        elif tag in ("Visible", "Date1904"):
            self.words = []

    def text(self, words: str) -> None:
        if self.words is not None:
            self.words.append(words)

    def end(self, tag: str) -> None:
        self.path.pop()
        if tag == "Visible" and self.grids:
            word = "".join(self.words or ()).strip()
            self.grid.state = {"SheetHidden": "hidden", "SheetVeryHidden": "veryHidden"}.get(word, "visible")
            self.words = None
        elif tag == "Data" and self.words is not None and self.path[-1:] == ["Cell"]:
            self._value("".join(self.words))
            self.words = None
        elif tag == "Row" and self.grids:
            self.row += 1
        elif tag == "Date1904":
            self.from_1904, self.words = True, None

    def _column(self, given: Mapping[str, str]) -> None:
        place = (_number(given.get("Index")) or self.written + 1) - 1
        span = _number(given.get("Span")) or 0
        self.written = place + span + 1
        if given.get("Hidden") == "1" or given.get("Width") == "0":
            self.grid.facts.hidden_columns.update(range(place, min(self.written, self.limits.columns)))

    def _begin_row(self, given: Mapping[str, str]) -> None:
        number = _number(given.get("Index"))
        if number is not None:
            self.row = max(self.row, number - 1)
        if self.row >= self.limits.rows:
            raise Unreadable(say("文件超过 {rows} 行。请分成几个文件上传。", rows=self.limits.rows))
        while len(self.grid.rows) <= self.row:
            self.grid.rows.append([])
        self.column = 0
        if given.get("Hidden") == "1" or given.get("Height") == "0":
            self.grid.facts.hidden_rows.add(self.row)

    def _begin_cell(self, given: Mapping[str, str]) -> None:
        number = _number(given.get("Index"))
        self.column = max(self.column, number - 1) if number is not None else self.column
        while self.taken.get(self.column, -1) >= self.row:
            self.column += 1
        across = min(_number(given.get("MergeAcross")) or 0, self.limits.columns)
        down = min(_number(given.get("MergeDown")) or 0, self.limits.rows)
        self.place, self.cell_style = (self.row, self.column), given.get("StyleID", "")
        if across or down:
            self.grid.merges.append((self.row, self.column, self.row + down, self.column + across))
        if down:
            self.taken.update(dict.fromkeys(range(self.column, self.column + across + 1), self.row + down))
        self.column += across + 1
        self.cells += 1
        if self.cells > self.limits.cells:
            raise Unreadable(say("文件超过 {cells} 格。请分成几个文件上传。", cells=self.limits.cells))

    def _value(self, text: str) -> None:
        row, column = self.place
        if column >= self.limits.columns or row >= len(self.grid.rows):
            return
        value: Cell = text
        if self.kind == "Error":
            self.grid.facts.error_cells[self.place] = text.strip() or "#VALUE!"
            value = ""
        elif self.kind == "Number":
            value = _float(text)
        elif self.kind == "Boolean":
            value = text.strip() == "1"
        elif self.kind == "DateTime":
            value = _moment(text)
        shown = self.shown.get(self.cell_style, "")
        if shown == "month":
            self.grid.facts.month_cells.add(self.place)
        elif shown == "year":
            self.grid.facts.year_cells.add(self.place)
        cells = self.grid.rows[row]
        cells.extend([""] * (column + 1 - len(cells)))
        cells[column] = value


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 8 else None


def _float(text: str) -> Cell:
    try:
        return float(text)
    except ValueError:
        return text


def _moment(text: str) -> Cell:
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError:
        return text
