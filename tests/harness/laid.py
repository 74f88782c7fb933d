"""States of the world are laid by acts once in a process and put back after: a test costs what it tests.

    @laid_once
    def a_filed_plan(**values: Any) -> Plan: ...

The first two calls that start from the same rows, at the same moment, with the same arguments perform the acts; the second
keeps which rows they left. From the third on these very rows, log and commitments with them, are put back. A call that
starts from anything else, or is given somebody nobody was before, performs its acts as ever.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, fields, is_dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

from django.apps import apps
from django.db import connection, models, transaction

from hengjian.kernel import clock, guard, stored_files
from hengjian.kernel.models import StoredFile
from tests.harness import numbers

P = ParamSpec("P")
R = TypeVar("R")
Key = tuple[Hashable, ...]
Rows = dict[str, dict[Any, tuple[Any, ...]]]  # table → primary key → columns

# What is written beside acts and may differ where the log does not.
BESIDE = (
    "authorities_user",
    "kernel_upload",
    "kernel_storedfile",
    "kernel_checkpoint",
    "django_session",
    "rosters_rostercheck",
)
NEVER = {"django_content_type", "django_migrations", "auth_permission", "django_site"}


@dataclass(frozen=True)
class Laid:
    """What a call changed: rows to put in place of what stood there, keys of rows to take away, and the answer's model."""

    put: Rows
    gone: dict[str, list[Any]]
    model: type[models.Model]
    pk: Any
    counted: tuple[int, ...]
    objects: dict[str, bytes]  # what lies in the store of files for the rows to put


_seen: set[Key] = set()
_kept: dict[Key, Laid] = {}


def laid_once(make: Callable[P, R]) -> Callable[P, R]:
    """Remember the state that `make` reaches; it answers with one saved row."""

    @wraps(make)
    def reach(*args: P.args, **kwargs: P.kwargs) -> R:
        key = _key(make, args, kwargs)
        if key is None:
            return make(*args, **kwargs)
        if (kept := _kept.get(key)) is not None:
            return cast(R, _put_back(kept))
        if key not in _seen:
            _seen.add(key)
            return make(*args, **kwargs)
        before = _rows()
        made = make(*args, **kwargs)
        assert isinstance(made, models.Model)
        _kept[key] = _difference(before, _rows(), made)
        return made

    return reach


def _key(make: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Key | None:
    """Where the call starts from and what it asks for; None where either cannot happen twice."""
    said = _told((args, tuple(sorted(kwargs.items()))))
    return (
        None
        if said is None
        else (
            make.__module__,
            make.__qualname__,
            said,
            clock._fixed.get() or clock.today(),
            numbers.counted(),
            *_standing(),
        )
    )


def _told(value: Any) -> Hashable | None:
    if isinstance(value, models.Model):
        return (value._meta.label, value.pk)
    if isinstance(value, list | tuple):
        parts = tuple(_told(item) for item in value)
        return None if None in parts else ("items", *parts)
    if is_dataclass(value) and not isinstance(value, type):
        return _told([type(value).__qualname__, *(getattr(value, part.name) for part in fields(value))])
    try:
        hash(value)
    except TypeError:
        return None
    return ("value", type(value).__name__, value)


def _standing() -> Key:
    """What stands in the database: the log's last entry, and how much was written beside acts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT leaf_hash FROM kernel_entry ORDER BY id DESC LIMIT 1")
        last = cursor.fetchone()
        counts = ", ".join(f"(SELECT count(*) FROM {table})" for table in BESIDE)
        cursor.execute(f"SELECT (SELECT count(*) FROM kernel_entry), {counts}")
        return (bytes(last[0]) if last else b"", *cursor.fetchone())


def is_bare() -> bool:
    """Nothing has been performed in the database yet, and nobody has an account."""
    return not any(_standing())


def _tables() -> list[type[models.Model]]:
    found = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True) if _is_stored(model)}
    return list(found.values())


def _is_stored(model: type[models.Model]) -> bool:
    return model._meta.managed and not model._meta.proxy and model._meta.db_table not in NEVER


def _columns(model: type[models.Model]) -> str:
    return ", ".join(f'"{part.column}"' for part in model._meta.local_concrete_fields if not part.generated)


def _keys(model: type[models.Model]) -> list[str]:
    return [part.column for part in model._meta.pk_fields]


def _rows() -> Rows:
    found: Rows = {}
    with connection.cursor() as cursor:
        for model in _tables():
            table, keys = model._meta.db_table, _keys(model)
            names = ", ".join(f'"{key}"' for key in keys)
            cursor.execute(f'SELECT {names}, {_columns(model)} FROM "{table}" ORDER BY {names}')
            found[table] = {row[: len(keys)]: row[len(keys) :] for row in map(tuple, cursor.fetchall())}
    return found


def _difference(before: Rows, after: Rows, made: models.Model) -> Laid:
    put = {
        table: {key: row for key, row in rows.items() if before[table].get(key) != row} for table, rows in after.items()
    }
    gone = {table: [key for key in rows if key not in after[table]] for table, rows in before.items()}
    return Laid(
        {table: rows for table, rows in put.items() if rows},
        {table: keys for table, keys in gone.items() if keys},
        type(made),
        made.pk,
        numbers.counted(),
        {where: stored_files.place().get(where) for where in _places(put)},
    )


def _places(put: Rows) -> list[str]:
    pks = list(put.get(StoredFile._meta.db_table, {}))
    return list(StoredFile.objects.filter(pk__in=[pk for (pk,) in pks]).order_by("pk").values_list("place", flat=True))


def _lay_again(where: str, data: bytes) -> None:
    """A test may have had the object destroyed, or altered it."""
    place = stored_files.place()
    try:
        place.put(where, data)
    except FileExistsError:
        if place.get(where) != data:
            place.delete(where)
            place.put(where, data)


def _put_back(laid: Laid) -> models.Model:
    for where, data in laid.objects.items():
        _lay_again(where, data)
    with guard.opened("test harness"), transaction.atomic(), connection.cursor() as cursor:
        on_postgresql = connection.vendor == "postgresql"
        if on_postgresql:
            cursor.execute("SET LOCAL session_replication_role = replica")
        for model in _tables():
            table, where = model._meta.db_table, " AND ".join(f'"{key}" = %s' for key in _keys(model))
            rows = laid.put.get(table, {})
            doomed = [*laid.gone.get(table, []), *(rows if on_postgresql else ())]
            if doomed:
                cursor.executemany(f'DELETE FROM "{table}" WHERE {where}', doomed)
            if rows:
                columns = _columns(model)
                places = ", ".join(["%s"] * (columns.count(", ") + 1))
                verb = "INSERT" if on_postgresql else "INSERT OR REPLACE"
                cursor.executemany(f'{verb} INTO "{table}" ({columns}) VALUES ({places})', list(rows.values()))
        if on_postgresql:
            cursor.execute("SET LOCAL session_replication_role = origin")
    numbers.count_from(laid.counted)
    return models.QuerySet(laid.model).get(pk=laid.pk)
