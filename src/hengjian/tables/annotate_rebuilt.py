"""The copy laid out anew, for files that are no .xlsx: the same sheets, rows, columns and merges, plus marks."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

import xlsxwriter

from hengjian.kernel.words import in_words
from hengjian.tables.annotate_notes import SUMMARY, TITLES, WIDTHS, lines_of, notes_of
from hengjian.tables.facts import SheetFacts
from hengjian.tables.findings import Finding, Severity
from hengjian.tables.grid import Cell, Merge
from hengjian.tables.marks import FILLS, INKS, LINE, OPINION_WIDTH, SheetMarks, height_of
from hengjian.tables.outgoing import FONT, neutral, printable
from hengjian.tables.sheets import Opened, Sheet
from hengjian.tables.tongues import named, sheet_name

_NAME_FORBIDDEN = str.maketrans("[]:*?/\\", "（）：＊？／＼")
_SAMPLE = 200
# not said: forms of dates, as the file had them
_SHOWN = {"date": "yyyy-mm-dd", "month": 'yyyy"年"m"月"', "year": 'yyyy"年"'}


def rebuilt(reading: Opened, marks: Mapping[str, SheetMarks], findings: Sequence[Finding] = ()) -> bytes:
    out = BytesIO()
    options = {
        "date_1904": any(sheet.grid.from_1904 for sheet in reading.sheets),
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        formats = _Formats(book)
        taken: set[str] = set()
        pages = []
        for sheet in reading.sheets:
            if named(sheet.name, (SUMMARY,)):
                continue
            page = book.add_worksheet(_free_name(sheet.name, taken))
            _write(page, sheet, marks.get(sheet.name), formats)
            pages.append((page, sheet.grid.state))
        _write_summary(
            book.add_worksheet(_free_name(sheet_name(SUMMARY), taken)),
            lines_of(findings, reading.words.titles),
            formats,
        )
        _keep_states(pages)
    return out.getvalue()


def _free_name(name: str, taken: set[str]) -> str:
    base = printable(name).translate(_NAME_FORBIDDEN).strip("'")[:31] or in_words("表")
    free, number = base, 2
    while free.lower() in taken or free.lower() == "history":
        free = f"{base[:28]}_{number}"
        number += 1
    taken.add(free.lower())
    return free


class _Formats:
    """Formats by what they are for, made once."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.made: dict[tuple[str, Severity | None], Any] = {}

    def get(self, use: str, severity: Severity | None = None) -> Any:
        key = (use, severity)
        if key not in self.made:
            shape: dict[str, Any] = {"valign": "top", "font_name": FONT, "font_size": 11}
            if severity is not None and use != "opinion":
                shape |= {"bg_color": f"#{FILLS[severity][2:]}"}
            if use in _SHOWN:
                shape |= {"num_format": _SHOWN[use]}
            elif use == "text":
                shape |= {"num_format": "@"}
            elif use == "opinion":
                shape |= {"text_wrap": True, "font_size": 10}
                shape |= {"font_color": f"#{INKS[severity][2:]}"} if severity else {}
            elif use == "header":
                shape |= {
                    "bold": True,
                    "text_wrap": True,
                    "bg_color": "#EEF1F5",
                    "bottom": 1,
                    "bottom_color": "#8A94A6",
                }
            self.made[key] = self.book.add_format(shape)
        return self.made[key]


def _keep_states(pages: list[tuple[Any, str]]) -> None:
    """Hidden sheets stay hidden; the first visible one is what is seen."""
    shown = [page for page, state in pages if state == "visible"]
    if not shown:
        return
    shown[0].activate()
    shown[0].set_first_sheet()
    for page, state in pages:
        if state == "hidden":
            page.hide()
        elif state == "veryHidden":
            page.very_hidden()


def _write_summary(page: Any, lines: Sequence[tuple[str, ...]], formats: _Formats) -> None:
    for place, width in enumerate(WIDTHS):
        page.set_column(place, place, width)
    page.freeze_panes(1, 0)
    inks = {in_words(severity.label): formats.get("opinion", severity) for severity in Severity}
    for row, line in enumerate([tuple(map(in_words, TITLES)), *lines]):
        for column, text in enumerate(line):
            if text:
                shape = formats.get("header") if row == 0 else inks.get(line[3], formats.get("opinion"))
                page.write_string(row, column, neutral(printable(text))[:32_000], shape)


def _write(page: Any, sheet: Sheet, marks: SheetMarks | None, formats: _Formats) -> None:
    grid = sheet.grid
    for column, width in enumerate(_widths(grid.rows[:_SAMPLE], grid.width)):
        page.set_column(column, column, width, None, {"hidden": column in grid.facts.hidden_columns})
    if marks is not None:
        page.set_column(marks.column, marks.column, OPINION_WIDTH)
        page.freeze_panes(marks.header_row, 0)
    notes: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for place, column, text in notes_of(marks) if marks is not None else ():
        notes[place].append((column, text))
    first = sheet.header.first if sheet.header else -1
    for row, cells in enumerate(grid.rows):
        number = row + 1
        told = "" if marks is None else marks.heading if number == marks.header_row else marks.sentences.get(number, "")
        hidden = row in grid.facts.hidden_rows
        if (told and (height := height_of(told)) > LINE + 2) or hidden:
            page.set_row(row, height if told else None, None, {"hidden": hidden})
        heading = sheet.header is not None and first <= row < marks.header_row if marks else False
        marked = marks.cells.get(number, {}) if marks else {}
        for column, cell in enumerate(cells):
            if marks is not None and column == marks.column:
                continue
            severity = marked.get(column)
            cell = grid.facts.error_cells.get((row, column), cell) if cell == "" else cell
            if (row, column) in grid.filled:
                cell = ""  # it stands in the first cell of its merge
            if cell != "" or severity is not None:
                use = "header" if heading else _precision(grid.facts, (row, column))
                _cell(page, row, column, cell, formats, use, severity)
        for column, text in notes.get(row, ()):  # rows are written once, in order
            page.write_comment(
                row, column, printable(text), {"x_scale": 2.2, "author": in_words("核查"), "font_size": 9}
            )
        if marks is not None and number == marks.header_row:
            page.write_string(row, marks.column, marks.heading, formats.get("header"))
        elif marks is not None and number in marks.sentences:
            severity = marks.severities[number]
            page.write_string(
                row, marks.column, neutral(printable(marks.sentences[number])), formats.get("opinion", severity)
            )
    page.merge.extend(_apart(grid.merges, len(grid.rows), grid.width))  # merge_range would write the cells anew


def _apart(merges: list[Merge], height: int, width: int) -> list[list[int]]:
    """Merges that lie within the sheet and over no other: overlapping ones make a table program call the file broken."""
    kept: list[list[int]] = []
    for top, left, bottom, right in merges[:5000]:
        if bottom >= height or right >= width or (top == bottom and left == right):
            continue
        if all(bottom < t or top > b or right < le or left > r for t, le, b, r in kept):
            kept.append([top, left, bottom, right])
    return kept


def _precision(facts: SheetFacts, place: tuple[int, int]) -> str:
    """A cell that showed a month or a year only goes on doing so."""
    return "month" if place in facts.month_cells else "year" if place in facts.year_cells else ""


def _cell(page: Any, row: int, column: int, cell: Cell, formats: _Formats, use: str, severity: Severity | None) -> None:
    if isinstance(cell, bool):
        page.write_boolean(row, column, cell, formats.get(use, severity))
    elif isinstance(cell, (int, float)) and math.isfinite(cell):
        page.write_number(row, column, cell, formats.get(use, severity))
    elif isinstance(cell, (datetime, date)) and not isinstance(cell, (time, timedelta)) and cell.year >= 1900:
        page.write_datetime(row, column, cell, formats.get(use if use in ("month", "year") else "date", severity))
    else:
        text = neutral(printable(str(cell)))
        page.write_string(row, column, text[:32_000], formats.get(use or "text", severity))


def _widths(rows: list[list[Cell]], columns: int) -> list[float]:
    """Wide enough for what stands in the first rows, title rows aside."""
    widths = [8.0] * columns
    for cells in rows:
        if sum(cell != "" for cell in cells) < 2:
            continue
        for column, cell in enumerate(cells):
            shown = max(
                (sum(2 if ord(sign) > 255 else 1 for sign in line) for line in str(cell)[:80].splitlines()), default=0
            )
            widths[column] = max(widths[column], min(shown * 1.05 + 2, 40.0))
    return widths
