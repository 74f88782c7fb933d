"""The canonical text of a stored row: what a commitment is made to, the same on every database.

Columns are read as stored and brought to one form by their kind: dates and moments in ISO form (moments in UTC),
decimals with their places, JSON canonically, binary (encrypted columns among it) in hexadecimal. Empty columns are left
out, so that a column added later changes no commitment.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, NoReturn

from django.db import connection, models

from hengjian.kernel.facts import canonical, plain


@dataclass(frozen=True)
class Reading:
    """How the rows of one table are read: its columns, two statements and the form of each column."""

    table: str
    columns: str
    all: str
    some: str
    names: tuple[str, ...]
    forms: tuple[Callable[[Any], Any], ...]

    def text(self, row: Sequence[Any]) -> tuple[int, bytes]:
        values = {
            name: form(value)
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
    # SQLite's driver converts by the declared kind of a column and reads what it cannot convert as empty, or fails; a plus
    # before the name makes it an expression, which is read as stored.
    plus = "" if connection.vendor == "postgresql" else "+"
    columns = ", ".join(f'{plus}"{field.column}"' for field in fields)
    quoted = f'SELECT {columns} FROM "{table}"'  # noqa: S608 - names of our own tables and columns
    return Reading(
        table,
        columns,
        f"{quoted} ORDER BY 1",
        f'{quoted} WHERE "{key.column}" IN',
        tuple(str(field.column) for field in fields),
        tuple(_form(field) for field in fields),
    )


def _form(field: Any) -> Callable[[Any], Any]:
    form = _kind(field)

    def tolerant(value: Any) -> Any:
        """What does not belong into such a column has a text too, one that no act ever commits to."""
        try:
            return form(value)
        except (ValueError, TypeError, ArithmeticError):
            return {"garbage": repr(value)}

    return tolerant


def _kind(field: Any) -> Callable[[Any], Any]:
    if isinstance(field, models.BooleanField):
        return lambda value: {0: False, 1: True}[value] if value in (0, 1) else _refuse(value)
    if isinstance(field, models.DateTimeField):
        return _moment
    if isinstance(field, models.DateField):
        return _day
    if isinstance(field, models.DecimalField):
        places = Decimal(1).scaleb(-field.decimal_places)
        return lambda value: _decimal(value, places)
    if isinstance(field, models.JSONField):
        return lambda value: plain(json.loads(value) if isinstance(value, str) else value)
    if isinstance(field, models.BinaryField):
        return lambda value: bytes(value).hex() if isinstance(value, bytes | memoryview) else _refuse(value)
    if isinstance(field, models.IntegerField | models.ForeignKey):
        return lambda value: value if isinstance(value, int) else _refuse(value)
    return lambda value: value if isinstance(value, str | int) else _refuse(value)


def _refuse(value: Any) -> NoReturn:
    raise ValueError(value)


def _day(value: date | str) -> str:
    text = str(value)  # SQLite keeps the ISO text that a date's str() is
    return text if date.fromisoformat(text).isoformat() == text else _refuse(value)


def _decimal(value: Any, places: Decimal) -> str:
    stored = Decimal(str(value))
    rounded = stored.quantize(places)
    return str(rounded) if rounded == stored else _refuse(value)


def _moment(value: datetime | str) -> str:
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if not isinstance(value, datetime):
        _refuse(value)
    # Django stores moments in UTC; SQLite keeps them without saying so.
    value = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    return value.isoformat()
