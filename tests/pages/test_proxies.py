"""Behind a proxy each asker is one asker; what a client writes into the header of the proxies counts for nothing."""

from __future__ import annotations

import pytest

from hengjian.trusted import Trusted

ASKER, PROXY, INNER = "192.0.2.7", "10.0.0.2", "10.0.0.3"


@pytest.mark.parametrize(
    ("written", "peer", "forwarded", "found"),
    [
        ("0", ASKER, "203.0.113.1", ASKER),
        ("1", PROXY, ASKER, ASKER),
        ("1", PROXY, f"203.0.113.1, {ASKER}", ASKER),
        ("1", PROXY, f"203.0.113.1,garbage, {ASKER}:51234", ASKER),
        ("1", PROXY, "", PROXY),
        ("2", INNER, f"203.0.113.1, {ASKER}, {PROXY}", ASKER),
        ("10.0.0.0/8", INNER, f"203.0.113.1, {ASKER}, {PROXY}", ASKER),
        ("10.0.0.0/8", ASKER, "203.0.113.1", ASKER),
        ("10.0.0.0/8 ::1", "::1", f"{ASKER}", ASKER),
        ("10.0.0.0/8", PROXY, "not an address", PROXY),
        ("1", PROXY, "[2001:db8::9]:4711", "2001:db8::9"),
    ],
)
def test_the_address_is_read_from_the_right(written: str, peer: str, forwarded: str, found: str) -> None:
    trusted = Trusted.read(written)
    assert (trusted.asker(peer, forwarded) if trusted.believes(peer) else peer) == found


@pytest.mark.parametrize("written", ["", "all", "10.0.0.0/99", "1 2"])
def test_what_is_no_proxy_is_refused(written: str) -> None:
    with pytest.raises(ValueError):
        Trusted.read(written)


@pytest.mark.django_db
def test_a_client_that_writes_the_header_itself_stays_one_asker(client) -> None:  # type: ignore[no-untyped-def]
    for place in range(120):
        client.get("/register/", headers={"x-forwarded-for": f"203.0.113.{place}"})
    assert client.get("/register/", headers={"x-forwarded-for": "203.0.113.250"}).status_code == 429
