"""A declared list as a page and as its CSV or workbook, the same way everywhere and with a constant number of queries.

The list itself is declared by its domain (`kernel.listing`); a page says how a frozen row becomes cells. Order, page and size
come from the address, so every state of a list has a link.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode

from hengjian.kernel import typed
from hengjian.kernel.list_files import TYPES, asks_purpose, file_of
from hengjian.kernel.listing import SIZES, Fault, ListColumn, Listing, Parameter, Wanted, part_of, wanted
from hengjian.kernel.words import in_words, say
from hengjian.web.components import (
    Alert,
    Button,
    Column,
    ColumnChoice,
    Empty,
    FilterField,
    Filters,
    Go,
    Head,
    Link,
    Option,
    PageLink,
    Pager,
    Row,
    Table,
)
from hengjian.web.pages import Answer, Desk, Goto, Page

R = TypeVar("R")
NOTHING_YET = Empty("还没有记录")
NOTHING_MATCHES = Empty("没有符合条件的记录", "可以减少条件后再查。")
NOT_FOR_THIS_DESK = Empty("这里的事项不归本席位", "本席位不查看、不办理这类事项；有别的席位的，可以在右上角换席位。")
_WHY = {"match": NOTHING_MATCHES, "desk": NOT_FOR_THIS_DESK}


def show(
    desk: Desk,
    listing: Listing[R],
    cells: Callable[[R], Row],
    *,
    lead: str = "",
    empty: Empty = NOTHING_YET,
    buttons: Sequence[Button | Go] = (),
    template: str = "list.html",
    values: Mapping[str, object] | None = None,
    pick: str = "",
    read: Callable[[Sequence[R]], None] | None = None,
) -> Answer:
    """The page of a list, or its export when the address asks for one. What the address says and the list does not know is
    named above the table. `read` is given the rows of the page before they become cells, to read at once what these need."""
    parameters = listing.parameters()
    given = {name: desk.asked(name) for name in ("q", *(each.name for each in parameters), "sort") if desk.asked(name)}
    wish, faults = wanted(listing, given)
    size = typed.whole_or(desk.asked("size"), SIZES[0])
    wish = replace(wish, size=size if size in SIZES else SIZES[0])
    asking = desk.asking(None)
    if desk.asked("export") in ("csv", "xlsx") and not faults:
        return _export(listing, desk, wish, desk.asked("export"))
    wish = replace(wish, page=typed.whole_or(desk.asked("page"), 1, least=1))
    part = part_of(listing, asking, wish)
    if wish.page > part.last:
        wish = replace(wish, page=part.last)
        part = part_of(listing, asking, wish)
    if read is not None:
        read(part.rows)
    first = (wish.page - 1) * wish.size
    narrowed = bool(wish.words or wish.chosen)

    picked = [column.field for column in listing.columns if column.field in desk.request.GET.getlist("column")]
    places = [
        place for place, column in enumerate(listing.columns) if not picked or not place or column.field in picked
    ]

    def laid(row: Row) -> Row:
        return replace(row, cells=[row.cells[place] for place in places])

    def link(**changes: Any) -> str:
        standing = {name: "" if name in {fault.parameter for fault in faults} else text for name, text in given.items()}
        size = wish.size if wish.size != SIZES[0] else ""
        said: dict[str, object] = {**standing, "size": size, **changes}
        pairs = [(name, str(value)) for name, value in said.items() if value]
        return "?" + urlencode([*pairs, *(("column", field) for field in picked)])

    shown: dict[str, object] = {
        "faults": _faults(faults, parameters),
        "table": Table(
            columns=[_headed(listing.columns[place], listing, wish, link) for place in places],
            rows=[laid(cells(row)) for row in part.rows],
            caption=listing.title,
            empty=_WHY.get(part.nothing, empty),
            pick=pick,
        ),
        "filters": _filters(listing, parameters, given, narrowed or bool(faults)),
        "pager": Pager(
            first=first + 1 if part.total else 0,
            last=first + len(part.rows),
            total=part.total,
            pages=page_numbers(wish.page, part.last, link),
            previous=link(page=wish.page - 1) if wish.page > 1 else "",
            following=link(page=wish.page + 1) if wish.page < part.last else "",
            sizes=[PageLink(str(item), link(size=item, page=""), current=item == wish.size) for item in SIZES],
        ),
        "choice": ColumnChoice(
            [
                Option(column.field, column.label, chosen=place in places)
                for place, column in enumerate(listing.columns)
                if place  # the first says which row it is and always stays
            ],
            [FilterField(name, "", text, "hidden") for name, text in given.items()],
            "?" + urlencode(given) if picked else "",
        ),
        "exports": [
            Link("导出 Excel", link(export="xlsx")),
            Link("导出 CSV", link(export="csv")),
        ],
        "buttons": buttons,
        **(values or {}),
    }
    return Page(template, Head(listing.title, lead=lead), shown)


def _faults(faults: Sequence[Fault], parameters: Sequence[Parameter]) -> Alert | None:
    if not faults:
        return None
    labels = {parameter.name: parameter.label for parameter in parameters} | {"sort": "排序", "q": "搜索"}
    lines = [say("“{field}”{sentence}。", field=labels[each.parameter], sentence=each.sentence) for each in faults]
    return Alert("有的条件看不懂，没有采用", tone="warn", lines=lines)


def _headed(column: ListColumn[Any], listing: Listing[Any], wish: Wanted, link: Callable[..., str]) -> Column:
    if not column.order:
        return Column(column.label, column.numeric)
    by = listing.sorts()[wish.sort] if wish.sort else listing.order[0]
    sort = link(sort=f"-{column.sort}" if by == column.order else column.sort, page="")
    standing = "" if by.lstrip("-") != column.order else "descending" if by.startswith("-") else "ascending"
    return Column(column.label, column.numeric, sort, standing)


def _filters(
    listing: Listing[Any], parameters: Sequence[Parameter], given: Mapping[str, str], narrowed: bool
) -> Filters | None:
    """The search, the choices and the days; what leads to one case by a link stays in the address, not in a field."""
    fields = [FilterField("q", "搜索", given.get("q", ""), "search", listing.hint)] if listing.search else []
    for each in parameters:
        if each.kind == "choice":
            options = [Option(value, label, chosen=given.get(each.name) == value) for value, label in each.options]
            fields.append(FilterField(each.name, each.label, options=[Option("", "全部"), *options]))
        elif each.kind == "day":
            fields.append(FilterField(each.name, each.label, _iso(given.get(each.name, "")), "date"))
        elif given.get(each.name):
            fields.append(FilterField(each.name, each.label, given[each.name], "hidden"))
    return Filters(fields, clear="?" if narrowed else "") if fields else None


def _iso(text: str) -> str:
    """A day as a field for days takes it, however it was written; what is none stays to be mended."""
    try:
        found: date = typed.day(text)
    except typed.Unreadable:
        return text
    return found.isoformat()


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


def _export(listing: Listing[Any], desk: Desk, wish: Wanted, form: str) -> Answer:
    """The file; or first the question what it is for, where there are so many rows."""
    asking = desk.asking(None)
    if asks_purpose(listing, asking, wish):
        asked = {
            name: desk.asked(name) for name in desk.request.GET if name not in ("export", "page", "size", "column")
        }
        words = urlencode((("listing", listing.name), ("asked", urlencode(asked)), ("form", form)))
        return Goto(f"{reverse('export_list')}?{words}")
    return file_answer(listing.title, file_of(listing, asking, wish, form), form, desk.today)


def file_answer(title: str, data: bytes, form: str, today: date) -> HttpResponse:
    """The file under the title of its list and the day: `认定计划-2026-11-24.xlsx`."""
    response = HttpResponse(data, content_type=TYPES[form])
    name = f"{in_words(title)}-{today.isoformat()}.{form}"
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response
