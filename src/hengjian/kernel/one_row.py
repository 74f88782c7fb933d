"""The two statements nearly every act makes about one row, written once per table: lock it by its key; change it by its key
and read back, in the same breath, what now stands in it.

An act's cost is mostly making statements: the ORM compiles these anew each time, and reading back what was written was a
statement of its own. Fields are read and written by Django's own converters.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from django.db import connection, models

from hengjian.kernel import row_text

M = TypeVar("M", bound=models.Model)
_SELECT = "SELECT "
Converter = tuple[int, Sequence[Callable[[Any, Any, Any], Any]], Any]


@dataclass(frozen=True)
class _Lock:
    sql: str
    names: tuple[str, ...]
    converters: tuple[Converter, ...]


@cache
def _lock(model: type[models.Model], vendor: str) -> _Lock:
    """Compiled by the ORM inside a transaction, as every later use is."""
    compiler = model._base_manager.select_for_update().filter(pk=0).order_by().query.get_compiler(connection=connection)
    sql, parameters = compiler.as_sql()
    assert tuple(parameters) == (0,) and sql.startswith(_SELECT)  # the key alone
    columns = [column for column, _, _ in compiler.select]
    converters = compiler.get_converters(columns).items()
    return _Lock(
        sql,
        tuple(column.target.attname for column in columns),
        tuple((place, tuple(convert), column) for place, (convert, column) in converters),
    )


def locked(model: type[M], pk: Any, also: tuple[str, str] | None = None) -> M | None:
    """The row as it stands, held for this transaction; None where there is none. `also` is an expression with its one
    parameter that the same statement works out, for what it does: a round trip saved."""
    lock = _lock(model, connection.vendor)
    with connection.cursor() as cursor:
        if also is None:
            cursor.execute(lock.sql, (pk,))
        else:
            cursor.execute(f"SELECT {also[0]}, {lock.sql[len(_SELECT) :]}", (also[1], pk))
        found = cursor.fetchone()
    if found is None:
        return None
    row = list(found if also is None else found[1:])
    for place, converters, column in lock.converters:
        for convert in converters:
            row[place] = convert(row[place], column, connection)
    return model.from_db(connection.alias, lock.names, row)


@cache
def _change(model: type[models.Model], vendor: str, names: tuple[str, ...]) -> str:
    key, table = model._meta.pk, model._meta.db_table
    assert key is not None
    set_to = ", ".join(f'"{name}" = %s' for name in names)
    return f'UPDATE "{table}" SET {set_to} WHERE "{key.column}" = %s RETURNING {row_text.reading(model).columns}'  # noqa: S608


def changed(model: type[models.Model], pk: Any, values: Sequence[tuple[Any, Any]]) -> bytes | None:
    """Write (field, value) pairs into the row; its canonical text as it now stands, or None where there is no such row."""
    sql = _change(model, connection.vendor, tuple(field.column for field, _ in values))
    written = [field.get_db_prep_save(value, connection) for field, value in values]
    with connection.cursor() as cursor:
        cursor.execute(sql, (*written, pk))
        found = cursor.fetchall()  # to the end: SQLite goes on only when all is read
    return row_text.reading(model).text(found[0])[1] if found else None
