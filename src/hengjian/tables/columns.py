"""A declared column: how its heading is known, how its cells are read, when it must be filled in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from hengjian.kernel.words import say
from hengjian.tables import cells
from hengjian.tables.cells import NOTHING, Read, Remark
from hengjian.tables.dates import EPOCH_1900, EPOCH_1904, read_date
from hengjian.tables.findings import Severity
from hengjian.tables.grid import Cell, Grid


@dataclass(frozen=True)
class Column:
    """`carried`: a blank cell takes the value of the row above, where that row belongs together with it; `choices` are offered in the
    template; `dated` columns hold a whole day and need no `read`."""

    key: str
    title: str
    help: str
    read: cells.Reader = cells.read_text
    synonyms: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    required: bool = False
    dated: bool = False
    example: str = ""
    choices: tuple[str, ...] = ()
    width: int = 16
    in_template: bool = True

    def value_of(self, cell: Cell, grid: Grid) -> Read:
        """What the cell says, with what had to be mended or could not be read."""
        odd = cells.whatever_the_column(cell)
        if odd is not None:
            return odd
        return read_day(cell, from_1904=grid.from_1904) if self.dated else self.read(cell)


def read_day(cell: Cell, *, from_1904: bool = False) -> Read:
    """A whole day; a month alone is not one, and no first day is invented."""
    if cell == "" or cell is None:
        return NOTHING
    found = read_date(float(cell) if type(cell) is int else cell, EPOCH_1904 if from_1904 else EPOCH_1900)
    written = cells.shown(cell)
    if isinstance(found.value, date) and found.precision == "day" and not found.error:
        note = say("{note}。", note=found.note or found.doubt) if found.note or found.doubt else ""
        if not note:
            return Read(found.value)
        severity = Severity.WARNING if found.doubt else Severity.NOTE
        return Read(found.value, (Remark("reading.date_mended", severity, note, "", found.value.isoformat()),))
    if cells.absent(written.strip()):
        return cells.left_empty(written)
    message = say("“{written}”不是到日的日期。", written=written)
    return Read(None, (Remark("reading.date", Severity.ERROR, message, "请按 2020-03-01 的写法填写。"),))


def read_matching(pattern: str, what: str, remedy: str) -> cells.Reader:
    """A number that is a name and has one shape; `what` says what it should be, as `六位数字`."""
    shape = re.compile(pattern, re.ASCII)

    def read(cell: Cell) -> Read:
        found = cells.read_number(cell)
        if isinstance(found.value, str) and not shape.fullmatch(found.value):
            message = say("“{value}”不是{what}。", value=found.value, what=what)
            return Read(None, (Remark("reading.shape", Severity.ERROR, message, remedy),))
        return found

    return read
