"""What a workbook's XML says that the fast reader does not tell: where things are, how they are shown, what is broken.

Everything is looked for by its mark first, so an ordinary workbook costs a few searches over the bytes. Nothing here builds a
tree, resolves an entity or computes a formula.
"""

import re
from dataclasses import dataclass, field

from hengjian.rosters.reading.limits import Unreadable
from hengjian.rosters.reading.package import BROKEN, Package

_attribute = re.compile(rb'([\w:.-]+)\s*=\s*(?:"([^"]*)"|\'([^\']*)\')')
_sheet = re.compile(rb"<(?:\w+:)?sheet\s([^<>]*)/?>")
_relation = re.compile(rb"<(?:\w+:)?Relationship\s([^<>]*)/?>")
_number_format = re.compile(rb"<(?:\w+:)?numFmt\s([^<>]*)/?>")
_cell_formats = re.compile(rb"<(?:\w+:)?cellXfs\b")
_cell_formats_end = re.compile(rb"</(?:\w+:)?cellXfs>")
_format = re.compile(rb"<(?:\w+:)?xf\s([^<>]*)>")
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
_hidden_row = re.compile(rb'<(?:\w+:)?row\b(?=[^<>]*\bhidden="(?:1|true)")[^<>]*?\br="(\d+)"')
_error_cell = re.compile(
    rb'<(?:\w+:)?c r="([A-Z]+)(\d+)"[^<>]*?\bt="e"[^<>]*>\s*(?:<(?:\w+:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>))?\s*<(?:\w+:)?v>([^<]*)<'
)
_bare_formula = re.compile(
    rb'<(?:\w+:)?c r="([A-Z]+)(\d+)"[^<>]*>\s*<(?:\w+:)?f\b(?:[^<>]*/>|[^<>]*>[^<]*</(?:\w+:)?f>)\s*'
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_literal = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')

MONTH_FORMATS = frozenset({17, 27, 36, 50, 52, 57})  # built in, in a Chinese workbook; ECMA-376 part 1, 18.8.30


@dataclass
class SheetFacts:
    """Places are (row, column), both from 0."""

    hidden_rows: set[int] = field(default_factory=set)
    error_cells: dict[tuple[int, int], str] = field(default_factory=dict)
    bare_formulas: set[tuple[int, int]] = field(default_factory=set)
    month_cells: set[tuple[int, int]] = field(default_factory=set)
    year_cells: set[tuple[int, int]] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    trimmed: bool = False
    far_columns: bool = False


def attributes(tag: bytes) -> dict[str, str]:
    """Attributes of one tag by their local names."""
    return {
        name.decode().rpartition(":")[2]: (double or single).decode("utf-8", "replace")
        for name, double, single in _attribute.findall(tag)
    }


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


def workbook_part(package: Package) -> str:
    """The path of the workbook, found by its relation and not by custom."""
    for tag in _relation.findall(package.part("_rels/.rels")) if "_rels/.rels" in package else ():
        found = attributes(tag)
        if found.get("Type", "").endswith("/officeDocument"):
            return found.get("Target", "").lstrip("/")
    return "xl/workbook.xml"


def sheet_parts(package: Package) -> dict[str, str]:
    """Sheet name → path of its part."""
    book = workbook_part(package)
    folder, _, leaf = book.rpartition("/")
    relations = f"{folder}/_rels/{leaf}.rels" if folder else f"_rels/{leaf}.rels"
    if book not in package or relations not in package:
        raise Unreadable(BROKEN)
    targets = {}
    for tag in _relation.findall(package.part(relations)):
        found = attributes(tag)
        target = found.get("Target", "")
        targets[found.get("Id", "")] = (
            target.lstrip("/") if target.startswith("/") else f"{folder}/{target}".lstrip("/")
        )
    sheets = {}
    for tag in _sheet.findall(package.part(book)):
        found = attributes(tag)
        if found.get("name") and found.get("id") in targets:
            sheets[_unescaped(found["name"])] = targets[found["id"]]
    return sheets


def _unescaped(text: str) -> str:
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(entity, sign)
    return text


def counts_from_1904(package: Package) -> bool:
    return re.search(rb'date1904="(?:1|true)"', package.part(workbook_part(package))) is not None


def _shows_month_only(code: str) -> bool:
    bare = _literal.sub("", code.split(";")[0]).lower()
    return "y" in bare and "m" in bare and "d" not in bare and "h" not in bare and "s" not in bare


def month_styles(package: Package) -> set[int]:
    """Indices of cell formats that show year and month only; among the built-in ones 17, 27 and 57."""
    styles = next((name for name in package.names() if name.endswith("/styles.xml")), "")
    if not styles:
        return set()
    raw = package.part(styles)
    own = {
        int(found["numFmtId"]): _unescaped(found.get("formatCode", ""))
        for found in map(attributes, _number_format.findall(raw))
        if found.get("numFmtId", "").isdigit()
    }
    months = {number for number in MONTH_FORMATS if number not in own}
    months |= {number for number, code in own.items() if _shows_month_only(code)}
    begin = _cell_formats.search(raw)
    end = _cell_formats_end.search(raw, begin.end()) if begin else None
    if begin is None or end is None:
        return set()
    return {
        place
        for place, tag in enumerate(_format.findall(raw, begin.end(), end.start()))
        if attributes(tag).get("numFmtId", "0") in {str(number) for number in months}
    }


def sheet_facts(xml: bytes, months: set[int]) -> SheetFacts:
    """The facts of one sheet."""
    facts = SheetFacts()
    if b"hidden=" in xml:
        facts.hidden_rows = {int(number) - 1 for number in _hidden_row.findall(xml)}
    if b't="e"' in xml:
        found = ((_place(cell, row), value.decode("utf-8", "replace")) for cell, row, value in _error_cell.findall(xml))
        facts.error_cells = dict(found)
    if b"<f" in xml or (b"<sheetData" not in xml and b":f>" in xml):
        facts.bare_formulas = {_place(*place) for place in _bare_formula.findall(xml)}
    if months:
        chosen = b"|".join(str(number).encode() for number in sorted(months))
        shown = re.compile(rb'<(?:\w+:)?c r="([A-Z]+)(\d+)" s="(?:' + chosen + rb')"')
        facts.month_cells = {_place(*place) for place in shown.findall(xml)}
    return facts


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
            raise Unreadable(f"工作表“{name}”右侧很远处还有内容。请删除名册右侧的空白列后重新上传。")
    if _far_row.search(xml):
        xml = _far_row_element.sub(b"", xml)
        if _far_row.search(xml):
            raise Unreadable(f"工作表“{name}”超过 199999 行。请删除名册下方的空白行，或分成几个文件上传。")
    return xml


def _place(letters: bytes, row: bytes) -> tuple[int, int]:
    return int(row) - 1, column_number(letters.decode())
