"""The strict harness, armed for every test, and the fixtures that tests share.

Failure is: an undefined template variable, a warning, a POST form without its token, a moment in a date column, a write
outside an act, a connection off the machine. Queries that ask for no order get a random one.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date, datetime
from typing import Any

import pytest

from tests.harness import laid, numbers
from tests.harness.browser import Complaints, Pictures, chromium, launched
from tests.harness.database import flush_allowed
from tests.harness.dates import dates_stay_dates
from tests.harness.forms import forms_carry_tokens
from tests.harness.queries import shuffled_unless_ordered
from tests.harness.templates import strict_variables
from tests.harness.words import sentences_stay_sayable

if importlib.util.find_spec("tests.world") is not None:
    pytest_plugins = ["tests.world"]


DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_setup"}


@pytest.fixture(autouse=True, scope="session")
def strict_harness() -> Iterator[None]:
    from hengjian.kernel import log_key

    with ExitStack() as armed:
        armed.enter_context(log_key.holding())  # a test process is its own sealer, unless the test says otherwise
        for promise in (
            strict_variables,
            shuffled_unless_ordered,
            forms_carry_tokens,
            dates_stay_dates,
            sentences_stay_sayable,
            flush_allowed,
        ):
            armed.enter_context(promise())
        yield


@pytest.fixture(autouse=True)
def counters_begin_anew(request: pytest.FixtureRequest) -> None:
    """In an empty database the same calls make the same people: what was laid for one test serves the next."""
    from django.core.cache import cache

    if DATABASE_FIXTURES & set(request.fixturenames) or request.node.get_closest_marker("django_db"):
        request.getfixturevalue("transactional_db" if _is_transactional(request) else "db")
        if laid.is_bare():
            numbers.begin_anew()
        cache.clear()  # what the sign-in library counts of tries


def _is_transactional(request: pytest.FixtureRequest) -> bool:
    if {"transactional_db", "live_server"} & set(request.fixturenames):
        return True
    marker = request.node.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction"))


@pytest.fixture
def at() -> Iterator[Callable[[datetime | date | str], None]]:
    """`at("2026-05-06T09:00")`: from here on, until the test ends or asks again, the clock stands there."""
    from hengjian.kernel import clock

    with ExitStack() as moments:
        yield lambda moment: moments.enter_context(clock.at(moment))


@pytest.fixture
def client_of() -> Callable[[Any], Any]:
    """`client_of(seat)`: a client signed in as the seat's holder, acting from that seat."""
    from django.test import Client

    from hengjian.authorities.seating import CHOSEN

    def signed_in(seat: Any) -> Client:
        client = Client()
        client.force_login(seat.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        session[CHOSEN] = seat.pk
        session.save()
        return client

    return signed_in


@pytest.fixture(scope="session")
def launched_browser() -> Iterator[Any]:
    if chromium() is None:
        pytest.fail("journeys need Chromium (apt-get install chromium); run without them by -m 'not journey'")
    with launched() as browser:
        yield browser


@pytest.fixture
def browser(launched_browser: Any, live_server: Any) -> Iterator[Callable[..., Any]]:
    """`browser(seat)`: a page of a fresh context on the live server, signed in where a seat is given.

    The test fails on any script error, refused content or answer of 500 and above that the browser met.
    """
    from django.test import Client

    from hengjian.authorities.seating import CHOSEN

    complaints = Complaints()
    contexts: list[Any] = []

    def opened(seat: Any = None, **options: Any) -> Any:
        context = launched_browser.new_context(
            base_url=live_server.url, locale="zh-CN", timezone_id="Asia/Shanghai", **options
        )
        contexts.append(context)
        context.set_default_timeout(30_000)
        if seat is not None:
            client = Client()
            client.force_login(seat.user, backend="allauth.account.auth_backends.AuthenticationBackend")
            session = client.session
            session[CHOSEN] = seat.pk
            session.save()
            cookie = client.cookies["sessionid"]
            context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
        page = context.new_page()
        complaints.watch(page)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def pictures(request: pytest.FixtureRequest) -> Pictures:
    return Pictures(request.node.name)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Some tests share one process (`harness.together`)."""
    from tests.harness.together import scheduler

    return scheduler(config, log) if config.getvalue("dist") == "loadgroup" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever touches a database is marked, so that the second database's pass leaves out what never does."""
    for item in items:
        if item.get_closest_marker("django_db") or DATABASE_FIXTURES.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.database)
