"""The clock: read once per act. A demo installation may move it forward, which is an act and therefore on record."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

ZONE = ZoneInfo("Asia/Shanghai")
_fixed: ContextVar[datetime | None] = ContextVar("hengjian_clock_fixed", default=None)


def now() -> datetime:
    """The moment in Chinese standard time; in a demo, moved by what the demo clock says."""
    fixed = _fixed.get()
    if fixed is not None:
        return fixed
    moment = datetime.now(ZONE)
    return moment + timedelta(seconds=_ahead()) if settings.CLOCK_MOVABLE else moment


_read: tuple[float, int] = (float("-inf"), 0)


def _ahead() -> int:
    """How far the demo clock is ahead; read again after a second, since other processes may have moved it."""
    global _read
    asked = time.monotonic()
    if asked - _read[0] > 1:
        from hengjian.kernel.models import DemoClock

        _read = (asked, DemoClock.objects.values_list("ahead_seconds", flat=True).first() or 0)
    return _read[1]


def moved() -> None:
    """The demo clock has just been moved in this process: read it anew."""
    global _read
    _read = (float("-inf"), 0)


def today() -> date:
    return now().date()


@contextmanager
def at(moment: datetime | date | str) -> Iterator[None]:
    """Everything inside happens at `moment`: for tests, the demo's play and re-computation as of a date."""
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day, 9, tzinfo=ZONE)
    token = _fixed.set(moment.astimezone(ZONE) if moment.tzinfo else moment.replace(tzinfo=ZONE))
    try:
        yield
    finally:
        _fixed.reset(token)
