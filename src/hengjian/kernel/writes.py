"""The rows an act has written: the ground floor, on which case tables and acts both stand."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

from django.db import connection, models


class Writes:
    """The rows an act has written, in the order of writing.

    `rows` keeps for each the canonical text the database gave back when it was written, as long as that is sure to be what
    stands: not inside a savepoint, which may be undone, and not once an act within this act has written the row too.
    """

    def __init__(self) -> None:
        self.rows: dict[type[models.Model], dict[Any, bytes | None]] = {}
        self.created: dict[type[models.Model], list[Any]] = {}
        self._depth = len(connection.savepoint_ids)
        self._outer = writes_now.get()

    def note(
        self, model: type[models.Model], pk: Any, created: models.Model | None = None, text: bytes | None = None
    ) -> None:
        self.rows.setdefault(model, {})[pk] = text if len(connection.savepoint_ids) == self._depth else None
        if created is not None:
            self.created.setdefault(model, []).append(created)
        outer = self._outer
        while outer is not None:
            if pk in outer.rows.get(model, {}):
                outer.rows[model][pk] = None
            outer = outer._outer


writes_now: ContextVar[Writes | None] = ContextVar("hengjian_writes", default=None)
