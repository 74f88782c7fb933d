"""日程: exams, deadlines, visits and notices by day, as a month and as a calendar file.

A room declares in `agenda` what of it has a day; each asks no more than what is disclosed to the seat.
"""

from __future__ import annotations

from calendar import Calendar as Weeks
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpResponse
from django.urls import reverse

from hengjian.kernel import typed
from hengjian.kernel.calendar import stored_calendar
from hengjian.kernel.words import WEEKDAYS, say
from hengjian.kernel.workdays import Day, DayKind
from hengjian.web.components import Component, Empty, Go, Head
from hengjian.web.ics import calendar_file
from hengjian.web.occasions import Occasion
from hengjian.web.pages import Answer, Desk, Page, page
from hengjian.web.room import agenda

SHOWN = 4  # occasions of one square; the rest stand in the list beneath
FILE_DAYS = 120  # a calendar file reaches so far ahead


@dataclass(frozen=True, slots=True)
class AgendaItem(Component):
    """One occasion on a day: what kind it is in a word, and where it leads."""

    kind: str
    label: str
    title: str
    href: str
    note: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class AgendaDay(Component):
    """A day of the month shown; `number` is nothing where the square belongs to another month."""

    number: int | None
    label: str
    iso: str
    mark: str = ""
    kind: str = ""
    occasions: Sequence[AgendaItem] = ()
    more: str = ""


@page("agenda/", "agenda")
def agenda_page(desk: Desk) -> Answer:
    """日程。"""
    assert desk.seat is not None
    first = _month(desk.asked("month"), desk.today)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    found = agenda(desk.seat, first, last)
    kinds = {item.date: item for item in stored_calendar().strip(first - timedelta(days=1), last)}
    weeks = [
        [_day(each, first, kinds, found, desk.today) for each in week]
        for week in Weeks().monthdatescalendar(first.year, first.month)
    ]
    head = Head(
        say("{first.year} 年 {first.month} 月日程", first=first),
        lead="考试、期限、考察和公示，按日期排列；只列本席位看得到的事项。",
    )
    before, after = first - timedelta(days=1), last + timedelta(days=1)
    values: dict[str, object] = {
        "weeks": weeks,
        "weekdays": [WEEKDAYS[number] for number in range(7)],
        "days": [day for week in weeks for day in week if day.occasions],
        "buttons": [
            Go("上个月", href=f"?month={before:%Y-%m}"),
            Go("本月", href="?"),
            Go("下个月", href=f"?month={after:%Y-%m}"),
            Go("导出到日历（.ics）", href=reverse("agenda_file")),
        ],
        "empty": None if found else Empty("这个月没有日程", "考试、期限和考察排定后会出现在这里。"),
    }
    return Page("agenda.html", head, values)


def _month(text: str, today: date) -> date:
    """The first day of the month asked for (`2026-09`); what cannot be read is this month."""
    try:
        found: date = typed.day(f"{text}-01") if text else today
    except ValueError:
        found = today
    return found.replace(day=1)


def _day(day: date, first: date, kinds: Mapping[date, Day], found: Sequence[Occasion], today: date) -> AgendaDay:
    if day.month != first.month:
        return AgendaDay(None, "", day.isoformat())
    item = kinds.get(day)
    off = item is not None and item.kind in (DayKind.HOLIDAY, DayKind.WEEKEND)
    mark = "休" if item is not None and item.kind is DayKind.HOLIDAY else ""
    if item is not None and item.kind is DayKind.MAKEUP:
        mark = "班"
    here = [
        AgendaItem(each.kind, each.label, each.title, each.href, each.note, each.late)
        for each in found
        if each.on <= day <= each.until
    ]
    kind = " ".join(filter(None, ("off" if off else "", "today" if day == today else "")))
    more = say("另有 {more} 件", more=len(here) - SHOWN) if len(here) > SHOWN else ""
    label = say("{day.month} 月 {day.day} 日 {weekday}", day=day, weekday=WEEKDAYS[day.weekday()])
    return AgendaDay(day.day, label, day.isoformat(), mark, kind, here, more)


@page("agenda/hengjian.ics", "agenda_file")
def agenda_file(desk: Desk) -> Answer:
    """The same as a calendar file (RFC 5545), from the beginning of this month on."""
    assert desk.seat is not None
    first = desk.today.replace(day=1)
    found = agenda(desk.seat, first, desk.today + timedelta(days=FILE_DAYS))
    body = calendar_file(found, desk.now, desk.request.build_absolute_uri("/").rstrip("/"))
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="hengjian.ics"'
    response["Cache-Control"] = "private, no-store"
    return response
