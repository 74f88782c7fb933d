"""The records of an old workbook, walked from one to the next: what the fast reader does not tell of them.

[MS-XLS] 2.1.4: a stream of records (number, length, body); the globals come first and say where each sheet begins. Only what
stands beside the values is taken: states of sheets, hidden rows and columns, error values, how dates are shown and counted,
whether there is a password, and the texts in cells of their own, which the fast reader decodes wrongly under an Eastern code page.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from hengjian.tables.book import MONTH_FORMATS, precision_of
from hengjian.tables.facts import SheetFacts

BOF, EOF, BOUNDSHEET, FILEPASS, DATEMODE, CODEPAGE = 0x0809, 0x0A, 0x85, 0x2F, 0x22, 0x42
FORMAT, XF, ROW, COLINFO, BOOLERR, LABEL, RSTRING = 0x041E, 0xE0, 0x0208, 0x7D, 0x0205, 0x0204, 0xD6
FORMULA = frozenset({0x06, 0x0206, 0x0406})
NUMBERS = frozenset({0x0203, 0x027E}) | FORMULA
MULRK = 0xBD
BIFF8 = 0x0600
ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
STATES = ("visible", "hidden", "veryHidden")
# Code pages of two bytes a character; the Latin ones need no help.
WIDE_PAGES = {932: "cp932", 936: "gb18030", 949: "cp949", 950: "cp950", 1361: "johab", 54936: "gb18030"}


@dataclass
class OldSheet:
    state: str
    offset: int
    name: str = ""
    facts: SheetFacts = field(default_factory=SheetFacts)
    texts: dict[tuple[int, int], str] = field(default_factory=dict)


@dataclass
class OldBook:
    sheets: list[OldSheet] = field(default_factory=list)
    from_1904: bool = False
    password: bool = False
    page: str = ""
    formats: dict[int, str] = field(default_factory=dict)
    shown: list[str] = field(default_factory=list)  # per cell format: month, year or nothing
    version: int = BIFF8


def records(stream: bytes, start: int = 0) -> Iterator[tuple[int, bytes]]:
    """Number and body of each record; a cut one ends the walk."""
    at = start
    while at + 4 <= len(stream):
        number, length = struct.unpack_from("<HH", stream, at)
        if at + 4 + length > len(stream):
            return
        yield number, stream[at + 4 : at + 4 + length]
        at += 4 + length


def old_book(stream: bytes) -> OldBook:
    """What stands in the globals and beside the values of every sheet."""
    book = OldBook()
    kinds: list[int] = []
    for number, body in records(stream):
        if number == BOF and len(body) >= 2:
            book.version = struct.unpack_from("<H", body)[0]
        elif number == FILEPASS:
            book.password = True
            return book
        elif number == DATEMODE and len(body) >= 2:
            book.from_1904 = struct.unpack_from("<H", body)[0] == 1
        elif number == CODEPAGE and len(body) >= 2:
            book.page = WIDE_PAGES.get(struct.unpack_from("<H", body)[0], "")
        elif number == BOUNDSHEET and len(body) >= 6:
            offset, state = struct.unpack_from("<IB", body)
            name = _text(book, body[7:], body[6]) if len(body) > 7 else ""
            book.sheets.append(OldSheet(STATES[min(state & 3, 2)], offset, name))
        elif number == FORMAT and len(body) > 3:
            _take_format(book, body)
        elif number == XF and len(body) >= 4:
            kinds.append(struct.unpack_from("<H", body, 2)[0])
        elif number == EOF:
            break
    for kind in kinds:
        own = precision_of(book.formats[kind]) if kind in book.formats else ""
        book.shown.append(own or ("month" if kind not in book.formats and kind in MONTH_FORMATS else ""))
    for sheet in book.sheets:
        _walk_sheet(book, sheet, stream)
    return book


def _take_format(book: OldBook, body: bytes) -> None:
    number = struct.unpack_from("<H", body)[0]
    if book.version == BIFF8:
        text = _text(book, body[4:], struct.unpack_from("<H", body, 2)[0]) if len(body) > 4 else ""
    else:
        text = _text(book, body[3:], body[2])
    book.formats[number] = text


def _walk_sheet(book: OldBook, sheet: OldSheet, stream: bytes) -> None:
    facts, depth = sheet.facts, 0
    for number, body in records(stream, sheet.offset):
        if number == BOF:
            depth += 1
        elif number == EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth > 1 or len(body) < 6:
            continue  # a chart within the sheet
        elif number == ROW and len(body) >= 14:
            row, flags = struct.unpack_from("<H", body)[0], struct.unpack_from("<H", body, 12)[0]
            if flags & 0x20:
                facts.hidden_rows.add(row)
        elif number == COLINFO and len(body) >= 10:
            first, last, width, _, flags = struct.unpack_from("<HHHHH", body)
            if flags & 1 or width == 0:
                facts.hidden_columns.update(range(first, min(last, 255) + 1))
        elif number == MULRK:
            row, first = struct.unpack_from("<HH", body)
            for place in range((len(body) - 6) // 6):
                _take_shown(book, facts, (row, first + place), struct.unpack_from("<H", body, 4 + place * 6)[0])
        elif number in NUMBERS or number in (BOOLERR, LABEL, RSTRING):
            row, column, style = struct.unpack_from("<HHH", body)
            _take_cell(book, sheet, number, (row, column), style, body)


def _take_cell(book: OldBook, sheet: OldSheet, number: int, place: tuple[int, int], style: int, body: bytes) -> None:
    if number == BOOLERR and len(body) >= 8 and body[7]:
        sheet.facts.error_cells[place] = ERRORS.get(body[6], "#N/A")
    elif number in FORMULA and len(body) >= 14 and body[12:14] == b"\xff\xff" and body[6] == 2:
        sheet.facts.error_cells[place] = ERRORS.get(body[8], "#N/A")
    elif number in NUMBERS:
        _take_shown(book, sheet.facts, place, style)
    elif number in (LABEL, RSTRING) and book.page:
        text = _label(book, body)
        if text is not None:
            sheet.texts[place] = text


def _take_shown(book: OldBook, facts: SheetFacts, place: tuple[int, int], style: int) -> None:
    kind = book.shown[style] if style < len(book.shown) else ""
    if kind == "month":
        facts.month_cells.add(place)
    elif kind == "year":
        facts.year_cells.add(place)


def _label(book: OldBook, body: bytes) -> str | None:
    """A text that stands in the cell's own record."""
    if len(body) < 9:
        return None
    length = struct.unpack_from("<H", body, 6)[0]
    return _text(book, body[8:], length)


def _text(book: OldBook, rest: bytes, length: int) -> str:
    """Of sixteen bits, or of eight under the book's code page (writers of the East put that there against the rule)."""
    if book.version != BIFF8:
        return rest[:length].decode(book.page or "latin-1", "replace")
    if rest[0] & 1:
        return rest[1 : 1 + length * 2].decode("utf-16-le", "replace")
    raw = rest[1 : 1 + length]
    return raw.decode(book.page if book.page and not raw.isascii() else "latin-1", "replace")
