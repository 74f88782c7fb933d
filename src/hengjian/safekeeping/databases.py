"""The database as one file and back: SQLite's own copy, PostgreSQL's `pg_dump`; both a single moment, while the site runs.

What is counted for the manifest is counted at that same moment. Restoring is all or nothing: SQLite's file is moved into
place once it is whole, PostgreSQL takes the dump in one transaction.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from hengjian.kernel.words import say

FILES = {"sqlite": "hengjian.sqlite3", "postgresql": "hengjian.dump"}
_HEAD = "SELECT note FROM kernel_checkpoint ORDER BY size DESC LIMIT 1"
_MIGRATIONS = "SELECT app, max(name) FROM django_migrations GROUP BY app ORDER BY app"
Ask = Callable[[str], list[Any]]


class NoTool(Exception):
    """A program of PostgreSQL is missing or did not do it; the sentence says which."""


@dataclass(frozen=True)
class Counted:
    """The database at the moment it was saved."""

    head: str
    entries: int
    rows: dict[str, int]
    migrations: dict[str, str]


def save(folder: Path) -> Counted:
    """Write the database of this installation into the folder; what it held at that moment."""
    place = folder / FILES[connection.vendor]
    return _save_sqlite(place) if connection.vendor == "sqlite" else _save_postgresql(place)


def counted(ask: Ask, tables: list[str]) -> Counted:
    """`ask` runs a query on the saved moment."""
    head = ask(_HEAD)
    rows = {table: int(ask(f'SELECT count(*) FROM "{table}"')[0][0]) for table in sorted(tables)}  # noqa: S608
    migrations = {str(app): str(name) for app, name in ask(_MIGRATIONS)}
    return Counted(str(head[0][0]) if head else "", rows["kernel_entry"], rows, migrations)


def _save_sqlite(place: Path) -> Counted:
    source = str(connection.settings_dict["NAME"])
    with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as site, closing(sqlite3.connect(place)) as copy:
        site.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        named = copy.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
        )
        tables = [str(row[0]) for row in named]
        return counted(lambda query: list(copy.execute(query)), tables)


def _save_postgresql(place: Path) -> Counted:
    """`pg_dump` reads the snapshot in which the rows are counted."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        _run("pg_dump", "--format=custom", "--no-acl", "--no-owner", f"--snapshot={snapshot}", f"--file={place}")

        def ask(query: str) -> list[Any]:
            cursor.execute(query)
            return list(cursor.fetchall())

        tables = [str(row[0]) for row in ask("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        return counted(ask, tables)


def restore(folder: Path, vendor: str) -> None:
    """Put the saved database into this installation's, which is empty. A run that is killed leaves it empty."""
    place = folder / FILES[vendor]
    if vendor == "sqlite":
        target = Path(connection.settings_dict["NAME"])
        connection.close()
        draft = target.with_name(f"{target.name}.restoring")
        shutil.copyfile(place, draft)
        draft.chmod(0o600)
        with draft.open("rb") as written:
            os.fsync(written.fileno())
        for rest in ("-wal", "-shm"):  # of the empty file that the first connection made
            target.with_name(target.name + rest).unlink(missing_ok=True)
        draft.replace(target)
        return
    connection.close()
    _run(
        "pg_restore",
        "--no-acl",
        "--no-owner",
        "--exit-on-error",
        "--single-transaction",
        f"--dbname={_name()}",
        str(place),
    )


def is_empty() -> bool:
    """No table stands in the database of this installation."""
    return not connection.introspection.table_names()


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _run(tool: str, *words: str) -> None:
    """One of PostgreSQL's own programs on this database; the password goes by the environment. Raises NoTool."""
    program = shutil.which(tool)
    if program is None:
        raise NoTool(say("这台机器没有 {tool}：请安装 postgresql-client，版本不低于服务器。", tool=tool))
    values: Mapping[str, Any] = connection.settings_dict
    told = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    around = {name: str(values[key]) for name, key in told.items() if values.get(key)}
    ran = subprocess.run([program, *words], env={**os.environ, **around}, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise NoTool(say("{tool} 没有成功：{told}", tool=tool, told=ran.stderr.strip()[-500:]))
