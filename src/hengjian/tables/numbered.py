"""Cells that hold several numbers of one shape, as classes of a catalogue: `6-31-01、6-17-02`. A table program takes some of them for days."""

from __future__ import annotations

import re
from datetime import date, datetime

from hengjian.kernel.words import say
from hengjian.tables.cells import NOTHING, Read, Reader, Remark, absent, left_empty, shown
from hengjian.tables.findings import Severity
from hengjian.tables.grid import Cell
from hengjian.tables.text import clean, half_width

_between = re.compile(r"[、,，;；/／|\s和及]+")
_dashes = str.maketrans(dict.fromkeys("‐‑‒–—―−－﹣", "-"))


def read_several(shape: str, what: str, remedy: str) -> Reader:
    """A tuple of texts in the order written, each once; `what` says what one of them should be."""
    fits = re.compile(shape, re.ASCII)

    def read(cell: Cell) -> Read:
        if cell == "" or cell is None:
            return NOTHING
        if isinstance(cell, date | datetime):
            message = say("“{written}”被表格软件当成了日期，原来写的编码无法还原。", written=shown(cell))
            remedy_ = "请把该列设为文本格式后重新录入。"
            return Read(None, (Remark("reading.taken_for_a_day", Severity.ERROR, message, remedy_),))
        written = half_width(clean(shown(cell))).translate(_dashes)
        if not written:
            return NOTHING
        if absent(written):
            return left_empty(written)
        found = tuple(dict.fromkeys(part for part in _between.split(written) if part))
        strange = next((part for part in found if not fits.fullmatch(part)), None)
        if strange is not None:
            message = say("“{value}”不是{what}。", value=strange, what=what)
            return Read(None, (Remark("reading.shape", Severity.ERROR, message, remedy),))
        return Read(found)

    return read
