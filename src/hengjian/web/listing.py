"""A list with search, filters, sorting, paging and export, the same way everywhere and with a constant number of queries.

A page says its columns and how a row of the query becomes cells; order, page and size come from the address, so every
state of a list has a link.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Q
from django.http import HttpResponse
from django.utils.http import urlencode

from hengjian.kernel import typed
from hengjian.web.components import (
    Button,
    Column,
    Empty,
    FilterField,
    Filters,
    Head,
    Link,
    Option,
    PageLink,
    Pager,
    Row,
    Table,
)
from hengjian.web.pages import Answer, Desk, Page

SIZES = (20, 50, 100)
_NEGATIVE = re.compile(r"-*[0-9]+")
EXPORT_LIMIT = 50_000


@dataclass(frozen=True)
class ListColumn:
    """`order` is the look-up to sort by; without it the column is not sorted."""

    label: str
    order: str = ""
    numeric: bool = False


@dataclass(frozen=True)
class Filter:
    """A choice above the list: `lookup` is filtered by the chosen value, or `apply` does it."""

    name: str
    label: str
    options: Sequence[tuple[str, str]]
    lookup: str = ""
    apply: Callable[[Any, str], Any] | None = None


@dataclass(frozen=True)
class Listing:
    """What a list page shows. `cells` gives plain cells for the table, `texts` plain texts for the export."""

    title: str
    rows: models.QuerySet[Any]
    columns: Sequence[ListColumn]
    cells: Callable[[Any], Row]
    texts: Callable[[Any], Sequence[str]]
    search: Sequence[str] = ()
    filters: Sequence[Filter] = ()
    order: str = "-pk"
    lead: str = ""
    hint: str = ""
    empty: Empty = field(default_factory=lambda: Empty("还没有记录"))
    buttons: Sequence[Button] = ()
    template: str = "list.html"
    file_name: str = "list"
    values: Mapping[str, object] = field(default_factory=dict)
    pick: str = ""


def show(desk: Desk, listing: Listing) -> Answer:
    """The page of a list, or its export when the address asks for one."""
    rows = listing.rows
    asked = {item.name: desk.asked(item.name) for item in listing.filters}
    words = desk.asked("q")[:80]
    if words and listing.search:
        for word in words.split():
            any_of = Q()
            for lookup in listing.search:
                any_of |= Q(**{f"{lookup}__icontains": word})
            rows = rows.filter(any_of)
    for item in listing.filters:
        value = asked[item.name]
        if value and value in dict(item.options):
            rows = item.apply(rows, value) if item.apply else rows.filter(**{item.lookup: value})
    order = desk.asked("order") or listing.order
    sortable = {column.order for column in listing.columns if column.order} | {listing.order.lstrip("-")}
    if order.lstrip("-") not in sortable:
        order = listing.order
    rows = rows.order_by(order, "pk")
    if desk.asked("export") in ("csv", "xlsx"):
        return _export(listing, rows[:EXPORT_LIMIT], desk.asked("export"))
    total = rows.count()
    size = typed.whole_or(desk.asked("size"), SIZES[0])
    size = size if size in SIZES else SIZES[0]
    last = max(1, -(-total // size))
    number = typed.page_number(desk.asked("page"), last)
    first = (number - 1) * size
    part = list(rows[first : first + size])
    narrowed = bool(words or any(asked.values()))

    def link(**changes: Any) -> str:
        kept = urlencode(
            {
                name: str(value)
                for name, value in {
                    "q": words,
                    **asked,
                    "order": order if order != listing.order else "",
                    "size": size if size != SIZES[0] else "",
                    **changes,
                }.items()
                if value
            }
        )
        return f"?{kept}"

    def headed(column: ListColumn) -> Column:
        if not column.order:
            return Column(column.label, column.numeric)
        sort = link(order=f"-{column.order}" if order == column.order else column.order, page="")
        standing = "" if order.lstrip("-") != column.order else "descending" if order.startswith("-") else "ascending"
        return Column(column.label, column.numeric, sort, standing)

    empty = Empty("没有符合条件的记录", "可以减少条件后再查。") if narrowed else _empty_for(desk, listing)
    values: dict[str, object] = {
        "table": Table(
            columns=[headed(column) for column in listing.columns],
            rows=[listing.cells(row) for row in part],
            caption=listing.title,
            empty=empty,
            pick=listing.pick,
        ),
        "filters": Filters(
            fields=[
                *(
                    [FilterField(name="q", label="搜索", kind="search", value=words, hint=listing.hint)]
                    if listing.search
                    else []
                ),
                *(
                    FilterField(
                        name=item.name,
                        label=item.label,
                        options=[
                            Option("", "全部"),
                            *(Option(value, label, chosen=asked[item.name] == value) for value, label in item.options),
                        ],
                    )
                    for item in listing.filters
                ),
            ],
            clear="?" if narrowed else "",
        )
        if listing.search or listing.filters
        else None,
        "pager": Pager(
            first=first + 1 if total else 0,
            last=first + len(part),
            total=total,
            pages=page_numbers(number, last, link),
            previous=link(page=number - 1) if number > 1 else "",
            following=link(page=number + 1) if number < last else "",
            sizes=[PageLink(str(item), link(size=item, page=""), current=item == size) for item in SIZES],
        ),
        "exports": [
            Link("导出 Excel", link(export="xlsx")),
            Link("导出 CSV", link(export="csv")),
        ],
        "buttons": listing.buttons,
        **listing.values,
    }
    return Page(listing.template, Head(listing.title, lead=listing.lead), values)


def _empty_for(desk: Desk, listing: Listing) -> Empty:
    """Nothing yet; or nothing for this desk, where the side bar does not lead this seat here either."""
    from hengjian.web.room import rooms

    match = desk.request.resolver_match
    entries = [entry for room in rooms() for entry in room.menu if match is not None and entry.page == match.url_name]
    if desk.seat is None or not entries or any(entry.shown_to(desk.seat) for entry in entries):
        return listing.empty
    return Empty("这里的事项不归本席位", "本席位不查看、不办理这类事项；有别的席位的，可以在右上角换席位。")


def page_numbers(number: int, last: int, link: Callable[..., str]) -> list[PageLink]:
    near = sorted({1, last, *range(max(1, number - 2), min(last, number + 2) + 1)})
    pages: list[PageLink] = []
    before = 0
    for item in near:
        if item - before > 1:
            pages.append(PageLink("…", gap=True))
        pages.append(PageLink(str(item), link(page=item), current=item == number))
        before = item
    return pages


def neutral(text: str) -> str:
    """A cell that a spreadsheet would take for a formula is made text."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") and not _NEGATIVE.fullmatch(text) else text


def _export(listing: Listing, rows: Iterable[Any], kind: str) -> HttpResponse:
    head = [column.label for column in listing.columns]
    lines = ([neutral(str(cell)) for cell in listing.texts(row)] for row in rows)
    if kind == "csv":
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(head)
        writer.writerows(lines)
        # The mark at the front makes spreadsheets read UTF-8.
        response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    else:
        import xlsxwriter

        data = io.BytesIO()
        with xlsxwriter.Workbook(
            data, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        ) as book:
            sheet = book.add_worksheet(listing.title[:31])
            sheet.write_row(0, 0, head, book.add_format({"bold": True, "bottom": 1}))
            sheet.freeze_panes(1, 0)
            for place, line in enumerate(lines, start=1):
                sheet.write_row(place, 0, line)
            sheet.autofit()
        response = HttpResponse(
            data.getvalue(), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        )
    response["Content-Disposition"] = f'attachment; filename="{listing.file_name}.{kind}"'
    return response
