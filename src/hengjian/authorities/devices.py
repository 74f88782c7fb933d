"""Where a person is signed in: each session with the device it was opened on, for that person alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings

from hengjian.authorities.seating import SEEN
from hengjian.kernel.words import listed

# The first that fits names it; an Edge calls itself a Chrome, and a Chrome a Safari.
PROGRAMS = (
    ("MicroMessenger", "微信"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class Device:
    """A session that still opens something; `used_at` is when a page was last asked for, to the minute."""

    number: int
    name: str
    network: str
    since: datetime
    used_at: datetime
    current: bool


def devices_of(user: Any, session_key: str) -> list[Device]:
    """The sessions of this person that are not over, the one that asks first."""
    found = [_device(row, session_key) for row in UserSession.objects.purge_and_list(user)]
    return sorted(found, key=lambda device: (not device.current, -device.used_at.timestamp()))


def end_device(user: Any, number: int, session_key: str) -> bool:
    """End a session of this person other than the one that asks; False where there is none of this number."""
    row = UserSession.objects.filter(user=user.pk, pk=number).exclude(session_key=session_key).order_by("pk").first()
    if row is None:
        return False
    row.end()
    return True


def end_others(user: Any, session_key: str) -> int:
    """End every session of this person but the one that asks; how many."""
    rows = list(UserSession.objects.filter(user=user.pk).exclude(session_key=session_key).order_by("pk"))
    for row in rows:
        row.end()
    return len(rows)


def named(user_agent: str) -> str:
    """`Chrome · Windows`, as far as the browser says so."""
    program = next((name for mark, name in PROGRAMS if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return listed(filter(None, (program, system)), " · ") or user_agent[:40] or "不明"


def _device(row: UserSession, session_key: str) -> Device:
    store = import_module(settings.SESSION_ENGINE).SessionStore(row.session_key)
    seen = store.get(SEEN)
    used_at = datetime.fromtimestamp(seen, UTC) if isinstance(seen, int) else row.created_at
    return Device(row.pk, named(row.user_agent), row.ip, row.created_at, used_at, row.session_key == session_key)
