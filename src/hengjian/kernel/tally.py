"""How many rows each of several query sets has: one statement for all, made once and asked as often as one likes.

A side bar shows a number at every entry of every page. Counted one by one these were a third of a page, and most of that
not the database's work but the making of the statements.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, models


class Tally:
    """The statement is made when the query sets come in; they may depend on nothing that a later reading would change."""

    def __init__(self, sets: Sequence[models.QuerySet[Any]]) -> None:
        self._parts: list[str] = []
        self._parameters: list[Any] = []
        for rows in sets:
            try:
                text, parameters = rows.order_by().values("pk").query.sql_with_params()
            except EmptyResultSet:
                self._parts.append("0")
                continue
            self._parts.append(f"(SELECT COUNT(*) FROM ({text}) AS counted)")  # noqa: S608
            self._parameters += parameters

    def read(self) -> tuple[int, ...]:
        """The numbers now, in the order of the query sets."""
        if not self._parts:
            return ()
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(self._parts)}", self._parameters)
            return tuple(cursor.fetchone())
