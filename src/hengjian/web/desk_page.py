"""The start page: what waits for me, most urgent first; and the choice of a seat."""

from __future__ import annotations

from django.http import Http404
from django.urls import reverse

from hengjian.authorities.models import Seat
from hengjian.authorities.queries import only_administrators
from hengjian.authorities.roles import Role
from hengjian.authorities.seating import CHOSEN
from hengjian.kernel.acts_catalogue import catalogue
from hengjian.kernel.calendar import stored_calendar
from hengjian.kernel.words import WEEKDAYS, listed, say
from hengjian.kernel.workdays import DayKind
from hengjian.web import work
from hengjian.web.components import Cell, Chip, Empty, Figure, Head, Link, Row, SeatChoice, Table, columns
from hengjian.web.lights import lit
from hengjian.web.pages import Answer, Desk, Goto, Page, page
from hengjian.web.parts import remaining
from hengjian.web.room import openings


def today_in_words(desk: Desk) -> str:
    """Today, and which days ahead are not what their weekday says."""
    today = desk.today
    ahead = stored_calendar().strip(today, today.fromordinal(today.toordinal() + 14))[1:]
    off = [item for item in ahead if item.kind is DayKind.HOLIDAY]
    extra = [say("{date.month} 月 {date.day} 日", date=item.date) for item in ahead if item.kind is DayKind.MAKEUP]
    text = say(
        "按期限排序。今天是 {today.year} 年 {today.month} 月 {today.day} 日（{weekday}）",
        today=today,
        weekday=WEEKDAYS[today.weekday()],
    )
    if off:
        text += say("，{name}放假 {off} 天", name=off[0].name or "节日", off=len(off))
    if extra:
        text += say("，{extra}上班", extra=listed(extra))
    return text + "。"


@page("desk/", "desk")
def desk_page(desk: Desk) -> Answer:
    """轮到我办的事。"""
    assert desk.seat is not None
    lines = work.lines(desk.seat)
    calendar = stored_calendar()
    words = desk.asked("q")
    shown = [
        line for line in lines if all(word in f"{line.title}{line.under}{line.institution}" for word in words.split())
    ]
    due_today = sum(1 for line in lines if line.due_on is not None and line.due_on <= desk.today)
    table = Table(
        queue=True,
        columns=columns("事项", "机构", "轮到我做什么", "期限", "提示"),
        rows=[
            Row(
                [
                    Cell(line.title, href=line.href, note=line.under),
                    Cell(line.institution, note=line.institution_note),
                    Cell(line.task),
                    Cell(chip=remaining(line.due_on, desk.today, provisional=line.provisional, calendar=calendar)),
                    Cell(line.hint, second=True)
                    if line.hint_tone == "quiet"
                    else Cell(chip=Chip(line.hint, line.hint_tone)),
                ],
            )
            for line in shown
        ],
        empty=Empty("没有轮到您办的事", first_steps(desk.seat) or "有新的事项时会出现在这里。"),
    )
    opened = [
        Link(act.header.title, _address(opening.act))
        for opening in openings()
        if (act := catalogue()[opening.act])
        and any(by.admits(desk.seat, None) for by in act.header.by)
        and not (opening.done is not None and opening.done(desk.seat))
    ]
    kpis = [
        # The number of the side bar: cases at this seat's turn. Alarms stand in the list and are counted apart.
        Figure(sum(work.counts(desk.seat).values()), "待我处理"),
        Figure(due_today, "今天到期或已逾期", tone="seal" if due_today else ""),
        Figure(sum(1 for line in lines if line.due_on is None), "无法定期限"),
        Figure(sum(line.alarm for line in lines), "提醒"),
    ]
    lamps, areas = lit(desk.seat, desk.asking(None))
    head = Head("轮到我办的事", lead=today_in_words(desk))
    return Page(
        "desk.html",
        head,
        {"lamps": lamps, "areas": areas, "kpis": kpis, "table": table, "opened": opened, "words": words},
    )


def first_steps(seat: Seat) -> str:
    """What comes next where the installation has just been made, for the administrator; else nothing."""
    if seat.role != Role.ADMINISTRATOR or not only_administrators(seat):
        return ""
    return (
        "系统刚装好。接下来：为本机关和下级机关的人开立账号、设置席位，由另一位系统管理岗确认；"
        "席位齐了，评价机构就可以登记、申请备案。"
    )


def _address(code: str) -> str:
    from hengjian.web.performing import address_of

    return address_of(code)


@page("seats/", "seats", access="signed_in")
def seats_page(desk: Desk) -> Answer:
    """选择席位。"""
    seats = getattr(desk.request, "seats", [])
    if desk.post:
        chosen = next((seat for seat in seats if str(seat.pk) == desk.request.POST.get("seat", "")), None)
        if chosen is None:
            raise Http404
        desk.request.session[CHOSEN] = chosen.pk
        return Goto(reverse("desk"), say("现在以“{label}”办理。", label=chosen.label))
    head = Head("选择席位", lead="同一人可以有几个席位，各席位看到和办理的事项不同。")
    return Page(
        "seats.html",
        head,
        {"choices": [SeatChoice(seat.label, seat.pk, seat == desk.seat) for seat in seats]},
    )
