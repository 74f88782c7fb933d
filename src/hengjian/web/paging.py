"""The children of a case a page at a time: what a page shows does not grow with them, and the rest is one click away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

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


def part_of(desk: Desk, rows: QuerySet[Any, T] | Sequence[T], *, of: str = "page") -> Part[T]:
    """The page of these rows that the address asks for under the name `of`; several tables on a page have names of their own."""
    total = rows.count() if isinstance(rows, QuerySet) else len(rows)
    last = max(1, -(-total // ON_ONE_PAGE))
    number = typed.page_number(desk.asked(of), last)
    first = (number - 1) * ON_ONE_PAGE
    shown = list(rows[first : first + ON_ONE_PAGE])
    side = desk.asked("side")

    def link(page: int) -> str:
        return "?" + urlencode({**({"side": side} if side else {}), of: page})

    return Part(shown, total, pager_of(number, last, total, link))


def pager_of(number: int, last: int, total: int, link: Callable[[int], str]) -> Pager | None:
    """The links to the other pages of that many rows; None where one page holds them."""
    if last == 1:
        return None
    return Pager(
        first=(number - 1) * ON_ONE_PAGE + 1,
        last=min(number * ON_ONE_PAGE, total),
        total=total,
        pages=page_numbers(number, last, link),
        previous=link(number - 1) if number > 1 else "",
        following=link(number + 1) if number < last else "",
    )
