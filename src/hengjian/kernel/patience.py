"""How long a connection waits for a lock, and what a database's failure means to who asked.

SQLite has one writer, PostgreSQL locks rows; on both, who waits must be told in time. Commands and the background worker
wait as long as the settings say; a request waits as long as `wait_at_most` allowed its connection. The seconds are
technical bounds, not numbers of the law.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from enum import StrEnum
from typing import Any

from django.db import InterfaceError, OperationalError, connection

from hengjian.files.place import Unreachable

READING_SECONDS = 0.25  # what a request that only reads may wait for a lock, its session's note included
WRITING_SECONDS = 6.0  # what a request that writes may wait for one lock
STATEMENT_SECONDS = 20.0  # what one statement of a request may take (PostgreSQL)


class Trouble(StrEnum):
    """Why it was not done: somebody else is writing to the database, it cannot be reached or written at all, or the store of
    files cannot."""

    BUSY = "busy"
    GONE = "gone"
    FILES = "files"


_SQLITE_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_SQLITE_GONE = {
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_PROTOCOL,
}
# lock not available, statement cancelled by its time-out, deadlock, serialisation
_POSTGRES_BUSY = {"55P03", "57014", "40P01", "40001"}
# connection failures, shutting down or starting up, out of connections or disk, read only
_POSTGRES_GONE = ("08", "57P", "53", "25006")


def trouble_of(error: BaseException | None) -> Trouble | None:
    """What the failure means; None where it is a fault of ours (a missing table, a query too long) and must not be hidden."""
    if isinstance(error, Unreachable):
        return Trouble.FILES
    if not isinstance(error, OperationalError | InterfaceError):
        return None
    cause = error.__cause__
    if isinstance(cause, sqlite3.Error):
        code = (getattr(cause, "sqlite_errorcode", None) or 0) & 0xFF
        if code in _SQLITE_BUSY:
            return Trouble.BUSY
        return Trouble.GONE if code in _SQLITE_GONE else None
    state = getattr(cause, "sqlstate", None)
    if state is None:  # never reached the server, or lost it under way
        return Trouble.GONE
    if state in _POSTGRES_BUSY:
        return Trouble.BUSY
    return Trouble.GONE if state.startswith(_POSTGRES_GONE) else None


class Patient:
    """What both database wrappers add to Django's: a patience that holds for this connection and the next in its place."""

    patience: float | None = None

    def wait_at_most(self: Any, seconds: float) -> None:
        """Seconds one statement may wait for a lock from now on; a new connection keeps it."""
        if self.patience == seconds:
            return
        self.patience = seconds
        if self.connection is not None and not self.in_atomic_block:
            self._tell_patience()

    def init_connection_state(self: Any) -> None:
        super().init_connection_state()  # type: ignore[misc]
        if self.patience is not None:
            self._tell_patience()

    def _tell_patience(self: Any) -> None:
        milliseconds = int(self.patience * 1000)
        with closing(self.connection.cursor()) as cursor:
            if self.vendor == "sqlite":
                cursor.execute(f"PRAGMA busy_timeout = {milliseconds}")
                return
            statement = int(STATEMENT_SECONDS * 1000)
            cursor.execute(f"SET lock_timeout = {milliseconds}; SET statement_timeout = {statement}")
        if not self.connection.autocommit:  # else a rollback would take it back
            self.connection.commit()


def wait_at_most(seconds: float) -> None:
    """The patience of this thread's connection."""
    connection.wait_at_most(seconds)  # type: ignore[attr-defined]
