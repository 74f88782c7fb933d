"""Findings laid out for the copy: which cell is marked, and the sentence beside each row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from hengjian.kernel.words import in_words, say, unstopped
from hengjian.tables.findings import Finding, Severity
from hengjian.tables.header import OPINION
from hengjian.tables.sheets import Opened, Sheet
from hengjian.tables.tongues import means

FILLS: Mapping[Severity, str] = {Severity.ERROR: "FFF4C7C3", Severity.WARNING: "FFFCE8B2", Severity.NOTE: "FFE3EDF7"}
INKS: Mapping[Severity, str] = {Severity.ERROR: "FF9C1C12", Severity.WARNING: "FF7A5200", Severity.NOTE: "FF44546A"}
OPINION_WIDTH = 64.0
LINE = 14.5  # height of one line of a sentence, in points
_MOST = 30_000  # a cell holds 32,767 characters


class NotPatchable(Exception):
    """The original cannot be marked in place; it is laid out anew instead."""


@dataclass
class SheetMarks:
    """What is to be marked on one sheet; rows are 1-based, columns from 0."""

    header_row: int
    column: int
    heading: str
    sentences: dict[int, str] = field(default_factory=dict)
    severities: dict[int, Severity] = field(default_factory=dict)
    cells: dict[int, dict[int, Severity]] = field(default_factory=lambda: defaultdict(dict))
    notes: dict[int, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))


def marks_of(reading: Opened, findings: Iterable[Finding]) -> dict[str, SheetMarks]:
    """Findings laid out by sheet, row and cell; a sheet that was not read gets no column."""
    by_sheet: dict[str, dict[int, list[Finding]]] = defaultdict(lambda: defaultdict(list))
    for finding in findings:
        by_sheet[finding.sheet][finding.row].append(finding)
    return {
        sheet.name: _sheet_marks(sheet, by_sheet.get(sheet.name, {}), reading.words.titles)
        for sheet in reading.sheets
        if sheet.header is not None
    }


def _sheet_marks(sheet: Sheet, rows: Mapping[int, list[Finding]], titles: Mapping[str, str]) -> SheetMarks:
    marks = SheetMarks(sheet.header_row, opinion_column(sheet), in_words(OPINION))
    general = [finding.sentence for row in (0, marks.header_row) for finding in rows.get(row, ())]
    if general:
        marks.heading = "\n".join([marks.heading, *map(in_words, general)])
    inside = set(_inside_merges(sheet, rows))
    for row, found in rows.items():
        if row in (0, marks.header_row):
            continue
        found.sort(key=lambda finding: finding.severity.weight)
        marks.sentences[row] = sentence_of(found, titles)
        marks.severities[row] = found[0].severity
        by_cell: dict[int, list[Finding]] = defaultdict(list)
        for finding in found:
            column = sheet.column_of(finding.column, row) if finding.column else None
            if column is not None:
                by_cell[column].append(finding)
        for column, told in by_cell.items():
            marks.cells[row][column] = told[0].severity
            if (row - 1, column) not in inside:  # within a merge there is no cell to carry a note
                marks.notes[row][column] = sentence_of(told, titles)
    return marks


def _inside_merges(sheet: Sheet, rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Places (from 0) covered by a merge, its first cell aside, in the rows that have findings."""
    wanted = {row - 1 for row in rows}
    for top, left, bottom, right in sheet.grid.merges:
        for row in wanted.intersection(range(top, bottom + 1)) if bottom - top < 1000 else wanted:
            if top <= row <= bottom:
                for column in range(left, min(right, sheet.grid.width) + 1):
                    if (row, column) != (top, left):
                        yield row, column


def opinion_column(sheet: Sheet) -> int:
    """The column of an earlier copy, else the first free one on the right."""
    if sheet.header is not None:
        for place, label in enumerate(sheet.header.labels):
            if means(label, OPINION):
                return place
    return sheet.grid.width


def sentence_of(findings: Iterable[Finding], titles: Mapping[str, str]) -> str:
    """One line per finding in the reader's language, the heaviest first; `titles` by the keys of the columns."""
    lines = []
    for finding in findings:
        title = titles.get(finding.column, "")
        where = say("{title}：", title=title) if title and not finding.message.startswith(title) else ""
        change = (
            say("（{old} → {new}）", old=finding.old, new=finding.new)
            if finding.new and finding.old != finding.new
            else ""
        )
        message = (
            say("{message_}{change}。", message_=unstopped(finding.message), change=change)
            if change
            else finding.message
        )
        lines.append(
            in_words(
                say(
                    "【{label}】{where}{message_}{remedy}",
                    label=finding.severity.label,
                    where=where,
                    message_=message,
                    remedy=finding.remedy,
                )
            )
        )
    return "\n".join(dict.fromkeys(lines))[:_MOST]


def height_of(text: str) -> float:
    """How high a row must be for its sentences to be seen whole; Chinese signs are two wide."""
    lines = 0
    for line in text.split("\n"):
        width = sum(2 if ord(sign) > 0xFF else 1 for sign in line)
        lines += max(1, -(-width // int(OPINION_WIDTH - 2)))
    return min(lines * LINE + 2, 400.0)
