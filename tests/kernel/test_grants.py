"""On PostgreSQL the application's own role cannot rewrite the log or delete a case, whatever the program does."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from hengjian.authorities.models import User
from hengjian.authorities.roles import Role
from hengjian.kernel import guard, guard_sql, sealer
from hengjian.kernel.verification import verify
from tests.kernel.places import offices, seat

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
ROLE = "hengjian_app_test"


@pytest.fixture
def as_the_application():
    if connection.vendor != "postgresql":
        pytest.skip("grants exist on PostgreSQL only; this test runs in the PostgreSQL pass")
    with connection.cursor() as cursor:
        cursor.execute(f"DROP OWNED BY {ROLE}" if _exists(cursor) else "SELECT 1")
        cursor.execute(f"DROP ROLE IF EXISTS {ROLE}")
        cursor.execute(f"CREATE ROLE {ROLE} NOLOGIN")
        guard_sql.grant(connection, ROLE)
        cursor.execute(f"SET ROLE {ROLE}")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute(f"DROP OWNED BY {ROLE}")
        cursor.execute(f"DROP ROLE {ROLE}")


def _exists(cursor) -> bool:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE])
    return cursor.fetchone() is not None


def test_acts_seal_and_sign_in_work(as_the_application) -> None:
    places = offices()
    seat(Role.CENTRE_REVIEWER, places["13/1302/"])
    sealer.seal()
    User.objects.create(username="somebody", name="演示")
    assert verify().differences == []


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM authorities_area",
        "DELETE FROM kernel_entry",
        "UPDATE kernel_entry SET leaf = ''",
        "UPDATE kernel_entryrow SET commitment = ''",
        "UPDATE kernel_checkpoint SET note = ''",
        "ALTER TABLE kernel_entry DISABLE TRIGGER ALL",
        "DROP TABLE kernel_entry",
    ],
)
def test_rewriting_is_refused_by_the_database(as_the_application, statement) -> None:
    with guard.opened("grant test"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('hengjian.act', 'x', true)")
        with pytest.raises(DatabaseError, match=r"permission denied|must be owner"):
            cursor.execute(statement)
        transaction.set_rollback(True)
