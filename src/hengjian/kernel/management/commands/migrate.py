"""Django's migrate, followed by the triggers: a database without its belt is never left behind."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from hengjian.kernel import guard
from hengjian.kernel.guard_sql import install


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        with guard.opened("migration"):  # SQLite rebuilds tables by copying rows
            super().handle(*args, **options)
        install(connections[options["database"]])
