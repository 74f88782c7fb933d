"""A workbook's own parts: which sheets it has, where they lie, how dates count, how cells are shown.

Found by relations and content, never by custom of naming: a target may be `./worksheets/sheet1.xml`, a name may carry
backslashes or other capitals, a sheet may have no part at all.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from hengjian.tables.limits import Unreadable
from hengjian.tables.package import BROKEN, Package
from hengjian.tables.xml import Malformed, walk

_literal = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
MONTH_FORMATS = frozenset({17, 27, 36, 50, 52, 57})  # built in, in a Chinese workbook; ECMA-376 part 1, 18.8.30
TRUE = frozenset({"1", "true", "on"})


@dataclass(frozen=True)
class SheetEntry:
    """`state` is visible, hidden or veryHidden; `part` the path of the sheet, as it stands in the package."""

    name: str
    state: str
    part: str


@dataclass
class Book:
    """`odd`: a reader that goes by custom would not find its way; it gets the workbook laid out anew."""

    part: str
    sheets: list[SheetEntry]
    styles: str = ""
    strings: str = ""
    from_1904: bool = False
    odd: bool = False


@dataclass(frozen=True)
class Relation:
    kind: str
    target: str
    external: bool
    plain: bool


def walked(package: Package, part: str, begin: Any, end: Any = None) -> None:
    try:
        walk(package.part(part), begin, end)
    except Malformed as broken:
        raise Unreadable(BROKEN) from broken


def relations_of(package: Package, part: str) -> dict[str, Relation]:
    """Id → relation of one part; targets are paths of the package."""
    folder, _, leaf = part.rpartition("/")
    name = package.named(posixpath.join(folder, "_rels", f"{leaf}.rels"))
    found: dict[str, Relation] = {}

    def begin(tag: str, given: Mapping[str, str]) -> None:
        if tag == "Relationship":
            target = given.get("Target", "")
            path = _resolved(folder, target)
            there = package.named(path)
            external = given.get("TargetMode", "").lower() == "external"
            kind = given.get("Type", "").rpartition("/")[2]
            plain = there == path and not target.startswith(".") and "\\" not in target
            found[given.get("Id", "")] = Relation(kind, there or path, external, plain)

    if name:
        walked(package, name, begin)
    return found


def _resolved(folder: str, target: str) -> str:
    plain = target.replace("\\", "/").partition("#")[0]
    path = plain if plain.startswith("/") else posixpath.join("/", folder, plain)
    return posixpath.normpath(path).lstrip("/")


def book_of(package: Package) -> Book:
    """The workbook; raises `Unreadable` where there is none."""
    root = relations_of(package, "")
    part = next((r.target for r in root.values() if r.kind == "officeDocument" and not r.external), "")
    part = part or package.named("xl/workbook.xml")
    if not part or part not in package:
        raise Unreadable(BROKEN)
    relations = relations_of(package, part)
    if not relations:
        raise Unreadable(BROKEN)
    book = Book(part, [], odd=package.odd or any(not r.plain for r in root.values() if r.kind == "officeDocument"))

    def begin(tag: str, given: Mapping[str, str]) -> None:
        if tag == "workbookPr":
            book.from_1904 = given.get("date1904", "").lower() in TRUE
        elif tag == "sheet":
            relation = relations.get(given.get("id", ""))
            if relation is None:
                book.odd = True  # a module sheet of old macros has no part; nothing of it is read
            elif relation.kind == "worksheet":
                book.odd |= not relation.plain
                book.sheets.append(SheetEntry(given.get("name", ""), given.get("state", "visible"), relation.target))

    walked(package, part, begin)
    for relation in relations.values():
        if relation.external or relation.target not in package:
            continue
        if relation.kind == "styles":
            book.styles, book.odd = relation.target, book.odd or not relation.plain
        elif relation.kind == "sharedStrings":
            book.strings, book.odd = relation.target, book.odd or not relation.plain
    return book


@dataclass
class Shown:
    """Cell formats (by their number) that show year and month only, and the year only."""

    months: set[int] = field(default_factory=set)
    years: set[int] = field(default_factory=set)


def precision_of(code: str) -> str:
    """What a number format shows of a date: month, year, or an empty text for anything else."""
    bare = _literal.sub("", code.split(";")[0]).lower()
    if "y" not in bare or "d" in bare or "h" in bare or "s" in bare:
        return ""
    return "month" if "m" in bare else "year"


def shown_by(package: Package, styles: str) -> Shown:
    shown = Shown()
    own: dict[str, str] = {}
    inside: list[str] = []
    place = 0

    def begin(tag: str, given: Mapping[str, str]) -> None:
        nonlocal place
        if tag == "numFmt":
            own[given.get("numFmtId", "")] = given.get("formatCode", "")
        elif tag == "cellXfs":
            inside.append(tag)
        elif tag == "xf" and inside:
            number = given.get("numFmtId", "0")
            kind = precision_of(own[number]) if number in own else ""
            if number not in own and number.isdigit() and int(number) in MONTH_FORMATS:
                kind = "month"
            if kind:
                (shown.months if kind == "month" else shown.years).add(place)
            place += 1

    def end(tag: str) -> None:
        if tag == "cellXfs" and inside:
            inside.pop()

    if styles:
        walked(package, styles, begin, end)
    return shown


_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def laid_out(package: Package, book: Book, sheets: Mapping[str, bytes]) -> bytes:
    """The workbook as every reader expects it: only the parts that are read, under the customary names."""
    out = BytesIO()
    parts = [(f"worksheets/sheet{place}.xml", "worksheet", "worksheet") for place in range(1, len(book.sheets) + 1)]
    contents = [sheets.get(entry.part) or package.part(entry.part) for entry in book.sheets]
    for path, kind in ((book.styles, "styles"), (book.strings, "sharedStrings")):
        if path:
            parts.append((f"{kind}.xml", kind, kind))
            contents.append(package.part(path))
    listed = "".join(
        f'<sheet name="{_quoted(entry.name)}" sheetId="{place}" state="{_quoted(entry.state)}" r:id="rId{place}"/>'
        for place, entry in enumerate(book.sheets, start=1)
    )
    epoch = '<workbookPr date1904="1"/>' if book.from_1904 else ""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        overrides = "".join(
            f'<Override PartName="/xl/{path}" ContentType="{_SHEET_TYPE}.{kind}+xml"/>' for path, kind, _ in parts
        )
        archive.writestr(
            "[Content_Types].xml",
            _HEAD
            + f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET_TYPE}.sheet.main+xml"/>{overrides}</Types>'.encode(),
        )
        archive.writestr("_rels/.rels", _relations([("xl/workbook.xml", "officeDocument")]))
        archive.writestr(
            "xl/workbook.xml",
            _HEAD
            + f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{epoch}<sheets>{listed}</sheets></workbook>'.encode(),
        )
        archive.writestr("xl/_rels/workbook.xml.rels", _relations([(path, kind) for path, _, kind in parts]))
        for (path, _, _), content in zip(parts, contents, strict=True):
            archive.writestr(f"xl/{path}", content)
    return out.getvalue()


def _relations(targets: list[tuple[str, str]]) -> bytes:
    told = "".join(
        f'<Relationship Id="rId{place}" Type="{_OFFICE}/{kind}" Target="{path}"/>'
        for place, (path, kind) in enumerate(targets, start=1)
    )
    return _HEAD + f'<Relationships xmlns="{_PACKAGE}/relationships">{told}</Relationships>'.encode()


def _quoted(text: str) -> str:
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(sign, entity)
    return text
