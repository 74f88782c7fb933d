"""Tables of web pages and of the XML spreadsheets of 2003, which many systems export under the name of .xls.

The tolerant parser of the standard library is used: it resolves no entity of the document and fetches nothing.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from hengjian.kernel.words import say
from hengjian.tables.delimited import text_of
from hengjian.tables.grid import Grid, Merge, squared
from hengjian.tables.limits import Limits, Unreadable
from hengjian.tables.xml2003 import Malformed, read_xml_2003

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)|<\?xml[^>]*encoding=[\"']([\w-]+)", re.IGNORECASE)
_DTD_ENTITY = re.compile(r"<!ENTITY|<!DOCTYPE[^>]*\[", re.IGNORECASE)
_HIDES = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all", re.IGNORECASE)
_declaration = re.compile(r"^\s*<\?xml[^>]*\?>")
_SPACE = re.compile(r"[ \t\r\n\f]+")


class _Tables(HTMLParser):
    """Collects the rows of every table, nested ones as tables of their own."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(convert_charrefs=True)
        self.limits = limits
        self.grids: list[Grid] = []
        self.open: list[Grid] = []
        self.cell: list[str] | None = None
        self.span: tuple[int, int] = (1, 1)
        self.place = (0, 0)
        self.cells = 0
        self.taken: dict[int, set[tuple[int, int]]] = {}
        self.aside = False  # within a comment
        self.columns = 0
        self.hidden_cells: set[tuple[int, int, int]] = set()

    def _begin_table(self, name: str) -> None:
        grid = Grid(name or say("表{grids}", grids=len(self.grids) + 1), [])
        self.grids.append(grid)
        self.columns = 0
        self.open.append(grid)
        self.taken[id(grid)] = set()

    def _begin_row(self, number: int | None = None) -> None:
        if not self.open:
            self._begin_table("")
        rows = self.open[-1].rows
        while number is not None and len(rows) < number - 1 and len(rows) < self.limits.rows:
            rows.append([])
        rows.append([])
        if len(rows) > self.limits.rows:
            raise Unreadable(say("文件超过 {rows} 行。请分成几个文件上传。", rows=self.limits.rows))

    def _begin_cell(self, number: int | None, across: int, down: int) -> None:
        self._end_cell()
        if not self.open or not self.open[-1].rows:
            self._begin_row()
        grid = self.open[-1]
        row = len(grid.rows) - 1
        column = len(grid.rows[-1]) if number is None else max(number - 1, len(grid.rows[-1]))
        taken = self.taken[id(grid)]
        while (row, column) in taken:
            column += 1
        self.place = (row, column)
        self.span = (min(across, self.limits.columns), min(down, self.limits.rows))
        self.cell = []
        self.cells += 1
        if self.cells > self.limits.cells:
            raise Unreadable(say("文件超过 {cells} 格。请分成几个文件上传。", cells=self.limits.cells))

    def _end_cell(self) -> None:
        if self.cell is None or not self.open:
            return
        grid = self.open[-1]
        row, column = self.place
        across, down = self.span
        if column < self.limits.columns:
            cells = grid.rows[row]
            cells.extend([""] * (column - len(cells)))
            cells.append(_SPACE.sub(" ", "".join(self.cell)).strip(" "))
            cells.extend([""] * (min(across, self.limits.columns - column) - 1))
        if across > 1 or down > 1:
            merge: Merge = (row, column, row + down - 1, column + across - 1)
            grid.merges.append(merge)
            if down > 1 and len(self.taken[id(grid)]) < self.limits.cells:
                self.taken[id(grid)].update(
                    (row + below, column + right) for below in range(1, min(down, 1000)) for right in range(across)
                )
        self.cell = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name.rpartition(":")[2]: value or "" for name, value in attrs}
        if tag in ("table", "worksheet", "ss:worksheet"):
            self._end_cell()
            if tag != "table" or not (self.open and not self.open[-1].rows):
                self._begin_table(given.get("name", ""))
        elif tag in ("tr", "row", "ss:row"):
            self._end_cell()
            self._begin_row(_number(given.get("index")))
            if _hides(given) or given.get("height") == "0":
                self.open[-1].facts.hidden_rows.add(len(self.open[-1].rows) - 1)
        elif tag in ("comment", "ss:comment"):
            self.aside = True
        elif tag == "col" and self.open:
            first, span = self.columns, _number(given.get("span")) or 1
            self.columns += min(span, self.limits.columns)
            if _hides(given) or given.get("width") == "0":
                self.open[-1].facts.hidden_columns.update(range(first, min(self.columns, self.limits.columns)))
        elif tag in ("td", "th"):
            self._begin_cell(None, _number(given.get("colspan")) or 1, _number(given.get("rowspan")) or 1)
            if _hides(given):
                self.hidden_cells.add((id(self.open[-1]), *self.place))
        elif tag in ("cell", "ss:cell"):
            across = (_number(given.get("mergeacross")) or 0) + 1
            down = (_number(given.get("mergedown")) or 0) + 1
            self._begin_cell(_number(given.get("index")), across, down)
        elif tag == "br" and self.cell is not None:
            self.cell.append("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("comment", "ss:comment"):
            self.aside = False
        elif tag in ("td", "th", "cell", "ss:cell"):
            self._end_cell()
        elif tag in ("table", "worksheet", "ss:worksheet") and self.open:
            self._end_cell()
            if tag != "table" or len(self.open) > 1 or self.open[-1].rows:
                self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.cell is not None and not self.aside:
            self.cell.append(data)

    def unknown_decl(self, data: str) -> None:
        """CDATA is text."""
        if data.startswith("CDATA["):
            self.handle_data(data.removeprefix("CDATA["))

    def tell_hidden_columns(self) -> None:
        """A column whose every filled cell is hidden is a hidden column; one hidden cell alone counts as its row."""
        for grid in self.grids:
            for column in range(len(grid.rows[0]) if grid.rows else 0):
                filled = [row for row, cells in enumerate(grid.rows) if column < len(cells) and cells[column] != ""]
                if filled and all((id(grid), row, column) in self.hidden_cells for row in filled):
                    grid.facts.hidden_columns.add(column)


def _hides(given: dict[str, str]) -> bool:
    return "hidden" in given or _HIDES.search(given.get("style", "")) is not None


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else None


def read_webpage(data: bytes, limits: Limits, *, spreadsheet: bool = False) -> list[Grid]:
    """The tables of an HTML page or an XML spreadsheet."""
    named = _CHARSET.search(data[:4096])
    text = ""
    if named and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        encoding = (named[1] or named[2]).decode().lower()
        if encoding in ("gb2312", "gbk", "gb18030"):
            text = data.decode("gb18030", "replace")
    text = text or text_of(data)
    if _DTD_ENTITY.search(text):
        raise Unreadable("文件内含文档类型声明（DTD）或外部实体，可能有害，不予读取。")
    if spreadsheet:
        try:
            grids = read_xml_2003(_declaration.sub("", text, count=1), limits)
        except Malformed:
            grids = []  # some programs write it badly; the tolerant parser then finds what it can
        if grids:
            return grids
    parser = _Tables(limits)
    try:
        parser.feed(text)
        parser.close()
    except (AssertionError, ValueError) as broken:
        raise Unreadable("网页格式的表格不完整，无法读取。请用表格软件打开并另存为 .xlsx 后上传。") from broken
    grids = [grid for grid in parser.grids if grid.rows]
    for grid in grids:
        grid.rows = squared(grid.rows, limits.columns)
    if parser.hidden_cells:
        parser.tell_hidden_columns()
    if not grids:
        raise Unreadable("文件里没有表格。请上传 .xlsx、.xls 或 .csv 文件。")
    return grids
