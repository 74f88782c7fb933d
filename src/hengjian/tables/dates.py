"""Dates as people write them, with the precision they wrote: a month stays a month, no first day is invented.

Numbers are read as serials of the workbook's own epoch (1900 or 1904). 2020.1 as a number is refused: it may have been
2020.10. A day that took part in a time of day keeps the day; half a second below midnight is what the sheet shows as
the next day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hengjian.kernel.words import listed, say
from hengjian.tables.text import half_width, unescaped, without_blanks

DAY, MONTH, YEAR, OPEN = "day", "month", "year", "open"
EPOCH_1900 = date(1899, 12, 30)
EPOCH_1904 = date(1904, 1, 1)
FIRST_YEAR, LAST_YEAR = 1900, 2100
_PIVOT = 40  # 39 is 2039, 40 is 1940: nobody enrolled was born before

# not said: words looked for in cells
OPEN_ENDED = {"无固定期限", "无固定期", "长期", "长期有效", "至今", "固定期限无", "无期限"}

# not said: words looked for in cells
_numerals = {**{sign: str(place) for place, sign in enumerate("〇一二三四五六七八九")}, "零": "0", "○": "0", "Ｏ": "0"}
_chinese = re.compile(r"[〇零○一二三四五六七八九十]+")
_english = {
    name: place
    for place, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1)
}  # fmt: skip
_ymd = re.compile(r"(\d{4})[年./\-~,、](\d{1,2})[月./\-~,、](\d{1,2})日?号?")
_ym = re.compile(r"(\d{4})[年./\-~,、](\d{1,2})月?份?")
_y = re.compile(r"(\d{4})年?")
_compact_day = re.compile(r"(\d{4})(\d{2})(\d{2})")
_compact_month = re.compile(r"(\d{4})(\d{2})")
_short = re.compile(r"(\d{2})[年./\-](\d{1,2})[月./\-](\d{1,2})日?")
_day_month_year = re.compile(r"(\d{1,2})[-/.]([A-Za-z]{3,9}|\d{1,2}月)[-/.,]?(\d{2}|\d{4})")
_month_year = re.compile(r"([A-Za-z]{3,9}|\d{1,2}月)[-/.,]?(\d{2}|\d{4})")
_trailing_time = re.compile(
    r"[T上下午早晚]*\d{1,2}[:时点]\d{1,2}([:分]\d{0,2}(\.\d+)?秒?)?分?(AM|PM|Z)?$", re.IGNORECASE
)
_moment = re.compile(
    r"(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(:\d{2})?(?:[.,]\d+)?(Z|[+-]\d{2}:?\d{2})", re.ASCII | re.IGNORECASE
)
_CHINA = ZoneInfo("Asia/Shanghai")
_serial = re.compile(r"\d{5}(\.\d+)?")


@dataclass(frozen=True, slots=True)
class ReadDate:
    """`note` says what was mended, `doubt` what a person should look at, `error` why nothing could be read."""

    value: date | None = None
    precision: str | None = None
    note: str = ""
    doubt: str = ""
    error: str = ""


EMPTY = ReadDate()


def _checked(year: int, month: int, day: int, precision: str, note: str = "", doubt: str = "") -> ReadDate:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return ReadDate(error=say("年份 {year} 不在可接受的范围内", year=year))
    try:
        return ReadDate(date(year, month, day), precision, note, doubt)
    except ValueError:
        return ReadDate(
            error=say(
                "日历上没有 {year} 年 {month} 月{say}这一天",
                year=year,
                month=month,
                say=say(" {day} 日", day=day) if precision == DAY else "",
            )
        )


def _century(two_digits: str) -> int:
    year = int(two_digits)
    if len(two_digits) == 4:
        return year
    return year + (2000 if year < _PIVOT else 1900)


def _chinese_number(found: re.Match[str]) -> str:
    """二〇二〇 → 2020, 十二 → 12, 二十 → 20, 二十三 → 23."""
    text = found[0]
    if "十" not in text:  # not said: words looked for in cells
        return "".join(_numerals[sign] for sign in text)
    tens, _, ones = text.partition("十")  # not said: words looked for in cells
    return str((int(_numerals[tens]) if tens else 1) * 10 + (int(_numerals[ones]) if ones else 0))


def from_serial(serial: float, epoch: date) -> ReadDate:
    """A serial number in a cell without a date format."""
    whole = int(serial)
    read = epoch + timedelta(days=whole)
    return ReadDate(
        read,
        DAY,
        say(
            "日期以序列数 {serial:g} 存放，已按{value}日期系统换算",
            serial=serial,
            value="1904" if epoch == EPOCH_1904 else "1900",
        ),
    )


def _from_number(number: float, epoch: date) -> ReadDate:
    if number != int(number):
        if FIRST_YEAR <= number < LAST_YEAR:
            return ReadDate(error=say("“{number:g}”是数值，分不清是 1 月还是 10 月，月份可能已丢失", number=number))
        if 10_000 <= number < 74_000:
            return from_serial(number, epoch)
        return ReadDate(error=say("“{number:g}”不是日期", number=number))
    whole = int(number)
    if FIRST_YEAR <= whole <= LAST_YEAR:
        return ReadDate(date(whole, 1, 1), YEAR, "只有年份，按年保留")
    if 8_000 <= whole < 74_000:
        return from_serial(number, epoch)
    digits = str(whole)
    if found := _compact_day.fullmatch(digits) or _compact_month.fullmatch(digits):
        parts = [int(part) for part in found.groups()]
        precision = DAY if len(parts) == 3 else MONTH
        return _checked(parts[0], parts[1], parts[2] if precision == DAY else 1, precision, "日期以数值存放，已换算")
    return ReadDate(error=say("“{digits}”不是日期", digits=digits))


def _from_moment(moment: datetime) -> ReadDate:
    if moment.time() == time():
        return _checked(moment.year, moment.month, moment.day, DAY)
    shown = moment + timedelta(milliseconds=500)
    if shown.date() != moment.date():
        return _checked(shown.year, shown.month, shown.day, DAY, "时刻距午夜不足半秒，按表格所显示的次日读取")
    return _checked(moment.year, moment.month, moment.day, DAY, "单元格含有时刻，只取日期")


def _from_text(written: str, epoch: date) -> ReadDate:
    plain = without_blanks(half_width(unescaped(written))).strip("'")
    if plain in OPEN_ENDED:
        return ReadDate(None, OPEN)
    if found := _moment.fullmatch(plain):
        return _from_world_time(found)
    spaced = half_width(unescaped(written)).strip()
    note = ""
    text = _chinese.sub(_chinese_number, plain)
    if text != plain:
        note = "中文数字日期已换算"
    head, _, tail = spaced.partition(" ")
    if ":" in text or ("时" in text and "分" in text):
        dated = without_blanks(head) if (tail and ":" in tail) or "时" in tail else _trailing_time.sub("", text)
        text, note = _chinese.sub(_chinese_number, dated), "单元格含有时刻，只取日期"
    if found := _ymd.fullmatch(text):
        return _checked(int(found[1]), int(found[2]), int(found[3]), DAY, note)
    if found := _compact_day.fullmatch(text):
        return _checked(int(found[1]), int(found[2]), int(found[3]), DAY, note)
    if found := _ym.fullmatch(text):
        doubt = "如原为 10 月，表格可能把“.10”存成了“.1”" if re.fullmatch(r"\d{4}\.1", text) else ""
        return _checked(int(found[1]), int(found[2]), 1, MONTH, note, doubt)
    if (found := _compact_month.fullmatch(text)) and 1 <= int(found[2]) <= 12:
        return _checked(int(found[1]), int(found[2]), 1, MONTH, note)
    if (found := _y.fullmatch(text)) and FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        return _checked(int(found[1]), 1, 1, YEAR, note)
    if _serial.fullmatch(text) and 8_000 <= float(text) < 74_000:
        return from_serial(float(text), epoch)
    if found := _short.fullmatch(text):
        return _from_short(text, *map(int, found.groups()))
    if found := _day_month_year.fullmatch(text):
        if (month := _month(found[2])) is not None:
            return _checked(_century(found[3]), month, int(found[1]), DAY, "日-月-年顺序的日期已换算")
    elif (found := _month_year.fullmatch(text)) and (month := _month(found[1])) is not None:
        return _checked(_century(found[2]), month, 1, MONTH, "月-年顺序的日期已换算")
    return ReadDate(error=say("“{written}”不是可识别的日期", written=written.strip()))


def _from_short(text: str, first: int, second: int, third: int) -> ReadDate:
    """98-3-5 is a year first; 01/07/15 may be 2001-07-15, 2015-01-07 or 2015-07-01, and only its writer knows."""
    orders = [(first, second, third)]
    if "年" not in text:
        orders.append((third, first, second))
        if "/" in text:
            orders.append((third, second, first))
    possible = {day for year, month, number in orders if (day := _valid(_century(f"{year:02d}"), month, number))}
    if len(possible) > 1:
        ways = listed(day.isoformat() for day in sorted(possible))
        return ReadDate(error=say("“{text}”分不清年、月、日的先后，可能是 {ways}", text=text, ways=ways))
    return (
        _checked(_century(f"{first:02d}"), second, third, DAY, "两位数年份已补全世纪")
        if not possible
        else ReadDate(possible.pop(), DAY, "两位数年份已补全世纪")
    )


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _from_world_time(found: re.Match[str]) -> ReadDate:
    """2010-01-14T16:00:00Z is the fifteenth in China."""
    offset = found[4].upper().replace("Z", "+00:00")
    try:
        moment = datetime.fromisoformat(f"{found[1]}T{found[2]}{found[3] or ''}{offset}").astimezone(_CHINA)
    except ValueError:
        return ReadDate(error=say("“{found}”不是可识别的日期", found=found[0]))
    return _checked(moment.year, moment.month, moment.day, DAY, "世界时已换算为北京时间，只取日期")


def _month(word: str) -> int | None:
    return int(word[:-1]) if word.endswith("月") else _english.get(word[:3].lower())


def read_date(cell: object, epoch: date = EPOCH_1900) -> ReadDate:
    """One cell of a date column, whatever its type."""
    if cell is None or cell == "":
        return EMPTY
    if isinstance(cell, datetime):
        return _from_moment(cell)
    if isinstance(cell, date):
        return _checked(cell.year, cell.month, cell.day, DAY)
    if isinstance(cell, (bool, time, timedelta)):
        return ReadDate(error="单元格里只有时刻，没有日期")
    if isinstance(cell, (int, float)):
        return _from_number(float(cell), epoch)
    return _from_text(str(cell), epoch)
