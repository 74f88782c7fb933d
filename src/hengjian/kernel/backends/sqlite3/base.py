"""Django's SQLite with the write guard, a patience and a turn for writing on every connection."""

import sqlite3
import time
from collections import defaultdict
from contextlib import closing
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base

from hengjian.kernel.guard import watch
from hengjian.kernel.patience import Patient
from hengjian.kernel.turns import Turns

_TURNS: defaultdict[str, Turns] = defaultdict(Turns)  # by the database's file
SHORT = 0.05  # seconds of waiting not worth a statement to take them off what is left


class DatabaseWrapper(Patient, base.DatabaseWrapper):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(watch)
        self._has_turn = False

    @property
    def _turns(self) -> Turns:
        return _TURNS[str(self.settings_dict["NAME"])]

    def _start_transaction_under_autocommit(self) -> None:
        allowed = self.patience if self.patience is not None else float(self.settings_dict["OPTIONS"].get("timeout", 5))
        began = time.monotonic()
        if not self._turns.take(allowed):
            busy = sqlite3.OperationalError("another thread of this process is writing")
            busy.sqlite_errorcode = sqlite3.SQLITE_BUSY
            raise OperationalError(*busy.args) from busy
        self._has_turn = True
        try:
            self._begin_within(allowed, time.monotonic() - began)
        except BaseException:
            self._leave()
            raise

    def _begin_within(self, allowed: float, waited: float) -> None:
        """The patience is for the turn and for the database's lock together."""
        if waited < SHORT:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
            return
        self._busy_timeout(max(0.0, allowed - waited))
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        finally:
            self._busy_timeout(allowed)

    def _busy_timeout(self, seconds: float) -> None:
        with closing(self.connection.cursor()) as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._leave()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._leave()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._leave()

    def _leave(self) -> None:
        if self._has_turn:
            self._has_turn = False
            self._turns.leave()
