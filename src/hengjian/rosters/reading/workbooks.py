"""Workbooks by calamine: .xlsx in this process after its parts were inspected, .xls in a child process with bounds.

The old binary format gives row and column of a cell as it likes and has no parts to inspect; a child that runs out of its
own memory ends with a sentence instead of taking the server along.
"""

import json
import os
import subprocess
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from python_calamine import CalamineWorkbook, SheetVisibleEnum

from hengjian.rosters.reading.grid import Cell, Grid, Watch, squared
from hengjian.rosters.reading.limits import Limits, Unreadable
from hengjian.rosters.reading.markup import (
    counts_from_1904,
    has_far_columns,
    month_styles,
    sheet_facts,
    sheet_parts,
    within_bounds,
)
from hengjian.rosters.reading.package import BROKEN, Package

BROKEN_XLS = "文件已损坏，无法读取。请用表格软件重新打开并另存为 .xlsx 后上传。"
PASSWORD = "文件设有打开密码，无法读取。请取消密码后重新上传。"  # noqa: S105 a sentence, not a secret
_STEP = 5_000
_DATE_1904_RECORD = b"\x22\x00\x02\x00\x01\x00"


def read_xlsx(data: bytes, limits: Limits, watch: Watch) -> list[Grid]:
    """Every sheet of the workbook, hidden ones too."""
    package = Package(data, limits)
    package.inspect()
    parts = sheet_parts(package)
    if len(parts) > limits.sheets:
        raise Unreadable(f"工作簿有 {len(parts)} 张工作表，超过 {limits.sheets} 张的上限。")
    months = month_styles(package)
    from_1904 = counts_from_1904(package)
    facts = {}
    replaced: dict[str, bytes] = {}
    for name, part in parts.items():
        if part not in package:
            raise Unreadable(BROKEN)
        watch.tell("检查文件")
        xml = package.part(part)
        bounded = within_bounds(xml, name)
        if bounded is not xml:
            replaced[part] = bounded
        facts[name] = sheet_facts(bounded, months)
        if bounded is not xml:
            facts[name].trimmed = True
            facts[name].far_columns = has_far_columns(xml)
    grids = _by_calamine(_repacked(package, replaced) if replaced else data, limits, watch)
    for grid in grids:
        grid.facts = facts.get(grid.name, grid.facts)
        grid.from_1904 = from_1904
    return grids


def _repacked(package: Package, replaced: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name in package.names():
            archive.writestr(name, replaced.get(name) or package.part(name))
    return out.getvalue()


def _by_calamine(data: bytes, limits: Limits, watch: Watch) -> list[Grid]:
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        return [
            _sheet(workbook, meta.name, meta.visible != SheetVisibleEnum.Visible, limits, watch)
            for meta in workbook.sheets_metadata
            if "WorkSheet" in str(meta.typ)
        ]
    except Unreadable:
        raise
    except BaseException as broken:  # a panic of the reader is no Exception
        if isinstance(broken, (KeyboardInterrupt, SystemExit)):
            raise
        if "assword" in type(broken).__name__ + str(broken):
            raise Unreadable(PASSWORD) from None
        raise Unreadable(BROKEN_XLS) from None


def _sheet(workbook: Any, name: str, hidden: bool, limits: Limits, watch: Watch) -> Grid:
    watch.tell("读取工作表")
    sheet = workbook.get_sheet_by_name(name)
    if sheet.start is None:
        return Grid(name, [], hidden=hidden)
    total = sheet.total_height
    if total > limits.rows or total * sheet.total_width > limits.cells:
        raise Unreadable(
            f"工作表“{name}”超过 {limits.rows} 行或 {limits.cells} 格。请删除空白行列，或分成几个文件上传。"
        )
    left = sheet.start[1]
    padding: list[Cell] = [""] * left
    rows: list[list[Cell]] = []
    for row in sheet.iter_rows():
        rows.append(padding + row if left else row)
        if len(rows) % _STEP == 0:
            watch.tell("读取工作表", len(rows), total)
    merges = [(top, begin, bottom, end) for (top, begin), (bottom, end) in sheet.merged_cell_ranges or ()]
    return Grid(name, squared(rows, limits.columns), merges, hidden)


def read_xls(data: bytes, limits: Limits, watch: Watch) -> list[Grid]:
    """The old binary format, and what WPS writes under it, in a child process."""
    watch.tell("读取工作表")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    try:
        child = subprocess.run(
            [sys.executable, "-m", "hengjian.rosters.reading.isolated"],
            input=json.dumps([limits.rows, limits.columns, limits.cells, limits.child_bytes, limits.seconds]).encode()
            + b"\n"
            + data,
            capture_output=True,
            timeout=limits.seconds,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unreadable(f"读取超过 {limits.seconds} 秒，已停止。请另存为 .xlsx 后重新上传。") from None
    if child.returncode != 0 or not child.stdout:
        raise Unreadable(BROKEN_XLS)
    answer = json.loads(child.stdout)
    if isinstance(answer, str):
        raise Unreadable(answer)
    from_1904 = _DATE_1904_RECORD in data[:65_536]
    return [
        Grid(
            name,
            [[decoded(cell) for cell in row] for row in rows],
            [tuple(m) for m in merges],
            hidden,
            from_1904=from_1904,
        )
        for name, rows, merges, hidden in answer
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
