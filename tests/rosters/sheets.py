"""Small rosters made on the spot, and what the reader says of them."""

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from hengjian.rosters.columns import BY_KEY
from hengjian.rosters.reading import Reading, read_roster
from hengjian.tables.findings import Finding
from tests.rosters.workers import Person, people

KEY = b"a key for the tests only"
PERSON: Person = people(1, 5)[0]
SECOND: Person = people(2, 5)[1]


@dataclass
class One:
    """One person's row as read."""

    values: dict[str, Any]
    findings: list[Finding]
    reading: Reading

    def __getitem__(self, key: str) -> Any:
        return self.values[key]

    def codes(self, column: str) -> list[str]:
        return [finding.code.removeprefix("reading.") for finding in self.findings if finding.column == column]

    def finding(self, column: str) -> Finding:
        return next(finding for finding in self.findings if finding.column == column)


def workbook(
    rows: Sequence[Sequence[object]],
    *,
    name: str = "名册",
    formats: dict[tuple[int, int], object] | None = None,
    then: Callable[[Any, Any], None] | None = None,
    **options: object,
) -> bytes:
    """A sheet from rows; `then` may add to the book and the page. Texts stay texts, whatever they look like."""
    out = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "default_date_format": "yyyy-mm-dd", **options}
    with xlsxwriter.Workbook(out, options) as book:
        page = book.add_worksheet(name)
        shapes = {place: book.add_format({"num_format": shape}) for place, shape in (formats or {}).items()}
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                shape = shapes.get((row, column))
                if cell != "" and cell is not None:
                    page.write(row, column, cell, *([shape] if shape else []))
        if then is not None:
            then(book, page)
    return out.getvalue()


def table_of(*changes: dict[str, object]) -> list[list[object]]:
    """A header and one row per person; each says how it differs from the clean one."""
    clean = [person.clean() for person in people(len(changes), 5)]
    keys = list(dict.fromkeys([*clean[0], *(key for change in changes for key in change)]))
    header: list[object] = [BY_KEY[key].title for key in keys]
    return [
        header,
        *([{**row, **change}.get(key, "") for key in keys] for row, change in zip(clean, changes, strict=True)),
    ]


def one(formats: dict[str, object] | None = None, **cells: object) -> One:
    """The clean person with some cells changed, written as .xlsx and read."""
    rows = table_of(cells)
    places = {(1, rows[0].index(BY_KEY[key].title)): shape for key, shape in (formats or {}).items()}
    return first(workbook(rows, formats=places))


def first(data: bytes, place: int = 0) -> One:
    reading = read_roster(data, key=KEY)
    values = reading.table.slice(place, 1).to_pylist()[0]
    row, sheet = values["row"], values["sheet"]
    return One(values, [f for f in reading.findings if (f.row, f.sheet) == (row, sheet)], reading)


def replaced(data: bytes, parts: dict[str, Callable[[bytes], bytes]]) -> bytes:
    """The workbook with some parts rewritten; a part that is not there is made."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            raw = source.read(name)
            target.writestr(name, parts[name](raw) if name in parts else raw)
        for name in parts.keys() - set(source.namelist()):
            target.writestr(name, parts[name](b""))
    return out.getvalue()


def noticed(reading: Reading) -> list[Finding]:
    """The findings, those aside that say which columns a small sheet of a test lacks."""
    return [finding for finding in reading.findings if finding.code != "reading.column_missing"]


def names(reading: Reading) -> list[str]:
    listed: list[str] = reading.table["name"].to_pylist()
    return listed
