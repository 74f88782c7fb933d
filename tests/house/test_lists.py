"""A list is declared once: page, export and API give the same rows in the same order, and refuse the same words."""

from __future__ import annotations

import csv
import importlib
import io
import json
import pkgutil
import random
import re
from dataclasses import fields, is_dataclass
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode
from ninja.operation import Operation

import hengjian
from hengjian.api.case_reads import CASE_READS
from hengjian.api.listings import LISTINGS, documented
from hengjian.authorities.models import Seat
from hengjian.institutions.lists import REGISTER
from hengjian.kernel.list_files import neutral
from hengjian.kernel.listing import MOST, Choice, Days, Listing, Of
from tests.house.source import modules
from tests.house.test_deny_by_default import TwoCities, _client, two_cities
from tests.lists import the_file
from tests.pages.reading import assert_plain

__all__ = ["two_cities"]
BY_NAME = {listing.name: listing for listing in LISTINGS}
PAGE_OF = {
    "register": "register",
    "institutions": "institutions",
    "filings": "filings",
    "registrations": "registrations",
    "supervisors": "supervisors",
    "assessors": "assessors",
    "past_plans": "past_plans",
    "earlier_certificates": "earlier_certificates",
    "occupations": "occupations",
    "plans": "plans",
    "rosters": "rosters",
    "exams": "supervision",
    "draws": "draws",
    "sheets": "results",
    "objections": "objections",
    "certificates": "certificates",
    "papers": "paper_register",
    "seats": "seat_list",
    "accounts": "account_list",
    "tokens": "token_list",
    "audit": "audit",
    "messages": "inbox",
}


def declared() -> dict[str, Listing[Any]]:
    """Every listing that stands in some `lists.py`, by module and name."""
    packages = [each.name for each in pkgutil.iter_modules(hengjian.__path__) if each.ispkg]
    found = {}
    for package in packages:
        try:
            module = importlib.import_module(f"hengjian.{package}.lists")
        except ModuleNotFoundError:
            continue
        found |= {f"{package}.{name}": value for name, value in vars(module).items() if isinstance(value, Listing)}
    return found


def test_every_declared_list_has_its_page_and_its_operation() -> None:
    assert sorted(map(id, declared().values())) == sorted(map(id, LISTINGS))
    assert set(PAGE_OF) == set(BY_NAME), "say which page shows the new list"


def test_no_list_is_declared_elsewhere() -> None:
    makes = re.compile(r"\bListing\(")
    making = {module.name for module in modules() if makes.search(module.text)}
    assert {name for name in making if not name.endswith("/lists.py")} == {"kernel/listing.py"}, "its docstring alone"


@pytest.mark.parametrize("listing", LISTINGS, ids=lambda listing: listing.name)
def test_a_declaration_holds_together(listing: Listing[Any]) -> None:
    """Columns are fields of a frozen row, no two words of the address are the same, and the document has them all."""
    assert is_dataclass(listing.of) and listing.of.__dataclass_params__.frozen
    names = {field.name for field in fields(listing.of)}
    assert {column.field for column in (*listing.columns, *listing.more)} | {listing.key} <= names
    sorts = [column.sort for column in listing.columns if column.order]
    assert len(sorts) == len(set(sorts))
    words = [parameter["name"] for parameter in documented(listing)]
    assert len(words) == len(set(words)) and {"sort", "page", "size"} <= set(words)
    assert not {"export", "order"} & set(words)


def some_words(listing: Listing[Any], chance: random.Random) -> dict[str, str]:
    """Words an address of this list may have, by chance: about every second filter, a search now and then, a sort."""
    given: dict[str, str] = {}
    for each in listing.filters:
        if chance.random() < 0.5:
            continue
        if isinstance(each, Choice):
            given[each.name] = chance.choice([value for value, _ in each.parameters()[0].options])
        elif isinstance(each, Days):
            given[f"{each.name}_{chance.choice(('from', 'until'))}"] = f"2026-{chance.randint(1, 12):02}-15"
        else:
            given[each.name] = str(chance.randint(1, 3))
    if listing.search and chance.random() < 0.3:
        given["q"] = chance.choice(("演示", "电工", "2026", "甲"))
    if chance.random() < 0.7:
        given["sort"] = chance.choice(list(listing.sorts()))
    return given


def from_the_api(client: Client, listing: Listing[Any], given: dict[str, str], size: int) -> list[dict[str, Any]]:
    """All pages, each from the address the one before it names."""
    address, items = f"/api/{listing.name}?{urlencode({**given, 'size': size})}", []
    while address:
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.content.decode())
        part = answer.json()
        items += part["items"]
        assert len(part["items"]) <= size
        address = part["next"]
    assert part["total"] == len(items)
    assert part["pages"] == max(1, -(-len(items) // size))
    return items


def from_the_export(client: Client, listing: Listing[Any], given: dict[str, str]) -> list[list[str]]:
    answer = the_file(client, PAGE_OF[listing.name], "csv", given)
    assert answer["Content-Type"].startswith("text/csv"), listing.name
    head, *lines = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert head == [column.label for column in (*listing.columns, *listing.more)]
    return lines


# Their rows lead nowhere: a record is all there is.
WITHOUT_A_PAGE = {"past_plans"}


def from_the_page(client: Client, listing: Listing[Any], given: dict[str, str]) -> list[str]:
    """The keys of the rows by the addresses they lead to, page by page."""
    address: str = reverse(PAGE_OF[listing.name])
    keys: list[str] = []
    words = "?" + urlencode(given)
    while words:
        answer = client.get(address + words)
        assert answer.status_code == 200
        assert not answer.context["faults"], answer.context["faults"]
        for row in answer.context["table"].rows:
            href = next((cell.href for cell in row.cells if getattr(cell, "href", "")), "")
            keys.append(unquote(href.rstrip("/").split("/")[-1]) if href else str(row.cells[0].text))
        words = answer.context["pager"].following
    return keys


def compared(client: Client, listing: Listing[Any], given: dict[str, str], size: int) -> int:
    """Holds page, export and API against each other; how many rows there were."""
    items = from_the_api(client, listing, given, size)
    named = listing.columns[0].field if listing.name in WITHOUT_A_PAGE else listing.key
    assert from_the_page(client, listing, given) == [str(item[named]) for item in items], (listing.name, given)
    lines = from_the_export(client, listing, given)
    assert len(lines) == len(items)
    plain = [
        (place, column.field) for place, column in enumerate((*listing.columns, *listing.more)) if column.text is None
    ]
    for line, item in zip(lines, items, strict=True):
        for place, field in plain:
            assert line[place] == neutral("" if item[field] is None else str(item[field])), (listing.name, field)
    return len(items)


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(BY_NAME))
def test_page_export_and_operation_give_the_same_rows_in_the_same_order(two_cities: TwoCities, name: str) -> None:
    chance, listing = random.Random(name), BY_NAME[name]
    seats = [seat for seat in two_cities.seats if listing.shown_to(seat)]
    clients = [_client(seat) for seat in chance.sample(seats, min(3, len(seats)))]
    if listing is REGISTER:
        clients = [Client()]
    rows = 0
    for client in clients:
        rows += compared(client, listing, {}, size=50)
        for _ in range(3):
            compared(client, listing, some_words(listing, chance), size=chance.choice((2, 20, 50)))
    everybody = [_client(seat) for seat in seats]
    assert rows or any(from_the_api(client, listing, {}, 50) for client in everybody), "no seat has a row of it"


def refused(client: Client, listing: Listing[Any], **given: str) -> list[str]:
    """The words that are refused, as the answer names them."""
    answer = client.get(f"/api/{listing.name}?{urlencode(given)}")
    assert answer.status_code == 422, (listing.name, given, answer.status_code)
    told = answer.json()
    assert told["field"] == told["errors"][0]["field"] and told["sentence"] and told["remedy"]
    return [error["field"] for error in told["errors"]]


@pytest.mark.django_db
def test_what_a_list_does_not_know_is_refused_by_its_name(two_cities: TwoCities) -> None:
    by_role: dict[str, Seat] = {seat.role: seat for seat in two_cities.seats}
    clients = {role: _client(seat) for role, seat in by_role.items()}
    for listing in LISTINGS:
        client = next(clients[role] for role, seat in by_role.items() if listing.shown_to(seat))
        assert refused(client, listing, limit="3") == ["limit"]
        assert refused(client, listing, sort="password") == ["sort"]
        assert refused(client, listing, page="0", size=str(MOST + 1)) == ["page", "size"]
        for each in listing.filters:
            names = [parameter.name for parameter in each.parameters()]
            bad = {Choice: "nobody", Days: "2026-02-30", Of: "x"}[type(each)]
            assert refused(client, listing, **dict.fromkeys(names, bad)) == names
            # The page says the same above its table, and makes no export of what was not asked for.
            told = client.get(f"{reverse(PAGE_OF[listing.name])}?{urlencode({names[0]: bad, 'export': 'csv'})}")
            assert told.status_code == 200 and len(told.context["faults"].lines) == 1
        if listing.search:
            assert refused(client, listing, q="长" * 81) == ["q"]
        twice = client.get(f"/api/{listing.name}?page=1&page=2")
        assert twice.status_code == 422 and json.loads(twice.content)["field"] == "page"


@pytest.mark.django_db
def test_a_page_behind_the_last_is_empty_and_leads_back(two_cities: TwoCities) -> None:
    told = Client().get("/api/register?size=1&page=99").json()
    assert told["items"] == [] and told["total"] > 1 and told["next"] == ""
    assert Client().get(told["previous"]).json()["items"]


@pytest.mark.django_db
def test_what_the_api_reads_is_frozen_rows_and_never_a_model(two_cities: TwoCities, monkeypatch: Any) -> None:
    """Held at the one place where an operation's result becomes an answer, over every operation that reads."""
    handed: list[Any] = []
    answered = Operation._result_to_response

    def held(self: Operation, request: Any, result: Any, temporal: Any) -> Any:
        assert_plain(result, request.path)
        handed.append(request.path)
        return answered(self, request, result, temporal)

    monkeypatch.setattr(Operation, "_result_to_response", held)
    by_role = {seat.role: seat for seat in two_cities.seats}
    for seat in by_role.values():
        client = _client(seat)
        for listing in LISTINGS:
            items = client.get(f"/api/{listing.name}").json().get("items", [])
            for case in CASE_READS:
                if items and case.route.split("/")[1] == listing.name:
                    client.get("/api" + case.route.replace("{int:id}", str(items[0][listing.key])))
        for other in ("me", "acts", "policies", "notices"):
            assert client.get(f"/api/{other}").status_code == 200
    assert len({re.sub(r"[0-9]+", "", path) for path in handed}) >= len(LISTINGS) + len(CASE_READS) + 4
    with pytest.raises(AssertionError):
        assert_plain({"items": [next(iter(by_role.values()))]}, "a model is noticed")
