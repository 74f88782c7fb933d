"""Next year's notice as the officer enters it: one line a day or a span of days, `date, holiday|work, name`.

The State Council publishes the arrangement for the coming year each November. A line that cannot be read is refused
with its number and a sentence; the year as a whole is then asked whether it can be right (`problems_of_year`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from hengjian.kernel.policy import Policy
from hengjian.kernel.words import WEEKDAYS, say, words_of

STATUTORY_DAYS = Policy[tuple[str, ...]]("calendar.statutory_days", tuple)
HOLIDAY_NAMES = Policy[tuple[str, ...]]("calendar.holiday_names", tuple)

HOLIDAY_WORDS = frozenset({"holiday", "放假", "休", "休息", "0"})  # not said: words of notices
WORK_WORDS = frozenset({"work", "make-up working day", "上班", "班", "调休", "补班", "1"})  # not said: words of notices
FORMS = (
    r"(\d{4})-(\d{1,2})-(\d{1,2})",
    r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})",
    r"(\d{4})年(\d{1,2})月(\d{1,2})日",  # not said: how notices write a day
    r"(\d{4})(\d{2})(\d{2})",
)
LONGEST_SPAN = timedelta(days=15)


@dataclass(frozen=True)
class NoticeRow:
    """One day that is not what its weekday says, or is a named holiday."""

    date: date
    working: bool
    name: str


@dataclass(frozen=True)
class LineRefusal:
    """Why a line was not taken."""

    line: int
    sentence: str


@dataclass(frozen=True)
class NoticeReading:
    rows: tuple[NoticeRow, ...]
    refusals: tuple[LineRefusal, ...]


class _Unreadable(ValueError):
    pass


def parse_notice_rows(source: str | Iterable[Sequence[Any]]) -> NoticeReading:
    """Read text (commas, tabs or semicolons, full-width too; `#` starts a note) or ready cells of a spreadsheet."""
    lines = _lines(source) if isinstance(source, str) else [[_cell(cell) for cell in row] for row in source]
    rows: list[NoticeRow] = []
    refusals: list[LineRefusal] = []
    seen: dict[date, int] = {}
    for number, cells in enumerate(lines, start=1):
        if (
            not any(cells)
            or cells[0].startswith("#")
            or (number <= _header_reach(lines) and cells[0] in ("date", "日期"))
        ):
            continue
        try:
            for row in _rows(cells):
                if row.date in seen:
                    raise _Unreadable(
                        say("{date} 已在第 {date2} 行填过。", date=row.date.isoformat(), date2=seen[row.date])
                    )
                seen[row.date] = number
                rows.append(row)
        except _Unreadable as unreadable:
            refusals.append(LineRefusal(number, words_of(unreadable)))
    return NoticeReading(tuple(sorted(rows, key=lambda row: row.date)), tuple(refusals))


def years_covered(rows: Iterable[NoticeRow]) -> frozenset[int]:
    """The years whose notice stands in these rows: all days that the law itself names are there."""
    off = {row.date for row in rows if not row.working}
    return frozenset(year for year in {day.year for day in off} if _statutory(year) <= off)


def problems_of_year(rows: Iterable[NoticeRow], year: int) -> list[str]:
    """What cannot be right in the arrangement of one year, in sentences; empty when it may be taken over."""
    given = list(rows)
    problems: list[str] = []
    for row in given:
        if row.date.year != year and not (row.date.year == year - 1 and row.date.month == 12):
            problems.append(say("{date} 不属于 {year} 年的放假安排。", date=row.date.isoformat(), year=year))
        if row.working and row.date.weekday() < 5:
            problems.append(
                say(
                    "{date} 是{weekday}，本就上班，不能作为调休上班日。",
                    date=row.date.isoformat(),
                    weekday=WEEKDAYS[row.date.weekday()],
                )
            )
    for day, times in Counter(row.date for row in given).items():
        if times > 1:
            problems.append(say("{day} 填了 {times} 次。", day=day.isoformat(), times=times))
    off = {row.date for row in given if not row.working}
    problems.extend(
        say("{day} 是法定节日，安排中没有放假。", day=day.isoformat()) for day in sorted(_statutory(year) - off)
    )
    named = "\n".join(row.name for row in given if not row.working)
    problems.extend(
        say("没有“{name}”的放假安排。", name=name) for name in HOLIDAY_NAMES.on(date(year, 1, 1)) if name not in named
    )
    return problems


def _statutory(year: int) -> set[date]:
    days = STATUTORY_DAYS.on(date(year, 1, 1))
    return {date.fromisoformat(f"{year}-{day}") for day in days}


def _header_reach(lines: Sequence[Sequence[str]]) -> int:
    """Notes may stand above the header; nothing else may."""
    for number, cells in enumerate(lines, start=1):
        if any(cells) and not cells[0].startswith("#"):
            return number
    return 0


def _lines(text: str) -> list[list[str]]:
    lines = text.lstrip("\ufeff").splitlines()
    return [[cell.strip() for cell in re.split(r"[,，;；\t]", line)] for line in lines]


def _cell(cell: Any) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell).strip()


def _rows(cells: Sequence[str]) -> list[NoticeRow]:
    if len(cells) < 3 or not cells[2]:
        raise _Unreadable("每行须有三项：日期、放假或上班、节日名称。")
    days, word, name = _days(cells[0]), cells[1].casefold(), cells[2]
    if word not in HOLIDAY_WORDS | WORK_WORDS:
        raise _Unreadable(say("第二项须写“放假”或“上班”（holiday 或 work），不能是“{cells}”。", cells=cells[1]))
    return [NoticeRow(day, word in WORK_WORDS, name) for day in days]


def _days(text: str) -> list[date]:
    ends = [_day(part.strip()) for part in re.split(r"[~～至]", text)]  # not said: how notices write a span
    first, last = ends[0], ends[-1]
    if len(ends) > 2 or last < first or last - first > LONGEST_SPAN:
        raise _Unreadable(say("“{text}”不是一段放假日期。", text=text))
    return [first + timedelta(days=step) for step in range((last - first).days + 1)]


def _day(text: str) -> date:
    for form in FORMS:
        match = re.fullmatch(form, text)
        if match:
            try:
                return date(*(int(part) for part in match.groups()))
            except ValueError:
                break
    raise _Unreadable(say("“{text}”不是一个日期，请写成 2027-01-01。", text=text))
