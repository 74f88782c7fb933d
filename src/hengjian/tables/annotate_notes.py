"""Beside the marks: a note on each marked cell, and one sheet with every finding in the order of the file.

A note shows its sentence where the hand is; the sheet (核查意见汇总) is what is printed or handed on. Both are bounded: a table program
opens a thousand notes at once and no more, and the sheet says how many findings it leaves to the rows.
"""

from collections.abc import Iterable, Mapping, Sequence

from hengjian.kernel.words import in_words, say
from hengjian.tables.findings import Finding, Severity
from hengjian.tables.limits import Limits
from hengjian.tables.marks import SheetMarks
from hengjian.tables.markup import column_letters
from hengjian.tables.outgoing import escaped, neutral

SUMMARY = "核查意见汇总"
TITLES = ("工作表", "行号", "栏目", "轻重", "问题", "怎样改正", "原值", "读作", "依据")
WIDTHS = (14, 6, 18, 8, 60, 48, 24, 24, 40)
MOST_NOTES = Limits().notes
MOST_LINES = Limits().summary_lines
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def notes_of(marks: SheetMarks) -> list[tuple[int, int, str]]:
    """(row, column, text), both from 0, the heaviest first where there are too many."""
    placed = [
        (row - 1, column, text) for row, cells in sorted(marks.notes.items()) for column, text in sorted(cells.items())
    ]
    if len(placed) <= MOST_NOTES:
        return placed
    errors = [note for note in placed if marks.cells[note[0] + 1].get(note[1]) is Severity.ERROR]
    return errors[:MOST_NOTES]


def lines_of(findings: Iterable[Finding], titles: Mapping[str, str]) -> list[tuple[str, ...]]:
    """The findings as rows of the summary, by sheet and row, the heaviest first."""
    ordered = sorted(findings, key=lambda f: (f.sheet, f.row, f.severity.weight))
    lines: list[tuple[str, ...]] = [
        (
            f.sheet,
            str(f.row) if f.row else in_words("整表"),
            in_words(titles.get(f.column, "")),
            in_words(f.severity.label),
            in_words(f.message),
            in_words(f.remedy),
            in_words(f.old),
            in_words(f.new),
            f.clause,
        )
        for f in ordered[:MOST_LINES]
    ]
    if len(ordered) > MOST_LINES:
        more = say("另有 {more} 条，见各行的“核查意见”。", more=len(ordered) - MOST_LINES)
        lines.append(("", "", "", "", in_words(more), "", "", "", ""))
    return lines


def summary_part(lines: Iterable[tuple[str, ...]], heading: int, styles: Mapping[str, int]) -> bytes:
    """The sheet as a part of a workbook; `heading` and `styles` are numbers of cell formats, by the label of the severity."""
    columns = "".join(
        f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
        for place, width in enumerate(WIDTHS, start=1)
    )
    rows = [_row(1, tuple(map(in_words, TITLES)), [heading] * len(TITLES))]
    rows += [_row(number, line, [styles.get(line[3], 0)] * len(line)) for number, line in enumerate(lines, start=2)]
    view = '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}">{view}<cols>{columns}</cols><sheetData>{"".join(rows)}</sheetData></worksheet>'
    ).encode()


def _row(number: int, cells: Sequence[str], styles: Sequence[int]) -> str:
    told = "".join(
        f'<c r="{column_letters(place)}{number}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{escaped(neutral(text))}</t></is></c>'
        for place, (text, style) in enumerate(zip(cells, styles, strict=True))
        if text
    )
    return f'<row r="{number}">{told}</row>'


def comments_part(notes: Sequence[tuple[int, int, str]]) -> bytes:
    told = "".join(
        f'<comment ref="{column_letters(column)}{row + 1}" authorId="0"><text><t xml:space="preserve">{escaped(text)}</t></text></comment>'
        for row, column, text in notes
    )
    return (
        f'{_HEAD}<comments xmlns="{_MAIN}"><authors><author>{escaped(in_words("核查"))}</author></authors><commentList>{told}</commentList></comments>'
    ).encode()


def drawing_part(notes: Sequence[tuple[int, int, str]], sheet: int) -> bytes:
    """The boxes of the notes, hidden until the hand is over the cell (VML, the only form every table program knows)."""
    shapes = "".join(_box(sheet * 1024 + place, row, column) for place, (row, column, _) in enumerate(notes, start=1))
    return (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
        f'<o:idmap v:ext="edit" data="{sheet}"/></o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
        'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/>'
        f"</v:shapetype>{shapes}</xml>"
    ).encode()


def _box(number: int, row: int, column: int) -> str:
    anchor = f"{column + 1}, 12, {max(row - 1, 0)}, 6, {column + 4}, 40, {row + 4}, 6"
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;visibility:hidden" fillcolor="#fffbe6" '
        'o:insetmode="auto"><v:fill color2="#fffbe6"/><v:path o:connecttype="none"/><v:textbox/>'
        f'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
        f"<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )
