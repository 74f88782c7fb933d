"""The canonical text of a stored row: what a commitment is made to, the same on every database.

Columns are read as stored and brought to one form by their kind: dates and moments in ISO form (moments in UTC),
decimals with their places, JSON canonically, binary (encrypted columns among it) in hexadecimal. Empty columns are left
out, so that a column added later changes no commitment.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django.db import models

from hengjian.kernel.facts import canonical


@dataclass(frozen=True)
class Reading:
    """How the rows of one table are read: two statements and the form of each column."""

    table: str
    all: str
    some: str
    names: tuple[str, ...]
    forms: tuple[Callable[[Any], Any] | None, ...]

    def text(self, row: Sequence[Any]) -> tuple[int, bytes]:
        values = {
            name: value if form is None else form(value)
            for name, form, value in zip(self.names, self.forms, row, strict=True)
            if value is not None
        }
        return row[0], canonical([self.table, values])


@cache
def reading(model: type[models.Model]) -> Reading:
    """The reading of a model's table; the key comes first."""
    key = model._meta.pk
    fields = [key, *(field for field in model._meta.concrete_fields if field is not key)]
    table = model._meta.db_table
    columns = ", ".join(f'"{field.column}"' for field in fields)
    quoted = f'SELECT {columns} FROM "{table}"'  # noqa: S608 - names of our own tables and columns
    return Reading(
        table,
        f"{quoted} ORDER BY 1",
        f'{quoted} WHERE "{key.column}" IN',
        tuple(str(field.column) for field in fields),
        tuple(_form(field) for field in fields),
    )


def _form(field: Any) -> Callable[[Any], Any] | None:
    if isinstance(field, models.BooleanField):
        return bool
    if isinstance(field, models.DateTimeField):
        return _moment
    if isinstance(field, models.DateField):
        return str  # SQLite keeps the ISO text that a date's str() is
    if isinstance(field, models.DecimalField):
        places = Decimal(1).scaleb(-field.decimal_places)
        return lambda value: str(Decimal(str(value)).quantize(places))
    if isinstance(field, models.JSONField):
        return lambda value: json.loads(value) if isinstance(value, str) else value
    if isinstance(field, models.BinaryField):
        return lambda value: bytes(value).hex()
    return None


def _moment(value: datetime | str) -> str:
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    # Django stores moments in UTC; SQLite keeps them without saying so.
    value = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    return value.isoformat()
