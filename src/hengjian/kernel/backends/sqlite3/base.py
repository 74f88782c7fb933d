"""Django's SQLite with the write guard on every connection."""

from typing import Any

from django.db.backends.sqlite3 import base

from hengjian.kernel.guard import watch


class DatabaseWrapper(base.DatabaseWrapper):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(watch)
