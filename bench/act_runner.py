"""An act with guard, rules and ledger against the same ORM write without them; sealing and proofs against bare SHA-256.

Both sides run in one process on one database, in turn, each in its own transaction; the median of the ratios counts.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROUNDS = 300


def _prepare() -> None:
    os.environ["HENGJIAN_MODE"] = "test"
    folder = Path(tempfile.mkdtemp(prefix="hengjian-bench-"))
    os.environ.setdefault("HENGJIAN_VAR", str(folder))
    os.environ.setdefault("HENGJIAN_DATABASE_URL", f"sqlite:///{folder / 'bench.sqlite3'}")
    os.environ["DJANGO_SETTINGS_MODULE"] = "hengjian.settings"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def _seconds(work: Callable[[int], Any], number: int) -> float:
    start = time.perf_counter()
    work(number)
    return time.perf_counter() - start


def act_against_bare() -> dict[str, Any]:
    """The same row locked, changed and saved: as an act, and as plain Django."""
    from django.db import models, transaction
    from tests.kernel.places import offices, seat
    from tests.kernel.scratch import Blanked

    from hengjian.authorities.models import Seat
    from hengjian.authorities.roles import Role
    from hengjian.kernel import guard
    from hengjian.kernel.act import Doing, act
    from hengjian.kernel.actor import BY_OPERATOR, OPERATOR
    from hengjian.kernel.rule import rule

    held = seat(Role.CENTRE_REVIEWER, offices()["13/1302/"])

    @rule("bench.seat_is_held")
    def is_held(subject: Seat, now: object) -> str | None:
        """席位有效。"""
        return None if subject.ended_on is None else "席位已经撤销。"

    def body(doing: Doing[Seat], *, name: str) -> Blanked:
        """改写席位名称。"""
        doing.subject.place_name = name
        return Blanked(1)

    rename = act("bench.rename", Seat, by=BY_OPERATOR, requires=[is_held])(body)

    def with_act(number: int) -> None:
        rename(OPERATOR, held, name=f"演示{number}")

    def bare(number: int) -> None:
        with guard.opened("bench"), transaction.atomic():
            row = Seat._base_manager.select_for_update().get(pk=held.pk)
            row.place_name = f"演示{number}"
            models.Model.save(row)

    for number in range(20):
        with_act(number)
        bare(number)
    ours: list[float] = []
    theirs: list[float] = []
    for number in range(ROUNDS):
        ours.append(_seconds(with_act, number))
        theirs.append(_seconds(bare, number))
    value, reference = statistics.median(ours), statistics.median(theirs)
    return {
        "name": "act with guard, rules and ledger vs the same ORM write (s, median)",
        "value": round(value, 6),
        "reference": round(reference, 6),
        "ratio": round(value / reference, 3),
        "goal": "<= 2.0",
        "met": value / reference <= 2.0,
    }


def run() -> list[dict[str, Any]]:
    _prepare()
    return [act_against_bare()]


if __name__ == "__main__":
    for line in run():
        print(line)
