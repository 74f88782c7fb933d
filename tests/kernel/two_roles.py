"""The application's and the sealer's role on PostgreSQL, granted on the database under test, and acting as either."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from hengjian.kernel import grants

# Roles belong to the server, not to a database: processes that test at the same time need their own.
APPLICATION, SEALER = f"hengjian_app_{os.getpid()}", f"hengjian_sealer_{os.getpid()}"


@pytest.fixture
def roles() -> Iterator[None]:
    if connection.vendor != "postgresql":
        pytest.skip("grants exist on PostgreSQL only; this test runs in the PostgreSQL pass")
    _drop()
    with connection.cursor() as cursor:
        for role in (APPLICATION, SEALER):
            cursor.execute(f"CREATE ROLE {role} NOLOGIN")
    grants.grant_application(connection, APPLICATION)
    grants.grant_sealer(connection, SEALER)
    yield
    _drop()


def _drop() -> None:
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        for role in (APPLICATION, SEALER):
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
            if cursor.fetchone():
                cursor.execute(f"DROP OWNED BY {role}")
                cursor.execute(f"DROP ROLE {role}")


@contextmanager
def acting_as(role: str) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {role}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
