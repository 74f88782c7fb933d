"""Next year's holiday notice is entered by an officer; open deadlines that reach into the year are computed again (M9)."""

from __future__ import annotations

from hengjian.authorities.facts import CalendarYearEntered
from hengjian.authorities.roles import Role
from hengjian.kernel.act import Doing, creates
from hengjian.kernel.actor import BY_OPERATOR
from hengjian.kernel.arguments import Line
from hengjian.kernel.calendar_notice import NoticeRow, parse_notice_rows, problems_of_year
from hengjian.kernel.deadlines import recompute
from hengjian.kernel.models import CalendarDay, CalendarYear
from hengjian.kernel.policy_files import policies_directory
from hengjian.kernel.refusal import PRODUCT, refuse
from hengjian.kernel.words import listed, say


@creates(
    "authorities.enter_calendar_year",
    CalendarYear,
    by=[BY_OPERATOR, Role.PROVINCE_OFFICER.anywhere],
    clause="国务院办公厅年度节假日安排通知",
)
def enter_calendar_year(
    doing: Doing[None], *, year: int, notice: Line, lines: str
) -> tuple[CalendarYear, CalendarYearEntered]:
    """录入放假安排。

    One line a day or span: date, 放假 or 上班, name. A year once entered is not entered twice.
    """
    if CalendarYear.objects.filter(year=year).exists():
        raise refuse(
            "authorities.year_known",
            say("{year} 年的放假安排已经录入。", year=year),
            field="year",
            remedy="请选择尚未录入的年度。",
            clause=PRODUCT,
        )
    reading = parse_notice_rows(lines)
    if reading.refusals:
        said = listed(
            [say("第 {line} 行：{sentence}", line=item.line, sentence=item.sentence) for item in reading.refusals[:5]],
            "；",
        )
        raise refuse("authorities.notice_lines", said, field="lines", remedy="请对照通知逐行改正。", clause=PRODUCT)
    faults = problems_of_year(reading.rows, year)
    if faults:
        raise refuse(
            "authorities.notice_faults",
            listed(faults[:5], "；"),
            field="lines",
            remedy="请对照通知核对日期后重新录入。",
            clause=PRODUCT,
        )
    return _enter(doing, year, notice, list(reading.rows))


def _enter(
    doing: Doing[None], year: int, notice: str, rows: list[NoticeRow]
) -> tuple[CalendarYear, CalendarYearEntered]:
    known = {day.on: day for day in CalendarDay.objects.filter(on__in=[row.date for row in rows])}
    fresh = [
        CalendarDay(on=row.date, is_working=row.working, name=row.name, notice=notice)
        for row in rows
        if row.date not in known
    ]
    doing.bulk(CalendarDay, fresh)
    entered = doing.create(CalendarYear, year=year, notice=notice)
    recomputed = recompute(doing)
    return entered, CalendarYearEntered(year, notice, len(fresh), recomputed)


@creates("authorities.load_calendar", CalendarYear, by=BY_OPERATOR, clause="国务院办公厅年度节假日安排通知")
def load_calendar(
    doing: Doing[None], *, years: tuple[int, ...], source: str
) -> tuple[CalendarYear, CalendarYearEntered]:
    """录入历年放假安排。

    The years that come with the house (`policies/calendar/`).
    """
    rows = [
        row
        for file in sorted((policies_directory() / "calendar").glob("*.csv"))
        for row in parse_notice_rows(file.read_text(encoding="utf-8")).rows
        if row.date.year in years
    ]
    doing.bulk(
        CalendarDay, [CalendarDay(on=row.date, is_working=row.working, name=row.name, notice=source) for row in rows]
    )
    entered = [CalendarYear(year=year, notice=source) for year in years]
    doing.bulk(CalendarYear, entered)
    return entered[-1], CalendarYearEntered(years[-1], source, len(rows), 0)
