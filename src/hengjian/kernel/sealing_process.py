"""The sealing process: woken by the database when an act must be on record at once, else sealing every few seconds.

On PostgreSQL it listens (`sealer.wake` notifies); SQLite has no such thing, so there it looks four times a second whether
anything was written. It holds no state: ended at any moment, the next one goes on.
"""

from __future__ import annotations

import logging
import time
from threading import Event

from django.db import DatabaseError, InterfaceError, connection

from hengjian.kernel import log_key, sealer
from hengjian.kernel.actor import CLOCK
from hengjian.kernel.acts_catalogue import catalogue
from hengjian.kernel.asking import Asking
from hengjian.kernel.models import Entry
from hengjian.kernel.words import say

log = logging.getLogger("hengjian.sealer")
LOOKS = 0.25  # seconds between two looks at SQLite
REST = (1.0, 30.0)  # seconds after a failure, doubled up to the second


def too_slow(every: int) -> str:
    """Why an entry must not wait so many seconds for its checkpoint; empty where it may."""
    most = Asking(CLOCK, None).policy(sealer.SEAL_INTERVAL)
    return (
        ""
        if every <= most
        else say("新事实最迟 {most} 秒封入日志，--every 不能是 {every} 秒。", most=most, every=every)
    )


def follow(stop: Event, every: float) -> None:
    """Seal until `stop`; a database that is away for a while is waited for. Raises NotTheSealer without the key."""
    log_key.signer()  # a missing or wrong key ends the process now and with a sentence, not at the first entry
    rest, tried = REST[0], False
    while not stop.is_set():
        try:
            if not tried:
                sealer.insist_the_log_is_ours()
                tried = True
            seen = _armed()
            sealer.seal()
            _wait(stop, time.monotonic() + every, seen)
            rest = REST[0]
        except (DatabaseError, InterfaceError):
            log.exception("sealing failed; next try in %.0f s", rest)
            connection.close()
            stop.wait(rest)
            rest = min(2 * rest, REST[1])


def _armed() -> int:
    """Before sealing, so that what is written meanwhile is not missed: where the waiting starts from."""
    if connection.vendor != "postgresql":
        return _version()
    with connection.cursor() as cursor:
        cursor.execute(f"LISTEN {sealer.CHANNEL}")
    return 0


def _wait(stop: Event, until: float, seen: int) -> None:
    hurried = [code for code, act in catalogue().items() if sealer.at_once(act.header)]
    while not stop.is_set() and (left := until - time.monotonic()) > 0:
        if connection.vendor == "postgresql":
            # One second at most, so that a signal to stop is obeyed.
            with connection.wrap_database_errors:  # the driver's own errors are none of Django's
                if list(connection.connection.notifies(timeout=min(left, 1.0), stop_after=1)):
                    return
        else:
            stop.wait(min(left, LOOKS))
            if (now := _version()) != seen and Entry.objects.filter(idx__isnull=True, act__in=hurried).exists():
                return
            seen = now


def _version() -> int:
    """SQLite's count of what other connections have committed; asking it reads no table."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA data_version")
        return int(cursor.fetchone()[0])
