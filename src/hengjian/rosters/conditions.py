"""The condition a candidate applies under, by the number written in the roster: known, of the right level, and fulfilled.

A number is taken as it stands in the standard: 23-4-1, or its place among the conditions of the level (1, 第1条, （一）). An unknown,
empty or other level's number is never replaced by a better one; the check names those that may be written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from hengjian.rosters.entry import EntryRow, Facts, gaps, rows_for

_noise = re.compile(r"申报条件|条件|[第条项款（）()\s、.．:：]")
_numerals = {sign: str(place) for place, sign in enumerate("一二三四五六七八九", start=1)}
_dashes = re.compile("[\u2010-\u2015\u2212－—_]")


class Written(IntEnum):
    """What became of the number in the roster; 0 says that it was not judged."""

    NOT_JUDGED = 0
    FULFILLED = 1
    BLANK = 2
    UNKNOWN = 3
    OTHER_LEVEL = 4
    UNFULFILLED = 5


@dataclass(frozen=True)
class Condition:
    """`place` counts from 1 among the rows that apply; 0 where none of them is meant."""

    written: Written
    place: int = 0
    row: EntryRow | None = None


def read_condition(text: str | None, facts: Facts, law: Iterable[EntryRow], on: date) -> Condition:
    """The condition meant by `text` for a candidate of these facts. Where no condition is in force for the level, or a way round
    them is taken with its document, there is nothing to judge."""
    rows = tuple(law)
    applicable = rows_for(facts.edition, facts.occupation, facts.level, rows, on)
    if not applicable or (facts.route and facts.basis):
        return Condition(Written.NOT_JUDGED)
    if not (text or "").strip():
        return Condition(Written.BLANK)
    meant = _plain(text or "")
    for place, row in enumerate(applicable, start=1):
        if meant in _names(row, place):
            held = not tuple(gaps(facts, row))
            return Condition(Written.FULFILLED if held else Written.UNFULFILLED, place, row)
    known = {_plain(row.id) for row in rows}
    return Condition(Written.OTHER_LEVEL if meant in known else Written.UNKNOWN)


def _plain(text: str) -> str:
    narrow = _dashes.sub("-", unicodedata.normalize("NFKC", text)).lower()
    bare = _noise.sub("", narrow)
    return "".join(_numerals.get(sign, sign) for sign in bare)


def _names(row: EntryRow, place: int) -> set[str]:
    """23-4-1 by its id, its end, or its place."""
    return {_plain(row.id), row.id.rpartition("-")[2].lower(), str(place)}
