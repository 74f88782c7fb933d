"""The children of a case a page at a time: what a page shows does not grow with them, and the rest is one click away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet

from hengjian.kernel import typed
from hengjian.web.components import Pager
from hengjian.web.listing import page_numbers
from hengjian.web.pages import Desk

T = TypeVar("T")
ON_ONE_PAGE = 50


@dataclass(frozen=True)
class Part(Generic[T]):
    """One page of the children: `rows`, how many there are in all, and the links to the others (None where one page holds
    them)."""

    rows: list[T]
    total: int
    pager: Pager | None


def part_of(
    desk: Desk,
    rows: QuerySet[Any, T] | Sequence[T],
    *,
    of: str = "page",
    size: int = ON_ONE_PAGE,
    kept: Sequence[tuple[str, str]] | None = None,
    place: int | None = None,
) -> Part[T]:
    """The page of these rows that the address asks for under the name `of`; several tables on a page have names of their own.
    `kept`: what else of the address its links keep, the side of the page unless said; `place`: of a row (from 1) that must
    be on the page, whatever the address asks for."""
    if isinstance(rows, QuerySet) and len(first := list(rows[: size + 1])) <= size:
        return Part(first, len(first), None)  # one page holds them all: nothing is to be counted
    pages = Paginator(rows, size)
    number = 1 + (place - 1) // size if place else typed.page_number(desk.asked(of), pages.num_pages)
    shown = pages.page(number)
    words = (("side", desk.asked("side")),) if kept is None else kept

    def link(page: int) -> str:
        return "?" + urlencode([*((name, word) for name, word in words if word), (of, str(page))])

    if not shown.has_other_pages():
        return Part(list(shown), pages.count, None)
    pager = Pager(
        first=shown.start_index(),
        last=shown.end_index(),
        total=pages.count,
        pages=page_numbers(number, pages.num_pages, link),
        previous=link(number - 1) if shown.has_previous() else "",
        following=link(number + 1) if shown.has_next() else "",
    )
    return Part(list(shown), pages.count, pager)
