"""The guard stays armed in every test. Django's own emptying of tables between tests passes it, belt off and on; and what
is no case but a condition that no act brings about any more goes `past_the_guard` (house test: who may)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.commands import flush
from django.db import transaction

from hengjian.kernel import guard, guard_sql


@contextmanager
def flush_allowed() -> Iterator[None]:
    ordinary = flush.Command.handle

    def handle(command: Any, **options: Any) -> None:
        from django.db import connections

        from hengjian.kernel import calendar

        database = connections[options["database"]]
        with guard.opened("test harness"):
            if database.vendor == "sqlite":
                guard_sql.remove(database)
            ordinary(command, **options)
            if database.vendor == "sqlite":
                guard_sql.install(database)
        calendar._cache.clear()

    flush.Command.handle = handle  # type: ignore[method-assign]
    try:
        yield
    finally:
        flush.Command.handle = ordinary  # type: ignore[method-assign]


@contextmanager
def past_the_guard(reason: str) -> Iterator[None]:
    """Rows changed without an act, past the guard and PostgreSQL's trigger. A case comes about by acts
    (`hengjian.demo.exams`); who writes past them stands with its reason in `house/reviewed/guard_openers_in_tests.txt`."""
    with guard.opened(reason), transaction.atomic():
        guard_sql.name_the_act("test.harness", None)
        yield
        guard_sql.disown()
