"""Rows a page at a time: what the links say is what stands on the page, however large a page is."""

from __future__ import annotations

from django.test import RequestFactory

from hengjian.web.pages import Desk
from hengjian.web.paging import Part, part_of


def shown(query: str, rows: int = 450, **asked: object) -> Part[int]:
    return part_of(Desk(RequestFactory().get(f"/?{query}")), range(1, rows + 1), **asked)  # type: ignore[arg-type]


def test_the_second_page_of_a_hundred_says_where_it_begins_and_ends() -> None:
    part = shown("page=2", size=100)
    assert (part.rows[0], part.rows[-1], part.total) == (101, 200, 450)
    assert part.pager is not None
    assert (part.pager.first, part.pager.last, part.pager.total) == (101, 200, 450)
    assert (part.pager.previous, part.pager.following) == ("?page=1", "?page=3")


def test_what_is_no_page_is_the_nearest_one() -> None:
    assert [shown(query).rows[0] for query in ("", "page=0", "page=x", "page=９", "page=" + "9" * 15)] == [
        1, 1, 1, 401, 401,
    ]  # fmt: skip


def test_one_page_has_no_links_and_nothing_is_a_page_too() -> None:
    assert shown("", rows=50).pager is None and len(shown("", rows=50).rows) == 50
    assert shown("page=3", rows=0) == Part([], 0, None)


def test_links_keep_the_side_of_the_page_and_tables_have_names_of_their_own() -> None:
    part = shown("side=list&samples=2", of="samples")
    assert part.pager is not None and part.pager.following == "?side=list&samples=3"


def test_a_row_that_must_be_seen_is_on_the_page() -> None:
    part = shown("page=1", size=100, place=200)
    assert part.rows[-1] == 200 and part.pager is not None and part.pager.previous == "?page=1"
