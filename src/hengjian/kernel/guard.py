"""The write guard: nothing writes a case table outside an act.

Every connection of every process carries the wrapper (see `kernel.backends`). It lets reads pass, looks up the table of
each write, and raises unless the runner has opened the door. Unknown tables are refused: what may be written freely is
a reviewed list. PostgreSQL has a trigger and grants as well (`guard_sql`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings


@cache
def free_tables() -> frozenset[str]:
    """What may be written freely: tables of libraries (log-in, sessions, jobs; settings list them) and own models that
    say `decides_nothing = True`. They hold no case and no act changes them."""
    own = [model for model in apps.get_models() if getattr(model, "decides_nothing", False)]
    links = [field.m2m_db_table() for model in own for field in model._meta.local_many_to_many]
    return frozenset([*settings.LIBRARY_TABLES, *links]) | {model._meta.db_table for model in own}


_open: ContextVar[str] = ContextVar("hengjian_guard_open", default="")
_WRITE = re.compile(
    r"\b(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE(?:\s+ONLY)?|DELETE\s+FROM(?:\s+ONLY)?|MERGE\s+INTO"
    r"|TRUNCATE(?:\s+TABLE)?|COPY)\s+\"?(?:\w+\"?\.\"?)?(\w+)\"?",
    re.IGNORECASE,
)
_PASSES = ("SELECT", "SAVEPOI", "RELEASE", "ROLLBAC", "BEGIN", "COMMIT", "PRAGMA", "SET ", "SHOW", "EXPLAIN")
_DDL = ("CREATE", "ALTER", "DROP", "COMMENT", "ANALYZE", "VACUUM", "GRANT", "REVOKE", "DO ")


class WriteOutsideAct(RuntimeError):
    """A statement would have changed a case table and no act was running: a programming error, never a user's."""


@contextmanager
def opened(reason: str) -> Iterator[None]:
    """Used by the runner, the sealer and the test harness only; the house test lists its callers."""
    token = _open.set(reason)
    try:
        yield
    finally:
        _open.reset(token)


@cache
def _tables_written(sql: str) -> tuple[str, ...]:
    head = sql.lstrip()[:8].upper()
    if head.startswith(_DDL):
        return ()
    if head.startswith(_PASSES) and not re.search(r"\bINTO\b|\bFOR\s+UPDATE\b", sql, re.IGNORECASE):
        return ()
    text = re.sub(r"'(?:[^']|'')*'", "''", sql)  # a word inside a literal is not a statement
    text = re.sub(
        r"\bFOR\s+(?:NO\s+KEY\s+)?UPDATE\b|\bON\s+CONFLICT\b.*?\bDO\s+UPDATE\b|\bDO\s+UPDATE\b",
        " ",
        text,
        flags=re.IGNORECASE | re.DOTALL,
    )
    return tuple(dict.fromkeys(match.lower() for match in _WRITE.findall(text)))


def watch(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Connection wrapper (django.db: execute_wrappers)."""
    if not _open.get():
        text = sql if isinstance(sql, str) else str(sql)
        if text[:6] != "SELECT" or " INTO " in text:
            for table in _tables_written(text) if len(text) < 4000 else _tables_written(text[:4000]):
                if table not in free_tables():
                    raise WriteOutsideAct(f"{table} is written only by acts")
    return execute(sql, params, many, context)
