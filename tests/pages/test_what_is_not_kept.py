"""Personal pages and every answer of the API are kept by no cache; the API answers JSON to whatever comes."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver

from hengjian.authorities.roles import Role
from tests.world import a_seat

pytestmark = pytest.mark.django_db


def plain_addresses() -> list[str]:
    """Every address that needs no value."""
    found = []
    for pattern in get_resolver().url_patterns:
        route = str(pattern.pattern)
        if not hasattr(pattern, "url_patterns") and "<" not in route and "(" not in route:
            found.append(f"/{route}")
    return found


def api_addresses() -> list[tuple[str, str]]:
    from hengjian.api.routes import load

    paths: dict[str, Any] = load().get_openapi_schema()["paths"]
    return [(method.upper(), path.replace("{id}", "1")) for path, each in paths.items() for method in each]


def test_no_cache_keeps_a_page_of_somebody_signed_in(province: Any, client_of: Any) -> None:
    client = client_of(a_seat(Role.CENTRE_REVIEWER))
    addresses = plain_addresses()
    assert len(addresses) > 20
    kept = [address for address in addresses if client.get(address).headers.get("Cache-Control") != "no-store"]
    assert not kept


@pytest.mark.parametrize("address", ["/desk/", "/accounts/login/", "/no/such/page/", "/accounts/2fa/"])
def test_no_cache_keeps_where_one_is_sent_to_sign_in(address: str) -> None:
    answer = Client().get(address)
    public = address == "/no/such/page/"
    assert public or "no-store" in answer.headers.get("Cache-Control", "")


def test_what_was_sent_is_answered_to_one_person_only() -> None:
    assert Client().post("/objection/", {"code": "YY000000000000"}).headers["Cache-Control"] == "no-store"
    assert Client().post("/check/", {"number": "x", "who": "y"}).headers["Cache-Control"] == "no-store"


def test_public_pages_may_be_kept() -> None:
    assert "no-store" not in Client().get("/register/").headers.get("Cache-Control", "")


def test_every_answer_of_the_api_is_json_and_kept_nowhere() -> None:
    addresses = [*api_addresses(), ("GET", "/api/no/such/thing"), ("POST", "/api/results/nothing"), ("GET", "/api/")]
    assert len(addresses) > 40
    for method, path in addresses:
        answer = Client().generic(method, path, b"{}", content_type="application/json")
        assert answer.headers["Content-Type"].startswith("application/json"), (method, path, answer.status_code)
        assert answer.headers["Cache-Control"] == "no-store", path
        assert answer.status_code < 500 and answer.status_code not in (301, 302), (method, path)


def test_without_a_seat_the_api_says_so_in_json() -> None:
    answer = Client().get("/api/me")
    assert answer.status_code == 401 and answer.json()["detail"]


def test_the_site_says_whom_to_ask_and_what_robots_may_leave() -> None:
    robots = Client().get("/robots.txt").content.decode()
    assert "Disallow: /api/" in robots and "Disallow: /check/" in robots
    text = Client().get("/.well-known/security.txt").content.decode()
    assert text.startswith("Contact: mailto:") and "\nExpires: " in text and "\nCanonical: http" in text
    home = Client().get("/").content.decode()
    for address in ("/contact/", "/privacy/"):
        assert f'href="{address}"' in home and Client().get(address).status_code == 200
