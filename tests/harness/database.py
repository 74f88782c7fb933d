"""The guard stays armed in every test. Only Django's own emptying of tables between tests passes it, belt off and on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.commands import flush

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
