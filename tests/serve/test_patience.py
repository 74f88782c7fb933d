"""A database that is busy or away: a sentence, 503 and Retry-After on every channel, what was entered kept, nothing hidden."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import InterfaceError, OperationalError, connection
from django.test import Client

from hengjian.authorities.roles import Role
from hengjian.kernel.patience import Trouble, trouble_of
from hengjian.web.intake import CUT_SHORT, TOO_LATE
from tests.kernel.places import offices, seat


def of_sqlite(code: int) -> OperationalError:
    cause = sqlite3.OperationalError("x")
    cause.sqlite_errorcode = code
    return _because(OperationalError("x"), cause)


def of_postgres(state: str | None) -> OperationalError:
    cause = psycopg.errors.lookup(state)("x") if state else psycopg.OperationalError("x")
    return _because(OperationalError("x"), cause)


def _because(error: Any, cause: Exception) -> Any:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "meant"),
    [
        (of_sqlite(sqlite3.SQLITE_BUSY), Trouble.BUSY),
        (of_sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT), Trouble.BUSY),
        (of_sqlite(sqlite3.SQLITE_CANTOPEN), Trouble.GONE),
        (of_sqlite(sqlite3.SQLITE_FULL), Trouble.GONE),
        (of_sqlite(sqlite3.SQLITE_ERROR), None),  # no such table, expression too deep: ours
        (of_postgres("55P03"), Trouble.BUSY),
        (of_postgres("57014"), Trouble.BUSY),
        (of_postgres("57P01"), Trouble.GONE),
        (of_postgres("53300"), Trouble.GONE),
        (of_postgres(None), Trouble.GONE),
        (_because(InterfaceError("closed"), psycopg.InterfaceError("closed")), Trouble.GONE),
        (ValueError("x"), None),
        (None, None),
    ],
)
def test_only_what_lies_outside_us_is_trouble(error: BaseException | None, meant: Trouble | None) -> None:
    assert trouble_of(error) is meant


@contextmanager
def failing(error: Exception, *, from_start: str) -> Iterator[None]:
    """Every statement beginning with that word fails so."""

    def fail(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if sql.startswith(from_start):
            raise error
        return execute(sql, *rest)

    with connection.execute_wrapper(fail):
        yield


@pytest.fixture
def quiet() -> Client:
    return Client(raise_request_exception=False)


ASKED = {"number": "Y000013020001264000001", "who": "桐守正"}
GONE, BUSY = of_postgres(None), of_sqlite(sqlite3.SQLITE_BUSY)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/register/", "/desk/", "/api/certificates", "/health"])
def test_a_database_that_is_away_is_said_on_every_channel(client_of: Callable[[Any], Client], path: str) -> None:
    client = client_of(seat(Role.CENTRE_REVIEWER, offices()["13/1302/"]))
    client.raise_request_exception = False
    with failing(GONE, from_start=""):
        answer = client.get(path)
    assert answer.status_code == 503 and "数据库" in answer.content.decode()
    told = path in ("/health", "/api/certificates")
    assert answer["Content-Type"].startswith("application/json" if told else "text/html")
    assert path == "/health" or int(answer["Retry-After"]) > 0


@pytest.mark.django_db
def test_what_was_entered_comes_back_with_its_number(quiet: Client) -> None:
    with failing(BUSY, from_start="SELECT"):
        answer = quiet.post("/check/", {**ASKED, "note": "x\n<b>", "key": "k1", "csrfmiddlewaretoken": "t"})
    page = answer.content.decode()
    assert answer.status_code == 503
    assert 'action="/check/"' in page and "再试一次" in page
    assert (
        '<textarea name="note" hidden>\nx\n&lt;b&gt;</textarea>' in page
        and '<textarea name="key" hidden>\nk1</textarea>' in page
    )


@pytest.mark.django_db
def test_a_password_is_not_written_into_a_page(quiet: Client) -> None:
    with failing(BUSY, from_start="SELECT"):
        answer = quiet.post("/accounts/login/", {"login": "zhao", "password": "geheim-geheim"})
    assert answer.status_code == 503
    assert "geheim" not in answer.content.decode() and "textarea" not in answer.content.decode()


@pytest.mark.django_db
def test_who_waited_too_long_for_a_thread_is_told_without_asking_the_database(
    quiet: Client, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        answer = quiet.post("/check/", {"number": "Y0"}, **{TOO_LATE: True})
        cut = quiet.post("/check/", {}, **{CUT_SHORT: 413})
        cut_api = quiet.post("/api/x", {}, **{CUT_SHORT: 408})
    assert answer.status_code == 503 and "Y0" in answer.content.decode()
    assert (cut.status_code, cut_api.status_code, cut_api["Content-Type"]) == (413, 408, "application/json")
    assert "frame-ancestors" in answer["Content-Security-Policy"]


@pytest.mark.django_db
def test_a_fault_of_ours_stays_a_fault(quiet: Client) -> None:
    with failing(of_sqlite(sqlite3.SQLITE_ERROR), from_start="SELECT"):
        assert quiet.post("/check/", ASKED).status_code == 500
