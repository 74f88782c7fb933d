"""The working-day calendar: each known year day by day, which one is missing, and how a deadline is counted (M9)."""

from __future__ import annotations

from calendar import Calendar as Weeks
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse

from hengjian.authorities.acts.enter_calendar_year import enter_calendar_year
from hengjian.kernel import typed
from hengjian.kernel.calendar import stored_calendar
from hengjian.kernel.law import nationwide
from hengjian.kernel.models import CalendarDay, CalendarYear
from hengjian.kernel.policy import Policy
from hengjian.kernel.words import WEEKDAYS, listed, say
from hengjian.web.components import Alert, Chip, Component, Empty, Head, Strip, Tab, Table, columns
from hengjian.web.pages import Answer, Desk, Page, page, page_of
from hengjian.web.parts import day, policy_chip, strip
from hengjian.web.performing import address_of

MISSING_YEAR_WARNED_FROM = Policy("calendar.missing_year_warned_from", str)
SHORT_WEEKDAYS = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"]
COUNT_LIMIT = 250


@dataclass(frozen=True, slots=True)
class MonthDay(Component):
    """A square of a month; without a number it belongs to another month. `mark` is 休 or 班, `spoken` says why."""

    number: int | None = None
    kind: str = "blank"
    mark: str = ""
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class Month(Component):
    title: str
    weeks: Sequence[Sequence[MonthDay]]


@dataclass(frozen=True, slots=True)
class Counter(Component):
    """What was asked of the counter of working days, and its answer or what is wrong with the question."""

    start: str
    days: str
    error: str = ""
    answer: str = ""
    strip: Strip | None = None


@page("calendar/", "calendar", access="public")
def calendar_page(desk: Desk) -> Answer:
    """工作日历。"""
    known = list(desk.visible(CalendarYear).order_by("year"))
    years = [row.year for row in known]
    year = typed.whole_or(desk.asked("year"), desk.today.year, least=typed.EARLIEST.year, most=typed.LATEST.year)
    row = next((item for item in known if item.year == year), None)
    exceptions = {item.on: item for item in desk.visible(CalendarDay).filter(on__year=year).order_by("on")}
    head = Head(
        say("{year} 年工作日历", year=year),
        lead=say("依据{notice}。", notice=row.notice)
        if row
        else "这一年的放假安排尚未录入，只按星期推算，期限均为暂定。",
        chips=[Chip("已录入", "good") if row else Chip("暂定", "warn")],
        tabs=[
            Tab(str(item), f"?year={item}", current=item == year) for item in sorted({*years, desk.today.year, year})
        ],
    )
    values: dict[str, object] = {
        "layout": "base.html" if desk.seat is not None else "public_base.html",
        "months": [_month(year, month, exceptions, desk.today, known=row is not None) for month in range(1, 13)],
        "weekdays": SHORT_WEEKDAYS,
        "alert": missing_year(desk.today, years),
        "counter": _counter(desk),
        "special": _special(list(exceptions.values())),
        "enter": address_of("authorities.enter_calendar_year")
        if desk.seat is not None and enter_calendar_year.why_not(desk.actor) is None
        else "",
    }
    return Page("calendar.html", head, values)


def missing_year(today: date, years: list[int]) -> Alert | None:
    """A warning when this year is unknown, or the next one is and the day has come to enter it."""
    if today.year not in years:
        return Alert(
            title=say("{today.year} 年的放假安排尚未录入", today=today), text="所有期限均为暂定。", tone="seal"
        )
    month, number = map(int, nationwide(today).policy(MISSING_YEAR_WARNED_FROM).split("-"))
    if today.year + 1 in years or today < date(today.year, month, number):
        return None
    return Alert(
        title=say("{year} 年的放假安排尚未录入", year=today.year + 1),
        text="跨入下一年度的期限均标为暂定；录入后自动重新计算。",
        tone="warn",
        clause=policy_chip("calendar.missing_year_warned_from"),
    )


def _month(year: int, month: int, exceptions: dict[date, CalendarDay], today: date, *, known: bool) -> Month:
    weeks: list[list[MonthDay]] = []
    for week in Weeks().monthdatescalendar(year, month):
        cells: list[MonthDay] = []
        for item in week:
            if item.month != month:
                cells.append(MonthDay())
                continue
            entry = exceptions.get(item)
            kind = "weekend" if item.weekday() > 4 else "working" if known else "unknown"
            mark = ""
            if entry is not None:
                kind, mark = ("makeup", "班") if entry.is_working else ("holiday", "休")
            spoken = (
                say(
                    "{item}，{name}{is_working}",
                    item=day(item),
                    name=entry.name,
                    is_working="上班" if entry.is_working else "放假",
                )
                if entry
                else ""
            )
            if item == today:
                kind += " today"
            cells.append(MonthDay(item.day, kind, mark, spoken))
        weeks.append(cells)
    return Month(say("{month} 月", month=month), weeks)


def _special(days: list[CalendarDay]) -> Table:
    """The days that are not what their weekday says, holiday by holiday."""
    groups: dict[str, tuple[list[date], list[date]]] = {}
    for item in days:
        groups.setdefault(item.name, ([], []))[1 if item.is_working else 0].append(item.on)

    def said(dates: list[date]) -> str:
        runs: list[list[date]] = []
        for item in dates:
            if runs and (item - runs[-1][-1]).days == 1:
                runs[-1].append(item)
            else:
                runs.append([item])
        words = [say("{run.month} 月 {run.day} 日", run=run[0]) for run in runs]
        ends = [say("至 {value.month} 月 {value.day} 日", value=run[-1]) if len(run) > 1 else "" for run in runs]
        return listed((word + end for word, end in zip(words, ends, strict=True))) or "—"

    return Table(
        columns=columns("节日", "放假", "上班"),
        rows=[[name, said(off), said(on)] for name, (off, on) in groups.items()],
        empty=Empty("没有录入放假安排"),
    )


def _counter(desk: Desk) -> Counter:
    """A date and a number of working days: the last day, and each day that was counted."""
    start, number = desk.asked("from"), desk.asked("days")
    counter = Counter(start or desk.today.isoformat(), number or "5")
    if not start and not number:
        return counter
    try:
        first, length = date.fromisoformat(start), int(number)
    except ValueError:
        return replace(counter, error="请填写起始日期和工作日数，例如 2026-09-29 和 5。")
    if not 0 <= length <= COUNT_LIMIT:
        return replace(counter, error=say("工作日数应在 0 与 {count_limit} 之间。", count_limit=COUNT_LIMIT))
    deadline = stored_calendar().add_working_days(first, length)
    return replace(
        counter,
        answer=say(
            "第 {length} 个工作日是 {on}（{weekday}）",
            length=length,
            on=day(deadline.on),
            weekday=WEEKDAYS[deadline.on.weekday()],
        ),
        strip=strip(
            first,
            deadline.on,
            today=desk.today,
            started="起始",
            rule="自起始日次日起算；国务院假期不计，调休上班日计入。",
            provisional=deadline.provisional,
        ),
    )


@page_of(CalendarYear, "calendar/<int:pk>/", "calendar_year", access="public")
def calendar_year_page(desk: Desk, row: CalendarYear) -> Answer:
    """A year by its number in the table: on to its address."""
    from hengjian.web.pages import Goto

    return Goto(f"{reverse('calendar')}?year={row.year}")
