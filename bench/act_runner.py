"""What an act costs against the same write made by hand in Django. Two references, both measured in the same run:

- the bare write: the row locked, changed, saved, nothing kept of who did it. The act is held to 1.8 times that, though it
  also asks its rules and appends to the log;
- the honest view: what a careful author would write without the kernel. It looks up the request's number, locks the row,
  asks the same question of it, saves it and keeps one row of who did what under which number, all in one transaction.
  Here the act has a request's number too. (The bare write is less than such a view must do, so it flatters nobody.)

The references use plain models of the same table, on PostgreSQL over a connection of their own on which no trigger fires.
All take turns in one process; of each the round counts that a tenth of the rounds were quicker than, since a busy machine
disturbs the others. Beside the time stands what it disturbs less: the processor's time of this process and of the server's
together, and the number of statements.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bench._ground import installed, line, processor

ROUNDS = 400
GOAL = 1.8


@dataclass
class Side:
    """One way to make the write; `alias` is its connection."""

    work: Callable[[int], Any]
    alias: str
    seconds: list[float] = field(default_factory=list)
    own: float = 0.0
    statements: int = 0

    def perform(self, number: int) -> None:
        begun, before = time.perf_counter(), time.process_time()
        self.work(number)
        self.own += time.process_time() - before
        self.seconds.append(time.perf_counter() - begun)

    def served(self) -> float:
        """Processor seconds of the server's process for this connection, where there is one on this machine."""
        from django.db import connections

        database = connections[self.alias]
        if database.vendor != "postgresql":
            return 0.0
        with database.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            try:
                return processor([cursor.fetchone()[0]])
            except OSError:
                return 0.0

    def count(self) -> None:
        from django.db import connections
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connections[self.alias]) as asked:
            self.work(-1)
        self.statements = len(asked)


def _without_triggers(alias: str) -> str:
    """A connection of its own whose writes fire no trigger: the bare write stays bare. (Switching triggers off and on
    on one connection makes the server plan everything anew, which then is all one measures.)"""
    from django.db import connection, connections

    if connection.vendor != "postgresql":
        return "default"
    connections.databases[alias] = {**connections.databases["default"]}
    with connections[alias].cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
    return alias


def act_against_hand() -> list[dict[str, Any]]:
    """The same row locked, changed and saved: as an act without and with a request's number, and as plain Django."""
    from django.db import connection, transaction
    from tests.kernel.places import offices, seat

    from bench._plain import Log, row_model
    from bench._rename import rename
    from hengjian.authorities.roles import Role
    from hengjian.kernel import clock, guard
    from hengjian.kernel.actor import OPERATOR

    held = seat(Role.CENTRE_REVIEWER, offices()["13/1302/"])
    rows, logs = row_model()._base_manager, Log._base_manager
    with connection.schema_editor() as editor:
        editor.create_model(Log)
    plain, view = _without_triggers("plain"), _without_triggers("view")

    def act(number: int) -> None:
        rename(OPERATOR, held, name=f"演示{number}")

    def act_once(number: int) -> None:
        rename.once(f"request-{number}")(OPERATOR, held, name=f"演示{number}")

    def bare(number: int) -> None:
        with guard.opened("bench"), transaction.atomic(using=plain):
            row = rows.using(plain).select_for_update().get(pk=held.pk)
            row.place_name = f"演示{number}"
            row.save(using=plain)

    def by_hand(number: int) -> None:
        key = f"operator:request-{number}"
        with guard.opened("bench"), transaction.atomic(using=view):
            if logs.using(view).filter(key=key).exists():
                return
            row = rows.using(view).select_for_update().get(pk=held.pk)
            if row.ended_on is not None:
                raise ValueError("席位已经撤销。")
            row.place_name = f"演示{number}"
            row.save(using=view)
            logs.using(view).create(
                key=key, at=clock.now(), actor="operator", action="rename", table="seat", row=row.pk,
                details={"place_name": row.place_name},
            )  # fmt: skip

    sides = [Side(act, "default"), Side(bare, plain), Side(act_once, "default"), Side(by_hand, view)]
    for side in sides:
        for number in range(20):
            side.work(-2 - number)
        side.count()
    served = [0.0] * len(sides)
    for place, side in enumerate(sides):  # the server's part by itself: its clock counts hundredths of a second
        before = side.served()
        for number in range(ROUNDS):
            side.work(10 * ROUNDS + number)
        served[place] = (side.served() - before) / ROUNDS
    for number in range(ROUNDS):
        for side in sides:
            side.perform(number)
    return [
        _compared("the bare write", sides[0], sides[1], served[0], served[1]),
        _compared("a view by hand with log and request number", sides[2], sides[3], served[2], served[3]),
    ]


def _compared(against: str, ours: Side, theirs: Side, served: float, serves: float) -> dict[str, Any]:
    from django.db import connection

    value, reference = (statistics.quantiles(side.seconds, n=10)[0] for side in (ours, theirs))
    spent = (ours.own / ROUNDS + served) / (theirs.own / ROUNDS + serves)
    ratio = value / reference
    name = (
        f"act, s, against {against} on {connection.vendor}"
        f" (processor {spent:.2f} ×; {ours.statements} statements against {theirs.statements})"
    )
    return line(name, value, reference, ratio, f"≤ {GOAL} ×", ratio <= GOAL)


def run() -> list[dict[str, Any]]:
    installed()
    return act_against_hand()


if __name__ == "__main__":
    for result in run():
        print(result)
