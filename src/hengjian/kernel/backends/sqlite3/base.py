"""Django's SQLite with the write guard and a patience on every connection."""

from typing import Any

from django.db.backends.sqlite3 import base

from hengjian.kernel.guard import watch
from hengjian.kernel.patience import Patient


class DatabaseWrapper(Patient, base.DatabaseWrapper):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(watch)
