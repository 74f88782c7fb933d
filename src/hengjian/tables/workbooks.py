"""Workbooks by calamine: .xlsx in this process after its parts were inspected, .xls in a child process with bounds.

The old binary format gives row and column of a cell as it likes and has no parts to inspect; a child that runs out of its
own memory ends with a sentence instead of taking the server along.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from python_calamine import CalamineWorkbook, SheetVisibleEnum

from hengjian.kernel.words import say
from hengjian.tables.biff import old_book
from hengjian.tables.book import book_of, laid_out, shown_by
from hengjian.tables.compound import Damaged, with_customary_name, workbook_stream
from hengjian.tables.facts import from_lists
from hengjian.tables.grid import Cell, Grid, Watch, squared
from hengjian.tables.limits import Limits, Unreadable
from hengjian.tables.markup import has_far_columns, sheet_facts, with_bounded_merges, within_bounds
from hengjian.tables.package import BROKEN, Package

BROKEN_XLS = "文件已损坏，无法读取。请用表格软件重新打开并另存为 .xlsx 后上传。"
PASSWORD = "文件设有打开密码，无法读取。请取消密码后重新上传。"  # noqa: S105 a sentence, not a secret
_STEP = 5_000
_CELL = re.compile(rb"<(?:[\w-]+:)?c[\s/>]")


class Broken(Unreadable):
    """The reader could not make anything of it; laid out anew it may."""


def read_xlsx(data: bytes, limits: Limits, watch: Watch) -> list[Grid]:
    """Every sheet of the workbook, hidden ones too."""
    package = Package(data, limits)
    package.inspect()
    book = book_of(package)
    if len(book.sheets) > limits.sheets:
        raise Unreadable(
            say("工作簿有 {sheets} 张工作表，超过 {sheets2} 张的上限。", sheets=len(book.sheets), sheets2=limits.sheets)
        )
    shown = shown_by(package, book.styles)
    if book.strings:
        package.part(book.strings)  # judged before any other reader sees it
    facts = {}
    changed: dict[str, bytes] = {}
    for entry in book.sheets:
        if entry.part not in package:
            raise Unreadable(BROKEN)
        watch.tell("检查文件")
        xml = package.part(entry.part)
        if sum(1 for _ in _CELL.finditer(xml)) > limits.cells:  # counted, not listed: a bomb has millions
            raise Unreadable(
                say(
                    "工作表“{name}”超过 {cells} 格。请删除空白行列，或分成几个文件上传。",
                    name=entry.name,
                    cells=limits.cells,
                )
            )
        bounded = within_bounds(xml, entry.name)
        merged = with_bounded_merges(bounded, limits.rows - 1)
        if merged is not xml:
            changed[entry.part] = merged
        facts[entry.name] = sheet_facts(bounded, shown)
        if bounded is not xml:
            facts[entry.name].trimmed = True
            facts[entry.name].far_columns = has_far_columns(xml)
    plain = data if not (changed or book.odd or package.odd) else laid_out(package, book, changed)
    try:
        grids = _by_calamine(plain, limits, watch)
    except Broken:
        if plain is not data:
            raise
        grids = _by_calamine(laid_out(package, book, changed), limits, watch)
    states = {entry.name: entry.state for entry in book.sheets}
    for grid in grids:
        grid.facts = facts.get(grid.name, grid.facts)
        grid.from_1904 = book.from_1904
        grid.state = states.get(grid.name, grid.state)
    return grids


def old_sheets(data: bytes, limits: Limits) -> list[Grid]:
    """In the child process: the sheets of an old workbook, with what its records say beside the values."""
    try:
        book = old_book(workbook_stream(data))
    except Damaged:
        raise Unreadable(BROKEN_XLS) from None
    if book.password:
        raise Unreadable(PASSWORD)
    grids = _by_calamine(with_customary_name(data), limits, Watch(), states=[sheet.state for sheet in book.sheets])
    for grid in grids:
        grid.from_1904 = book.from_1904
        if grid.place < len(book.sheets):
            sheet = book.sheets[grid.place]
            grid.facts = sheet.facts
            if book.page and sheet.name:
                grid.name = sheet.name
            for (row, column), text in sheet.texts.items():
                if row < len(grid.rows) and column < len(grid.rows[row]):
                    grid.rows[row][column] = text
    return grids


def _by_calamine(data: bytes, limits: Limits, watch: Watch, states: Sequence[str] = ()) -> list[Grid]:
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        grids = []
        for place, meta in enumerate(workbook.sheets_metadata):
            if "WorkSheet" in str(meta.typ):
                shown = "visible" if meta.visible == SheetVisibleEnum.Visible else "hidden"
                grid = _sheet(workbook, meta.name, limits, watch)
                grid.place, grid.state = place, states[place] if place < len(states) else shown
                grids.append(grid)
    except Unreadable:
        raise
    except BaseException as broken:  # a panic of the reader is no Exception
        if isinstance(broken, (KeyboardInterrupt, SystemExit)):
            raise
        if "assword" in type(broken).__name__ + str(broken):
            raise Unreadable(PASSWORD) from None
        raise Broken(BROKEN_XLS) from None
    return grids


def _sheet(workbook: Any, name: str, limits: Limits, watch: Watch) -> Grid:
    watch.tell("读取工作表")
    sheet = workbook.get_sheet_by_name(name)
    if sheet.start is None:
        return Grid(name, [])
    total = sheet.total_height
    if total > limits.rows or total * sheet.total_width > limits.cells:
        raise Unreadable(
            say(
                "工作表“{name}”超过 {rows} 行或 {cells} 格。请删除空白行列，或分成几个文件上传。",
                name=name,
                rows=limits.rows,
                cells=limits.cells,
            )
        )
    left = sheet.start[1]
    padding: list[Cell] = [""] * left
    rows: list[list[Cell]] = []
    for row in sheet.iter_rows():
        rows.append(padding + row if left else row)
        if len(rows) % _STEP == 0:
            watch.tell("读取工作表", len(rows), total)
    merges = [(top, begin, bottom, end) for (top, begin), (bottom, end) in sheet.merged_cell_ranges or ()]
    return Grid(name, squared(rows, limits.columns), merges)


def read_xls(data: bytes, limits: Limits, watch: Watch) -> list[Grid]:
    """The old binary format, and what WPS writes under it, in a child process."""
    watch.tell("读取工作表")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    try:
        child = subprocess.run(
            [sys.executable, "-m", "hengjian.tables.isolated"],
            input=json.dumps([limits.rows, limits.columns, limits.cells, limits.child_bytes, limits.seconds]).encode()
            + b"\n"
            + data,
            capture_output=True,
            timeout=limits.seconds,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unreadable(
            say("读取超过 {seconds} 秒，已停止。请另存为 .xlsx 后重新上传。", seconds=limits.seconds)
        ) from None
    if child.returncode != 0 or not child.stdout:
        raise Unreadable(BROKEN_XLS)
    answer = json.loads(child.stdout)
    if isinstance(answer, str):
        raise Unreadable(answer)
    return [
        Grid(
            name,
            [[decoded(cell) for cell in row] for row in rows],
            [tuple(m) for m in merges],
            state=state,
            facts=from_lists(facts),
            from_1904=from_1904,
        )
        for name, rows, merges, state, facts, from_1904 in answer
    ]


def encoded(cell: Cell) -> Any:
    """A cell as JSON: what JSON does not know is a list of its kind and text."""
    if isinstance(cell, (str, bool, int, float)) or cell is None:
        return cell
    if isinstance(cell, datetime):
        return ["datetime", cell.isoformat()]
    if isinstance(cell, date):
        return ["date", cell.isoformat()]
    if isinstance(cell, time):
        return ["time", cell.isoformat()]
    if isinstance(cell, timedelta):
        return ["duration", cell.total_seconds()]
    return str(cell)


def decoded(cell: Any) -> Cell:
    if not isinstance(cell, list):
        return cell
    kind, value = cell
    if kind == "datetime":
        return datetime.fromisoformat(value)
    if kind == "date":
        return date.fromisoformat(value)
    if kind == "time":
        return time.fromisoformat(value)
    return timedelta(seconds=value)
