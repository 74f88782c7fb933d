"""A list as a file: CSV or a workbook of all its pages; and from how many rows on it asks what it is for.

What is public is not asked about. The others hold data of persons: above `accounts.export_rows_without_reason` rows the
purpose is recorded by an act first (`authorities.export_list`), on every channel.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Any, Literal

from hengjian.kernel.asking import Asking
from hengjian.kernel.listing import EXPORTED, Choice, Days, Listing, Wanted, exported, selected
from hengjian.kernel.policy import Policy
from hengjian.kernel.words import in_words, listed, say

ROWS_WITHOUT_REASON = Policy("accounts.export_rows_without_reason", int)
Form = Literal["csv", "xlsx"]
TYPES: dict[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_NEGATIVE = re.compile(r"-*[0-9]+")


def rows_of(listing: Listing[Any], asking: Asking[None], wish: Wanted) -> int:
    """How many rows a file of this would have."""
    return min(selected(listing, asking, wish).count(), EXPORTED)


def asks_purpose(listing: Listing[Any], asking: Asking[None], wish: Wanted) -> bool:
    """Whether this file may only be had by saying what it is for."""
    return listing.public is None and rows_of(listing, asking, wish) > asking.policy(ROWS_WITHOUT_REASON)


def narrowed_by(listing: Listing[Any], wish: Wanted) -> str:
    """What the list was narrowed by, in words. What was searched for may be a name: only that there was a search is said."""
    said: list[str] = ["有搜索词（不记录内容）"] if wish.words else []
    for each in listing.filters:
        for parameter in each.parameters():
            if parameter.name not in wish.chosen:
                continue
            value = str(wish.chosen[parameter.name])
            words = dict(parameter.options).get(value, value) if isinstance(each, Choice | Days) else value
            said.append(say("{label}：{value}", label=parameter.label, value=words))
    return listed(said, "；") if said else "全部"


def file_of(listing: Listing[Any], asking: Asking[None], wish: Wanted, form: str) -> bytes:
    """All rows asked for as `asking.actor` sees them, in the reader's language; cells that a spreadsheet would take for
    formulas are text."""
    head, lines = lines_of(listing, asking, wish)
    return _text(head, lines) if form == "csv" else _workbook(in_words(listing.title), head, lines)


def lines_of(listing: Listing[Any], asking: Asking[None], wish: Wanted) -> tuple[list[str], Iterator[list[str]]]:
    """The heads of the columns, and the cells line by line."""
    lines = ([neutral(in_words(cell)) for cell in row] for row in exported(listing, asking, wish))
    return [in_words(column.label) for column in (*listing.columns, *listing.more)], lines


def neutral(text: str) -> str:
    """A cell that a spreadsheet would take for a formula is made text."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") and not _NEGATIVE.fullmatch(text) else text


def _text(head: list[str], lines: Iterator[list[str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows(lines)
    return ("\ufeff" + text.getvalue()).encode()  # the mark at the front makes spreadsheets read UTF-8


def _workbook(title: str, head: list[str], lines: Iterator[list[str]]) -> bytes:
    import xlsxwriter

    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        tab = book.add_worksheet(title[:31])
        tab.write_row(0, 0, head, book.add_format({"bold": True, "bottom": 1}))
        tab.freeze_panes(1, 0)
        for place, line in enumerate(lines, start=1):
            tab.write_row(place, 0, line)
        tab.autofit()
    return data.getvalue()
