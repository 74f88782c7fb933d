"""Working days: every deadline of the law counts them, from the day after the start.

Holidays and make-up working days (调休) come from the State Council's yearly notice. In a year whose notice has not
been entered only weekends and the statutory days themselves are known (1 January needs no notice): a deadline that reaches into it is `provisional`, never silently wrong, and is
computed again when the notice arrives. A notice may also move the last days of the December before it, as that of 2019
did: whoever enters a year computes the open deadlines of that December again as well.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

from hengjian.kernel.calendar_notice import NoticeRow, parse_notice_rows, years_covered
from hengjian.kernel.policy_files import policies_directory
from hengjian.kernel.statutory_days import statutory_day
from hengjian.kernel.words import say

ONE_DAY = timedelta(days=1)
LAST_YEAR = 2199
MOST_DAYS = 10_000  # forty years: no deadline of the law comes near, and nobody keeps a server counting


class OutOfCalendar(ValueError):
    """Further away than anybody counts; the sentence says how far one may go."""


class DayKind(StrEnum):
    """What a day in the strip of a deadline is."""

    START = "start"
    WORKING = "working"
    MAKEUP = "makeup"
    HOLIDAY = "holiday"
    WEEKEND = "weekend"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Day:
    """One day of the strip; `number` is its place in the count, `name` the holiday it belongs to."""

    date: date
    kind: DayKind
    number: int | None = None
    name: str = ""


@dataclass(frozen=True)
class Due:
    """The last day of a period; provisional while it rests on a year whose notice is not known."""

    start: date
    days: int
    on: date
    provisional: bool
    _calendar: Calendar = field(repr=False, compare=False)

    @property
    def strip(self) -> tuple[Day, ...]:
        """Every day from the start to the end, and why it counts or does not."""
        return self._calendar.strip(self.start, self.on)


class Calendar:
    """The working days of the known years; other years by weekday alone, and said to be so."""

    def __init__(self, exceptions: Iterable[NoticeRow], known_years: Iterable[int]) -> None:
        self._exceptions: Mapping[date, NoticeRow] = {row.date: row for row in exceptions}
        self.known_years = frozenset(known_years)
        # First and last ordinal covered, and the sorted working days between them. Replaced whole, never changed:
        # requests in other threads read it meanwhile.
        years = self.known_years or {2000}
        self._span = self._built(date(min(years), 1, 1).toordinal(), date(max(years) + 1, 12, 31).toordinal())

    @property
    def known_until(self) -> date | None:
        """The last day of the unbroken run of known years; None when no year is known."""
        if not self.known_years:
            return None
        year = min(self.known_years)
        while year + 1 in self.known_years:
            year += 1
        return date(year, 12, 31)

    def is_known(self, day: date) -> bool:
        return day.year in self.known_years

    def is_working_day(self, day: date) -> bool:
        row = self._exceptions.get(day)
        if row is not None:
            return row.working
        return day.weekday() < 5 and not (day.year not in self.known_years and statutory_day(day))

    def add_working_days(self, start: date, days: int) -> Due:
        """The day on which a period of `days` working days ends; the start is not counted, 0 ends the same day."""
        if days < 0:
            raise ValueError(say("期限不能是负数（{days} 个工作日）。", days=days))
        if start.year > LAST_YEAR or days > MOST_DAYS:
            raise OutOfCalendar(
                say(
                    "只计算 {last_year} 年以前、{most_days} 个工作日以内的期限。",
                    last_year=LAST_YEAR,
                    most_days=MOST_DAYS,
                )
            )
        first = start.toordinal()
        end = first if days == 0 else self._nth_after(first, days)
        on = date.fromordinal(end)
        first_counted = (start + ONE_DAY).year if days else on.year
        provisional = days > 0 and not all(year in self.known_years for year in range(first_counted, on.year + 1))
        return Due(start, days, on, provisional, self)

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; negative when `end` has passed already."""
        if end < start:
            return -self.working_days_between(end, start)
        working = self._working(start.toordinal(), end.toordinal())
        return bisect_right(working, end.toordinal()) - bisect_right(working, start.toordinal())

    def strip(self, start: date, end: date) -> tuple[Day, ...]:
        """The days from `start` to `end` with their kinds and numbers."""
        days = [Day(start, DayKind.START, name=self._name(start))]
        number = 0
        for ordinal in range(start.toordinal() + 1, end.toordinal() + 1):
            day = date.fromordinal(ordinal)
            working = self.is_working_day(day)
            number += working
            days.append(Day(day, self._kind(day), number if working else None, self._name(day)))
        return tuple(days)

    def _kind(self, day: date) -> DayKind:
        row = self._exceptions.get(day)
        if row is not None:
            return DayKind.MAKEUP if row.working else DayKind.HOLIDAY
        if not self.is_known(day):
            return DayKind.HOLIDAY if statutory_day(day) else DayKind.UNKNOWN
        return DayKind.WORKING if day.weekday() < 5 else DayKind.WEEKEND

    def _name(self, day: date) -> str:
        row = self._exceptions.get(day)
        if row is None and not self.is_known(day):
            return statutory_day(day)
        return row.name if row is not None else ""

    def _nth_after(self, first: int, days: int) -> int:
        # Two calendar days a working day and a long holiday are always enough; the loop is for extraordinary years.
        reach = first + 2 * days + 31
        while True:
            working = self._working(first, reach)
            place = bisect_right(working, first) + days - 1
            if place < len(working):
                return working[place]
            reach += 366

    def _working(self, first: int, last: int) -> Sequence[int]:
        """The sorted working days of at least the years that hold these two ordinals."""
        low, high, working = self._span
        if first < low or last > high:
            self._span = low, high, working = self._built(min(first, low), max(last, high))
        return working

    def _built(self, first: int, last: int) -> tuple[int, int, Sequence[int]]:
        low = date(date.fromordinal(first).year, 1, 1).toordinal()
        high = date(date.fromordinal(last).year, 12, 31).toordinal()
        span = map(date.fromordinal, range(low, high + 1))
        return low, high, [day.toordinal() for day in span if self.is_working_day(day)]


def load_seed(path: Path | None = None) -> Calendar:
    """The calendar that comes with the house: `policies/calendar/*.csv`, or one named file."""
    paths = [path] if path else sorted((policies_directory() / "calendar").glob("*.csv"))
    rows: list[NoticeRow] = []
    for file in paths:
        reading = parse_notice_rows(file.read_text(encoding="utf-8"))
        if reading.refusals:
            raise ValueError(
                say(
                    "{name} 第 {line} 行：{sentence}",
                    name=file.name,
                    line=reading.refusals[0].line,
                    sentence=reading.refusals[0].sentence,
                )
            )
        rows.extend(reading.rows)
    return Calendar(rows, years_covered(rows))
