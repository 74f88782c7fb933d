"""Turns: the threads of one process write to SQLite one after the other, in the order in which they came.

SQLite has one writer. Who finds it busy sleeps and asks again, longer each time, so that the lock lies idle between two
writers and whoever has waited longest is as likely as anybody to be passed over. With turns a process sends one writer at
a time to the database, and the next starts the moment it ends. Other processes are still met at the database's own lock.
"""

from __future__ import annotations

from collections import deque
from threading import Event, Lock


class Turns:
    """A lock that is handed over first come, first served, and waited for with a bound."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: deque[Event] = deque()
        self._taken = False

    def take(self, seconds: float) -> bool:
        """Wait at most so long for the turn; whether it came."""
        with self._lock:
            if not self._taken:
                self._taken = True
                return True
            mine = Event()
            self._waiting.append(mine)
        if mine.wait(seconds):
            return True
        with self._lock:
            if mine.is_set():  # handed over at the last moment
                return True
            self._waiting.remove(mine)
            return False

    def leave(self) -> None:
        """Hand the turn to whoever has waited longest."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken = False
