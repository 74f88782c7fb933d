"""An act with guard, rules and ledger against the same ORM write without them.

Both sides run in one process on one database, in turn, each in its own transaction; the medians are compared. On
PostgreSQL (HENGJIAN_DATABASE_URL) the bare write has a connection on which no trigger fires.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

from bench._ground import installed, line

ROUNDS = 300


def _seconds(work: Callable[[int], Any], number: int) -> float:
    start = time.perf_counter()
    work(number)
    return time.perf_counter() - start


def _without_triggers() -> str:
    """A connection of its own whose writes fire no trigger: the bare write stays bare. (Switching triggers off and on
    on one connection makes the server plan everything anew, which then is all one measures.)"""
    from django.db import connections

    connections.databases["plain"] = {**connections.databases["default"]}
    with connections["plain"].cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
    return "plain"


def act_against_bare() -> dict[str, Any]:
    """The same row locked, changed and saved: as an act, and as plain Django."""
    from django.db import connection, models, transaction
    from tests.kernel.places import offices, seat

    from bench._rename import rename
    from hengjian.authorities.models import Seat
    from hengjian.authorities.roles import Role
    from hengjian.kernel import guard
    from hengjian.kernel.actor import OPERATOR

    held = seat(Role.CENTRE_REVIEWER, offices()["13/1302/"])

    def with_act(number: int) -> None:
        rename(OPERATOR, held, name=f"演示{number}")

    def bare(number: int) -> None:
        with guard.opened("bench"), transaction.atomic(using=plain):
            row = Seat._base_manager.using(plain).select_for_update().get(pk=held.pk)
            row.place_name = f"演示{number}"
            models.Model.save(row, using=plain)

    plain = _without_triggers() if connection.vendor == "postgresql" else "default"
    for number in range(20):
        with_act(number)
        bare(number)
    ours: list[float] = []
    theirs: list[float] = []
    for number in range(ROUNDS):
        ours.append(_seconds(with_act, number))
        theirs.append(_seconds(bare, number))
    value, reference = statistics.median(ours), statistics.median(theirs)
    ratio = value / reference
    return line(
        f"act with guard, rules and ledger, s, against the same ORM write on {connection.vendor}",
        value, reference, ratio, "≤ 2 ×", ratio <= 2.0,
    )  # fmt: skip


def run() -> list[dict[str, Any]]:
    installed()
    return [act_against_bare()]


if __name__ == "__main__":
    for result in run():
        print(result)
