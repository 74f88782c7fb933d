"""A calendar file (RFC 5545): what has an hour at its hour, everything else as whole days. Lines are folded at 75 octets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

from hengjian.kernel.words import in_words
from hengjian.web.occasions import Occasion

FOLD = 75


def calendar_file(occasions: Sequence[Occasion], now: datetime, site: str) -> bytes:
    """The file; `site` stands before the addresses of the cases and names the calendar's events."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Hengjian//agenda//ZH", "CALSCALE:GREGORIAN"]
    for each in occasions:
        lines += _event(each, now, site)
    return b"".join(piece + b"\r\n" for line in [*lines, "END:VCALENDAR"] for piece in _folded(line))


def _event(each: Occasion, now: datetime, site: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{each.key}@{site.partition('://')[2]}"
    yield f"DTSTAMP:{_moment(now)}"
    if each.at is not None and each.ends is not None:
        yield f"DTSTART:{_moment(each.at)}"
        yield f"DTEND:{_moment(each.ends)}"
    else:
        yield f"DTSTART;VALUE=DATE:{_day(each.on)}"
        yield f"DTEND;VALUE=DATE:{_day(each.until + timedelta(days=1))}"
    yield f"SUMMARY:[{_text(in_words(each.label))}] {_text(in_words(each.title))}"
    if each.place:
        yield f"LOCATION:{_text(in_words(each.place))}"
    if each.note:
        yield f"DESCRIPTION:{_text(in_words(each.note))}"
    yield f"URL:{site}{each.href}"
    yield "END:VEVENT"


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _day(value: date) -> str:
    return value.strftime("%Y%m%d")


def _text(value: str) -> str:
    """Backslash, comma, semicolon and line break mean something in such a file."""
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n")):
        value = value.replace(plain, written)
    return value


def _folded(line: str) -> Iterator[bytes]:
    """At most 75 octets a line, never cutting a character; what follows begins with a blank."""
    piece = b""
    for character in line:
        octets = character.encode()
        if len(piece) + len(octets) > FOLD:
            yield piece
            piece = b" "
        piece += octets
    yield piece
