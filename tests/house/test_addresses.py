"""Deny by default: every address is a seat's, a signed-in person's, or on the reviewed public list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.decorators import login_not_required
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, path

from hengjian.api.routes import load
from hengjian.web.middleware import access_of
from tests.house.source import reviewed


def addresses(patterns: list[Any], prefix: str = "") -> Iterator[tuple[str, str, Any]]:
    """(address, name, view) of every pattern, nested ones included."""
    for pattern in patterns:
        where = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, where)
        elif isinstance(pattern, URLPattern):
            yield where, pattern.name or "", pattern.callback


def open_addresses(patterns: list[Any]) -> set[str]:
    """`access address` of whatever is reached without a seat; log-in and API guard their own addresses."""
    return {
        f"{access_of(view)} /{where}"
        for where, _, view in addresses(patterns)
        if access_of(view) != "seat" and not where.startswith(("accounts/", "api/"))
    }


def open_operations(api: Any) -> set[str]:
    """`api METHOD path` of each operation that asks for neither token nor seat."""
    return {
        f"api {method} {prefix.rstrip('/')}{where}"
        for prefix, router in api._routers
        for where, view in router.path_operations.items()
        for operation in view.operations
        if not operation.auth_callbacks
        for method in operation.methods
    }


def test_every_url_is_a_seats_or_listed_public() -> None:
    found = open_addresses(get_resolver().url_patterns) | open_operations(load())
    listed = set(reviewed("public_addresses.txt"))
    assert not found - listed, f"reached without a seat, not reviewed: {sorted(found - listed)}"
    assert not listed - found, f"listed, no longer there: {sorted(listed - found)}"


def test_an_unmarked_view_needs_a_seat() -> None:
    def page(request: object) -> None: ...

    def shown(request: object) -> None: ...

    login_not_required(shown)
    assert open_addresses([path("secret/", page), path("shown/", shown)]) == {"public /shown/"}


def test_an_operation_without_authentication_is_noticed() -> None:
    from ninja import NinjaAPI

    api = NinjaAPI(auth=lambda request: None, urls_namespace="sample")

    @api.get("/kept")
    def kept(request: object) -> str:
        return ""

    @api.get("/shown", auth=None)
    def shown(request: object) -> str:
        return ""

    assert open_operations(api) == {"api GET /shown"}


@pytest.mark.django_db
def test_nobody_without_a_log_in_gets_past_a_seats_page() -> None:
    client = Client()
    for where, _, view in addresses(get_resolver().url_patterns):
        if access_of(view) == "seat" and "<" not in where and "(" not in where:
            answer = client.get("/" + where)
            assert answer.status_code in (302, 401, 404, 405), f"{where} answered {answer.status_code}"
            if answer.status_code == 302:
                assert "/accounts/login/" in answer["Location"], where
