"""From the cells of one block to columns of values: column by column, each different cell read once.

A repeated cell costs a look-up; a clean column of text costs one search over all of it. Remarks become findings on the row.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from typing import Any

import pyarrow as pa

from hengjian.kernel.words import say
from hengjian.rosters.columns import COLUMNS, Column, Kind
from hengjian.rosters.reading import cells as roster_cells
from hengjian.rosters.reading import phones
from hengjian.rosters.reading.identity import ReadIdentity, read_identity
from hengjian.rosters.reading.names import ODD as ODD_IN_NAMES
from hengjian.tables import cells
from hengjian.tables.dates import EPOCH_1900, EPOCH_1904, MONTH, OPEN, YEAR, ReadDate, read_date
from hengjian.tables.findings import Finding, Severity
from hengjian.tables.grid import Cell
from hengjian.tables.text import all_clean

ARROW = {
    Kind.SERIAL: pa.int32(),
    Kind.LEVEL: pa.int8(),
    Kind.YEARS: pa.float64(),
    Kind.FLAG: pa.bool_(),
    Kind.DATE: pa.date32(),
}


def schema() -> pa.Schema:
    """The table of candidates, as others may rely on it."""
    fields = [pa.field("row", pa.int32()), pa.field("sheet", pa.string())]
    for column in COLUMNS:
        fields.append(pa.field(column.key, ARROW.get(column.type, pa.string())))
        if column.type is Kind.DATE:
            fields.append(pa.field(f"{column.key}_precision", pa.string()))
    fields += [
        pa.field("id_ok", pa.bool_()),
        pa.field("id_kind", pa.string()),
        pa.field("birth_from_id", pa.date32()),
        pa.field("sex_from_id", pa.string()),
        pa.field("person_key", pa.int64()),
        pa.field("person_tag", pa.string()),
    ]
    return pa.schema(fields)


@dataclass
class Parsing:
    """One block of one sheet on its way to a table; `rows` are 1-based rows of the spreadsheet."""

    sheet: str
    rows: Sequence[int]
    from_1904: bool = False
    month_places: frozenset[tuple[int, str]] = frozenset()
    values: dict[str, Sequence[Any]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    today: date | None = None
    year_places: frozenset[tuple[int, str]] = frozenset()

    def tell(self, place: int, key: str, remark: cells.Remark, old: str) -> None:
        code, severity, message, remedy, new = remark
        self.findings.append(Finding(self.rows[place], self.sheet, key, code, severity, message, "", remedy, old, new))


def _each(
    parsing: Parsing, key: str, raw: Sequence[Cell], read: cells.Reader, plain: Callable[[str], object] | None = None
) -> Sequence[Any]:
    """Reads every different cell once and tells of those that had remarks; a `plain` text stands as it is, unread."""
    different: Iterable[Cell] = dict.fromkeys(raw)
    if plain is not None:
        different = [cell for cell in different if type(cell) is not str or not plain(cell)]
        if not different:
            return raw
    known = {cell: cells.whatever_the_column(cell) or read(_usual(cell)) for cell in different}
    remarkable = {cell for cell, found in known.items() if found.remarks}
    if remarkable:
        for place, cell in enumerate(raw):
            if cell in remarkable:
                for remark in known[cell].remarks:
                    parsing.tell(place, key, remark, cells.shown(cell))
    answers = {cell: found.value for cell, found in known.items()}
    if plain is not None:
        return [answers.get(cell, cell) for cell in raw]
    return [answers[cell] for cell in raw]


def _usual(cell: Cell) -> Cell:
    """Numbers as floats: the old binary format has whole ones too. One beyond all bounds is shown as it is written."""
    if type(cell) is int:
        return float(cell)
    return repr(cell) if isinstance(cell, float) and not math.isfinite(cell) else cell


def _texts(parsing: Parsing, key: str, raw: Sequence[Cell], read: cells.Reader, odd: re.Pattern[str]) -> Sequence[Any]:
    """A column of words: as it is where all of it is clean, the odd cells one by one where not."""
    words = [cell for cell in dict.fromkeys(raw) if cell != ""]
    if all(type(cell) is str for cell in words):
        texts: list[Any] = words
        if all_clean(texts) and odd.search("\n".join(texts)) is None and cells.EMPTY_WORDS.isdisjoint(texts):
            return raw if len(words) == len(raw) else [cell or None for cell in raw]

    def plain(cell: str) -> bool:
        return cell != "" and all_clean([cell]) and odd.search(cell) is None and cell not in cells.EMPTY_WORDS

    return _each(parsing, key, raw, read, plain)


def parse_column(parsing: Parsing, column: Column, raw: Sequence[Cell]) -> None:
    """The values of one column, and for dates their precision."""
    key = column.key
    table = column.code_table
    if column.type is Kind.DATE:
        _dates(parsing, column, raw)
    elif key == "occupation_name":
        pairs = _each(parsing, key, raw, roster_cells.read_occupation)
        parsing.values[key] = [pair[0] if pair else None for pair in pairs]
        parsing.values["written_trade"] = [pair[1] if pair else None for pair in pairs]
    elif column.type is Kind.NAME:
        parsing.values[key] = _texts(parsing, key, raw, roster_cells.read_name, ODD_IN_NAMES)
    elif column.type is Kind.TEXT:
        parsing.values[key] = _texts(parsing, key, raw, cells.read_text, _ODD_IN_TEXTS)
    elif column.type is Kind.NUMBER:
        parsing.values[key] = _each(parsing, key, raw, cells.read_number, _PLAIN_NUMBER.fullmatch)
    elif column.type is Kind.IDENTITY:
        pass  # read together with the kind of document
    elif column.type is Kind.SERIAL:
        parsing.values[key] = [cells.serial(cell) for cell in raw]
    elif table is not None and column.type is not Kind.LEVEL:
        reader = {Kind.CODE: roster_cells.read_coded, Kind.CODES: cells.read_codes, Kind.FLAG: cells.read_flag}[
            column.type
        ]
        parsing.values[key] = _each(parsing, key, raw, reader(table))
    else:
        parsing.values[key] = _each(parsing, key, raw, *_PLAIN[column.type])


_ODD_IN_TEXTS = re.compile('="|[#=]|Err:')
_PLAIN_NUMBER = re.compile(r"[A-Z0-9][A-Z0-9-]*", re.ASCII)
_PLAIN_PHONE = re.compile(r"1[0-9]{10}")
_PLAIN_CODE = re.compile(r"[0-9]-[0-9]{2}-[0-9]{2}-[0-9]{2}")
_PLAIN: dict[Kind, tuple[Any, ...]] = {
    Kind.LEVEL: (roster_cells.read_level,),
    Kind.PHONE: (phones.read_phone, _PLAIN_PHONE.fullmatch),
    Kind.YEARS: (cells.read_years,),
    Kind.OCCUPATION_CODE: (roster_cells.read_occupation_code, _PLAIN_CODE.fullmatch),
}


def _without_odd(parsing: Parsing, key: str, raw: Sequence[Cell]) -> Sequence[Cell]:
    """Words of error values and pictures are told and taken for blanks."""
    odd = {cell: found for cell in dict.fromkeys(raw) if (found := cells.whatever_the_column(cell))}
    if not odd:
        return raw
    for place, cell in enumerate(raw):
        if cell in odd:
            parsing.tell(place, key, odd[cell].remarks[0], cells.shown(cell))
    return ["" if cell in odd else cell for cell in raw]


def _dates(parsing: Parsing, column: Column, raw: Sequence[Cell]) -> None:
    key = column.key
    epoch = EPOCH_1904 if parsing.from_1904 else EPOCH_1900
    raw = _without_odd(parsing, key, raw)
    known: dict[Cell, ReadDate] = {cell: read_date(_usual(cell), epoch) for cell in dict.fromkeys(raw)}
    told = {
        cell: found
        for cell, found in known.items()
        if found.note
        or found.doubt
        or found.error
        or (found.precision == OPEN and key != "contract_end")
        or (key == "birth" and found.value is not None and parsing.today is not None and found.value > parsing.today)
    }
    for place, cell in enumerate(raw) if told else ():
        if cell in told:
            _tell_date(parsing, column, place, cell, told[cell])
    shown = {cell: found.value for cell, found in known.items()}
    precisions = {cell: found.precision for cell, found in known.items()}
    parsing.values[key] = [shown[cell] for cell in raw]
    precision = [precisions[cell] for cell in raw]
    _as_shown(parsing, key, precision)
    if key != "contract_end":
        precision = [None if precise == OPEN else precise for precise in precision]
    parsing.values[f"{key}_precision"] = precision


def _as_shown(parsing: Parsing, key: str, precision: list[str | None]) -> None:
    """A cell that shows a month or a year only was written so; no first day is invented."""
    for places, coarser in ((parsing.month_places, MONTH), (parsing.year_places, YEAR)):
        for place, row in enumerate(parsing.rows) if places else ():
            value = parsing.values[key][place]
            if (row, key) in places and precision[place] == "day" and value is not None:
                precision[place] = coarser
                parsing.values[key][place] = value.replace(day=1) if coarser == MONTH else value.replace(month=1, day=1)  # type: ignore[index]
                remark = cells.Remark(
                    "reading.date_as_shown",
                    Severity.NOTE,
                    say("单元格只显示到{value}，按所显示的读取。", value="月" if coarser == MONTH else "年"),
                )
                if coarser == YEAR:
                    parsing.tell(place, key, remark, value.isoformat())


def _tell_date(parsing: Parsing, column: Column, place: int, cell: Cell, found: ReadDate) -> None:
    old = cells.shown(cell)
    new = found.value.isoformat() if found.value else ""
    if found.precision == OPEN:
        if column.key != "contract_end":
            message = say("“{old}”不是{title}。", old=old, title=column.title)
            parsing.tell(place, column.key, cells.Remark("reading.date", Severity.ERROR, message, "请填写日期。"), old)
    elif found.error:
        if cells.EMPTY_WORDS.intersection((old.strip().upper(),)):
            remark = cells.Remark("reading.placeholder", Severity.NOTE, say("“{old}”按未填写读取。", old=old))
        else:
            remark = cells.Remark(
                "reading.date", Severity.ERROR, say("{error}。", error=found.error), "请按 2020-03-01 的写法填写。"
            )
        parsing.tell(place, column.key, remark, old)
    if column.key == "birth" and found.value and parsing.today and found.value > parsing.today:
        remark = cells.Remark("reading.birth_impossible", Severity.ERROR, "出生日期晚于今天。", "请对照证件更正。")
        parsing.tell(place, column.key, remark, old)
    if found.note:
        shown = new[: {"month": 7, "year": 4}.get(found.precision or "", 10)]
        remark = cells.Remark("reading.date_mended", Severity.NOTE, say("{note}。", note=found.note), "", shown)
        parsing.tell(place, column.key, remark, old)
    if found.doubt:
        remark = cells.Remark(
            "reading.date_doubt",
            Severity.WARNING,
            say("按 {new} 读取：{doubt}。", new=new[:7], doubt=found.doubt),
            "请核对月份。",
            new[:7],
        )
        parsing.tell(place, column.key, remark, old)


def parse_identities(parsing: Parsing, raw: Sequence[Cell], key: bytes) -> None:
    """Numbers with what follows from them; a number is judged by its kind of document."""
    kinds: Sequence[str | None] = parsing.values.get("document_type") or [None] * len(raw)
    rows: list[tuple[Any, ...]] = []
    hasher = blake2b(key=key[:64], digest_size=16)
    for place, (cell, kind) in enumerate(zip(raw, kinds, strict=True)):
        if odd := cells.whatever_the_column(cell):
            parsing.tell(place, "document_number", odd.remarks[0], cells.shown(cell))
            cell = ""
        found = read_identity(cell, kind, parsing.today)
        number = found.number
        if found.repaired or found.trouble or found.doubt:
            _tell_identity(parsing, place, cell, found)
        if number is None:
            rows.append((None, found.ok, found.kind or None, found.birth, found.sex, None, None))
            continue
        one = hasher.copy()
        one.update(f"{_series(kind, number)}:{number}".encode())
        tag = one.hexdigest()
        rows.append((number, found.ok, found.kind or None, found.birth, found.sex, int(tag[:16], 16) >> 1, tag))
    parsing.values.update(zip(_FROM_IDENTITY, zip(*rows, strict=True), strict=True))


def _series(kind: str | None, number: str) -> str:
    """Eighteen digits are one person, whatever document somebody said they are of; other numbers hold within their kind."""
    return "01" if len(number) == _EIGHTEEN else kind or "01"


_EIGHTEEN = 18
_FROM_IDENTITY = ("document_number", "id_ok", "id_kind", "birth_from_id", "sex_from_id", "person_key", "person_tag")


def _tell_identity(parsing: Parsing, place: int, cell: Cell, found: ReadIdentity) -> None:
    old = cells.shown(cell)
    if found.repaired:
        message = say("证件号码已改正：{repaired}。", repaired=found.repaired)
        remark = cells.Remark("reading.identity_mended", Severity.NOTE, message, "", found.number or "")
        parsing.tell(place, "document_number", remark, old)
    if found.doubt:
        remark = cells.Remark(
            "reading.document_kind", Severity.WARNING, say("{doubt}。", doubt=found.doubt), "请核对证件类型。"
        )
        parsing.tell(place, "document_type", remark, old)
    if found.trouble:
        remark = cells.Remark(
            f"reading.{found.trouble}", Severity.ERROR, say("{message_}。", message_=found.message), found.remedy
        )
        parsing.tell(place, "document_number", remark, old)


def to_table(parsing: Parsing) -> pa.Table:
    """The block as a table of the common schema; columns the file lacks are null."""
    size = len(parsing.rows)
    _take_written_trades(parsing)
    arrays = []
    shape = schema()
    for name, kind in zip(shape.names, shape.types, strict=True):
        if name == "row":
            arrays.append(pa.array(parsing.rows, kind))
        elif name == "sheet":
            arrays.append(pa.repeat(parsing.sheet, size))
        elif name in parsing.values:
            arrays.append(pa.array(parsing.values[name], kind, size=size))
        else:
            arrays.append(pa.nulls(size, kind))
    return pa.Table.from_arrays(arrays, schema=shape)


def _take_written_trades(parsing: Parsing) -> None:
    """A trade written behind the occupation counts where the column of trades is empty."""
    written = parsing.values.get("written_trade")
    if written is None or not any(written):
        return
    own: Iterable[Any] = parsing.values.get("trade") or [None] * len(written)
    parsing.values["trade"] = [stated or along for stated, along in zip(own, written, strict=True)]
