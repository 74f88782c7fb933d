"""A side bar holds only what its seat can use, and a list without a row says why: there is none yet, none is as asked for, or
the list is not for this desk. Every list is asked from every role, on the page and through the API."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import EmptyResultSet
from django.test import Client
from django.urls import reverse

from hengjian.api.listings import LISTINGS
from hengjian.authorities.models import Seat
from hengjian.authorities.roles import Role
from hengjian.kernel.asking import Asking
from hengjian.kernel.listing import Choice, Days, Listing
from hengjian.web.components import Empty
from hengjian.web.listing import NOT_FOR_THIS_DESK, NOTHING_MATCHES
from hengjian.web.room import menu, rooms
from tests.house.test_deny_by_default import TwoCities, _client, two_cities
from tests.house.test_lists import PAGE_OF
from tests.world import a_seat

__all__ = ["two_cities"]
pytestmark = [pytest.mark.django_db, pytest.mark.once]


def of_every_role(seats: list[Seat]) -> list[Seat]:
    found = {seat.role: seat for seat in seats}
    assert set(found) >= set(Role) - {Role.DISTRICT_OFFICER}
    return list(found.values())


def entries_of(seat: Seat) -> list[str]:
    return [entry.page for _, entries in menu(seat) for entry in entries]


def can_have_rows(listing: Listing[Any], seat: Seat) -> bool:
    """By the statement itself: a seat to which the model is never disclosed asks the database nothing at all."""
    try:
        str(listing.rows(Asking(seat, None)).query)
    except EmptyResultSet:
        return False
    return listing.shown_to(seat)


def nothing_of(empty: Empty | None) -> str:
    assert empty is not None, "a table without a row must say why"
    said = {NOT_FOR_THIS_DESK.title: "desk", NOTHING_MATCHES.title: "match"}.get(str(empty.title), "yet")
    # The three are told apart by their words: what is not there yet says so.
    assert said != "yet" or "没有" in str(empty.title)
    return said


def asked(client: Client, listing: Listing[Any], **given: str) -> tuple[int, str]:
    """How many rows, and why none: the same said by page and API."""
    page = client.get(reverse(PAGE_OF[listing.name]), given)
    told = client.get(f"/api/{listing.name}", given).json()
    table = page.context["table"]
    assert len(table.rows) == len(told["items"]), listing.name
    if table.rows:
        assert told["nothing"] == ""
        return len(table.rows), ""
    assert nothing_of(table.empty) == told["nothing"], (listing.name, given)
    return 0, told["nothing"]


def that_match_nothing(listing: Listing[Any]) -> Iterator[dict[str, str]]:
    """Words of the address that no row of this world is as."""
    if listing.search:
        yield {"q": "不存在的字样甲乙丙"}
    for each in listing.filters:
        if isinstance(each, Days):
            yield {f"{each.name}_from": "2099-01-01"}
        elif isinstance(each, Choice):
            yield {each.parameters()[0].name: each.parameters()[0].options[-1][0]}


def test_every_entry_of_a_side_bar_leads_where_its_seat_can_do_something(two_cities: TwoCities) -> None:
    lists = {PAGE_OF[listing.name]: listing for listing in LISTINGS}
    for seat in of_every_role(two_cities.seats):
        client = _client(seat)
        for name in entries_of(seat):
            answer = client.get(reverse(name), follow=True)
            assert answer.status_code == 200, (seat.role, name)
            sent_on = bool(answer.redirect_chain)
            if name in lists:
                assert sent_on or can_have_rows(lists[name], seat), f"{seat.role} has no use of {name}"
            tables = [value for each in answer.context or [] for value in each.flatten().values()]
            assert NOT_FOR_THIS_DESK not in [getattr(table, "empty", None) for table in tables], (seat.role, name)


def test_no_seat_misses_a_list_of_its_cases(two_cities: TwoCities) -> None:
    """Where rows are disclosed to a role, its side bar leads to them; but what is open to all stands where it belongs."""
    entries = {entry.page for room in rooms() for entry in room.menu}
    for seat in of_every_role(two_cities.seats):
        for listing in LISTINGS:
            name = PAGE_OF[listing.name]
            if name not in entries or not can_have_rows(listing, seat):
                continue
            own = seat.role == Role.SUPERVISOR and listing.name in ("supervisors", "occupations")
            assert name in entries_of(seat) or own, f"{seat.role} is not led to {name}"


def test_an_empty_list_says_which_kind_of_empty_it_is(two_cities: TwoCities) -> None:
    seen: set[str] = set()
    for seat in of_every_role(two_cities.seats):
        client = _client(seat)
        for listing in LISTINGS:
            page = client.get(reverse(PAGE_OF[listing.name]))
            if page.status_code != 200:
                assert not listing.shown_to(seat), f"{listing.name} is declared for {seat.role}"
                assert client.get(f"/api/{listing.name}").status_code == 404
                continue
            number, why = asked(client, listing)
            assert (why == "desk") == (not can_have_rows(listing, seat)), (seat.role, listing.name)
            for given in that_match_nothing(listing):
                found, narrowed = asked(client, listing, **given)
                if not found:
                    assert narrowed == ("match" if number else why), (seat.role, listing.name, given)
                seen.add(narrowed)
            seen.add(why)
    assert seen == {"", "yet", "match", "desk"}


def test_a_list_nobody_has_written_to_says_that_there_is_nothing_yet() -> None:
    """On the first day, whatever is asked for: what is not there at all is not said to be hidden by a filter."""
    seat = a_seat(Role.PROVINCE_OFFICER)
    client = _client(seat)
    for listing in LISTINGS:
        if not can_have_rows(listing, seat):
            continue
        number, why = asked(client, listing)
        assert number or why == "yet", listing.name
        if not number and listing.search:
            assert asked(client, listing, q="无")[1] == "yet", listing.name
