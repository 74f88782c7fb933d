"""What people type, read once for every door: pages, API, files and the command line.

Input methods write full-width digits, several kinds of hyphen, blanks nobody sees and radicals that look like characters.
Words keep their full-width brackets (names of firms have them); codes, numbers and days do not.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal

from hengjian.kernel.clock import ZONE
from hengjian.kernel.words import say

EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
WHOLE = 2**31 - 1  # what a whole number in a column holds on every database
KEY = 2**63 - 1

_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\u2800\u3164\ufeff\uffa0]"
)
_BLANKS = re.compile(r"\s+")
_DASHES = re.compile("[\u002d\u2010-\u2015\u2212\ufe58\ufe63\uff0d\u30fc]")
_DOTS = re.compile("[\u00b7\u2022\u2027\u30fb\uff0e\uff65\u2219\u22c5\u25cf\u25e6.]")
_WHOLE = re.compile(r"[+-]?[0-9]{1,19}")
_DECIMAL = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,15})?")
_DAY = re.compile(r"([0-9]{4})(?:[-/.]|年)([0-9]{1,2})(?:[-/.]|月)([0-9]{1,2})日?|([0-9]{4})([0-9]{2})([0-9]{2})")
_MOMENT = re.compile(r"(.+?)[T ]+([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]{1,6})?)?")


class Unreadable(ValueError):
    """The sentence says what was expected, and what mends it."""


def line(text: str) -> str:
    """One line of words: nothing unseen, one blank where there were several, NFC."""
    return _BLANKS.sub(" ", unicodedata.normalize("NFC", _UNSEEN.sub("", text))).strip()


def lines(text: str) -> str:
    """Words of several lines, each as `line`; empty lines at the ends go."""
    return "\n".join(line(each) for each in text.splitlines()).strip()


def code(text: str) -> str:
    """A code as its catalogue writes it: half width, one kind of hyphen, no blanks, capitals."""
    plain = unicodedata.normalize("NFKC", _DASHES.sub("-", _UNSEEN.sub("", text)))
    return unicodedata.normalize("NFKC", _BLANKS.sub("", plain).upper())


def number_code(text: str) -> str:
    """A number that is written in groups: as `code`, without the hyphens and dots between the groups."""
    return _DOTS.sub("", code(text)).replace("-", "")


def name_key(text: str) -> str:
    """Two spellings of one person's name are equal under this key: radicals, blanks, dots, width and case do not count."""
    return _DOTS.sub("", unicodedata.normalize("NFKC", code(text)))


_FULL_TO_HALF = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def _half_width(text: str) -> str:
    # Not NFKC: it would read ² as 2 and ½ as 1⁄2.
    return _DASHES.sub("-", _UNSEEN.sub("", text)).translate(_FULL_TO_HALF).strip()


def whole(text: str, *, least: int = -WHOLE - 1, most: int = WHOLE) -> int:
    """A whole number within bounds; thousands may be parted by commas."""
    plain = _half_width(text).replace(",", "")
    if not _WHOLE.fullmatch(plain):
        raise Unreadable("应为整数，例如 60")
    value = int(plain)
    if not least <= value <= most:
        raise Unreadable(say("应在 {least} 到 {most} 之间", least=least, most=most))
    return value


def whole_or(text: str, otherwise: int, *, least: int = 0, most: int = WHOLE) -> int:
    """For addresses and hidden fields, which nobody types: what cannot be read is `otherwise`, what is too far is the end."""
    plain = _half_width(text)
    if not _WHOLE.fullmatch(plain):
        return otherwise
    return min(max(int(plain), least), most)


def key_or_none(text: str) -> int | None:
    """A row's key as an address or a hidden field carries it."""
    return whole_or(text, 0, most=KEY) or None


def page_number(text: str, last: int) -> int:
    """The page asked for, within 1 … last."""
    return whole_or(text, 1, least=1, most=max(last, 1))


def decimal(text: str) -> Decimal:
    plain = _half_width(text).replace(",", "")
    if not _DECIMAL.fullmatch(plain):
        raise Unreadable("应为数字，例如 78.5")
    return Decimal(plain)


def day(text: str) -> date:
    """`2026-09-19`, `2026/9/19`, `2026.9.19`, `20260919`, `2026年9月19日`."""
    found = _DAY.fullmatch(_BLANKS.sub("", _half_width(text)))
    if found is None:
        raise Unreadable("应为日期，例如 2026-09-19")
    year, month, number = (int(part) for part in found.groups() if part is not None)
    try:
        value = date(year, month, number)
    except ValueError:
        raise Unreadable("不是日历上有的日期，例如 2026-09-19") from None
    if not EARLIEST <= value <= LATEST:
        raise Unreadable("应在 1900 年至 2199 年之间")
    return value


def day_or_none(text: str) -> date | None:
    try:
        return day(text)
    except Unreadable:
        return None


def moment(text: str) -> datetime:
    """A day and an hour on the clock of China: `2026-09-19 09:00`, `2026-09-19T09:00`."""
    found = _MOMENT.fullmatch(_half_width(text))
    if found is None:
        raise Unreadable("应为日期和时间，例如 2026-09-19 09:00")
    hour, minute, second = int(found[2]), int(found[3]), int(found[4] or 0)
    if hour > 23 or minute > 59 or second > 59:
        raise Unreadable("时间应在 00:00 到 23:59 之间，例如 2026-09-19 09:00")
    on = day(found[1])
    return datetime(on.year, on.month, on.day, hour, minute, second, tzinfo=ZONE)


def truth(text: str) -> bool:
    """What a check box or a pair of radio buttons sends."""
    return text.strip().lower() in ("on", "true", "1", "yes", "是")
