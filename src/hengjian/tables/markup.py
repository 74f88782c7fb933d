"""What a sheet's XML says that the fast reader does not tell: where things are, how they are shown, what is broken.

Marks are looked for first, so an ordinary sheet costs a few searches over the bytes; where there is one, the sheet is walked by a
parser. Nothing here builds a tree, resolves an entity or computes a formula.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from hengjian.kernel.words import say
from hengjian.tables.book import TRUE, Shown
from hengjian.tables.facts import SheetFacts
from hengjian.tables.limits import Limits, Unreadable
from hengjian.tables.package import BROKEN
from hengjian.tables.xml import Malformed, walk

_far_column = re.compile(rb"r\s*=\s*[\"'](?:[A-Za-z]{3,}|[H-Zh-z][A-Za-z]|[Gg][S-Zs-z])\d")
_far_cell = re.compile(
    rb'<(?:\w+:)?c r="(?:[A-Z]{3,}|[H-Z][A-Z]|G[S-Z])\d+"[^<>]*?(?:/>|>(?:[^<]++|<(?!/?(?:\w+:)?c[\s>]))*+</(?:\w+:)?c>)'
)
_far_row = re.compile(rb"r\s*=\s*[\"'][A-Za-z]{0,3}(?:[2-9]\d{5}|[1-9]\d{6,})[\"']")
_unusual = re.compile(rb"r(?:\s|=[\s'])")  # a place written in a way the next pattern would not see
_far = re.compile(rb' r="(?![A-Fa-f]?[A-Za-z]?(?:[1-9]\d{0,4}|1\d{5})")(?!G[A-R](?:[1-9]\d{0,4}|1\d{5})")')
_far_row_element = re.compile(
    rb'<(?:\w+:)?row r="(?:[2-9]\d{5}|[1-9]\d{6,})"[^<>]*?(?:/>|>(?:\s*<(?:\w+:)?c [^<>]*/>)*\s*</(?:\w+:)?row>)'
)


def column_number(letters: str) -> int:
    """A → 0, Z → 25, AA → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(number: int) -> str:
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


_MARKS = re.compile(rb"hidden|\bt\s*=\s*[\"']e[\"']|<(?:[\w-]+:)?f[\s/>]|\b(?:ht|width)\s*=\s*[\"']0(?:\.0*)?[\"']")
_MOST_COLUMNS = Limits().columns


def sheet_facts(xml: bytes, shown: Shown) -> SheetFacts:
    """The facts of one sheet."""
    facts = SheetFacts()
    if not shown.months and not shown.years and _MARKS.search(xml) is None:
        return facts
    walker = _Walker(facts, shown)
    try:
        walk(xml, walker.begin, walker.end, walker.text)
    except Malformed as broken:
        raise Unreadable(BROKEN) from broken
    return facts


class _Walker:
    """Counts rows and cells where they do not say their place themselves."""

    def __init__(self, facts: SheetFacts, shown: Shown) -> None:
        self.facts = facts
        self.months = {str(number) for number in shown.months}
        self.years = {str(number) for number in shown.years}
        self.row = self.column = -1
        self.kind = ""
        self.formula = False
        self.words: list[str] | None = None
        self.value = ""

    def begin(self, tag: str, given: Mapping[str, str]) -> None:
        if tag == "c":
            place = given.get("r", "")
            self.column = column_number(place.rstrip("0123456789").upper()) if place else self.column + 1
            self.kind, self.formula, self.value = given.get("t", ""), False, ""
            style = given.get("s", "")
            if style in self.months:
                self.facts.month_cells.add((self.row, self.column))
            elif style in self.years:
                self.facts.year_cells.add((self.row, self.column))
        elif tag == "row":
            number = given.get("r", "")
            self.row = int(number) - 1 if number.isdigit() else self.row + 1
            self.column = -1
            if given.get("hidden", "").lower() in TRUE or _nothing(given.get("ht")):
                self.facts.hidden_rows.add(self.row)
        elif tag == "f":
            self.formula = True
        elif tag in ("v", "is"):
            self.words = []
        elif tag == "col" and (given.get("hidden", "").lower() in TRUE or _nothing(given.get("width"))):
            first, last = given.get("min", ""), given.get("max", "")
            if first.isdigit() and last.isdigit():
                self.facts.hidden_columns.update(range(int(first) - 1, min(int(last), _MOST_COLUMNS)))

    def text(self, words: str) -> None:
        if self.words is not None:
            self.words.append(words)

    def end(self, tag: str) -> None:
        if tag in ("v", "is"):
            self.value, self.words = "".join(self.words or ()), None
        elif tag == "c":
            if self.kind == "e":
                self.facts.error_cells[(self.row, self.column)] = self.value or "#VALUE!"
            elif self.formula and not self.value:
                self.facts.bare_formulas.add((self.row, self.column))


def _nothing(size: str | None) -> bool:
    """A height or width of nothing hides as well."""
    try:
        return size is not None and float(size) == 0
    except ValueError:
        return False


_WHOLE = re.compile(
    rb"(<(?:[\w-]+:)?mergeCell\s[^<>]*?\bref\s*=\s*[\"'])\$?([A-Za-z]*)\$?(\d*):\$?([A-Za-z]*)\$?(\d*)(?=[\"'])"
)


def with_bounded_merges(xml: bytes, last_row: int) -> bytes:
    """Merges of whole rows (1:1) and columns (A:A), which are legal, in the form with corners that the fast reader knows."""

    def corners(found: re.Match[bytes]) -> bytes:
        head, left, top, right, bottom = found.groups()
        if left and top and right and bottom:
            return found[0]
        return b"%b%b%b:%b%b" % (
            head,
            left or b"A",
            top or b"1",
            right or column_letters(_MOST_COLUMNS - 1).encode(),
            bottom or str(last_row).encode(),
        )

    begin = xml.rfind(b"mergeCells", 0, xml.rfind(b"mergeCells")) if b"mergeCell" in xml else -1
    return xml if begin < 0 else xml[: begin - 40] + _WHOLE.sub(corners, xml[begin - 40 :])


def has_far_columns(xml: bytes) -> bool:
    return _far_column.search(xml, max(xml.find(b"<sheetData"), 0)) is not None


def within_bounds(xml: bytes, name: str) -> bytes:
    """The sheet without formatted emptiness far away; refuses where something is filled in there.

    The fast reader lays a sheet out as a full rectangle, so one cell in the last corner would take all memory.
    """
    begin = max(xml.find(b"<sheetData"), 0)
    if _unusual.search(xml, begin) is None and _far.search(xml, begin) is None:
        return xml
    if has_far_columns(xml):
        xml = _far_cell.sub(b"", xml)
        if has_far_columns(xml):
            raise Unreadable(say("工作表“{name}”右侧很远处还有内容。请删除表格右侧的空白列后重新上传。", name=name))
    if _far_row.search(xml):
        xml = _far_row_element.sub(b"", xml)
        if _far_row.search(xml):
            raise Unreadable(
                say("工作表“{name}”超过 199999 行。请删除表格下方的空白行，或分成几个文件上传。", name=name)
            )
    return xml
