"""The start page: what waits for me, most urgent first, and beside it what waits for others; the choice of a seat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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
from hengjian.web.components import (
    Card,
    Cell,
    Chip,
    Empty,
    Head,
    Link,
    SeatChoice,
    ShortItem,
    ShortList,
    Tab,
    Table,
    columns,
    crumbs,
)
from hengjian.web.in_hand import InHand, in_hand
from hengjian.web.lights import lit
from hengjian.web.pages import Answer, Desk, Goto, Page, page
from hengjian.web.paging import part_of
from hengjian.web.parts import remaining
from hengjian.web.room import home, openings
from hengjian.web.seats_of import CASE_ROLES, OFFICES
from hengjian.web.work import Line, urgency


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


SHORT = 6  # lines of a list at the side


@page("desk/", "desk")
def desk_page(desk: Desk) -> Answer:
    """What this seat has to look at: the lights, the queue by date, beside it what others have in hand, and what its role needs."""
    assert desk.seat is not None
    held = in_hand(desk.seat, limit=SHORT) if desk.seat.role in CASE_ROLES else InHand([], 0, 0)
    lines = sorted([*work.lines(desk.seat), *_overdue_elsewhere(desk, held)], key=urgency)
    words = desk.asked("q")
    shown = [
        line for line in lines if all(word in f"{line.title}{line.under}{line.institution}" for word in words.split())
    ]
    lamps, areas = lit(desk.seat, desk.asking(None))
    aside = [card for card in (_in_hand_card(desk, held), *home(desk, aside=True)) if card]
    queued, more = _queue_card(desk, shown, lines), home(desk, aside=False)
    # Whoever stands before a venue needs the next duty first, the list of all of them after it.
    cards = [card for card in ([*more, queued] if desk.seat.role == Role.SUPERVISOR else [queued, *more]) if card]
    values: dict[str, object] = {
        "lamps": lamps,
        "areas": areas,
        "opened": _openings(desk),
        "words": words,
        "cards": cards,
        "aside": aside,
    }
    return Page("desk.html", Head(HOMES.get(desk.seat.role, "轮到我办的事"), lead=today_in_words(desk)), values)


# What a role sees first is what its page is called by.
HOMES: Mapping[str, str] = {
    Role.PROVINCE_OFFICER: "全省总览",
    Role.DISTRICT_OFFICER: "本区总览",
    Role.AUDITOR: "审计总览",
    Role.ADMINISTRATOR: "系统总览",
    Role.SUPERVISOR: "我的督导任务",
}


def _queue_card(desk: Desk, shown: Sequence[Line], lines: Sequence[Line]) -> Card | None:
    """The queue by date. Its first number is the side bar's: cases at this seat's turn; reminders are counted apart."""
    assert desk.seat is not None
    if not lines and not first_steps(desk.seat) and desk.seat.role in WITHOUT_TURNS:
        return None
    calendar = stored_calendar()
    mine, reminders = sum(work.counts(desk.seat).values()), sum(line.alarm for line in lines)
    late = sum(1 for line in lines if line.due_on is not None and line.due_on <= desk.today)
    chips = [Chip(say("{mine} 件", mine=mine), "normal")]
    chips += [Chip(say("提醒 {reminders} 条", reminders=reminders), "warn")] if reminders else []
    chips += [Chip(say("{late} 条今天到期或已逾期", late=late), "seal")] if late else []
    table = Table(
        queue=True,
        columns=columns("事项", "机构", "轮到我做什么", "期限"),
        rows=[
            [
                Cell(line.title, href=line.href, note=line.under),
                Cell(line.institution, note=line.institution_note),
                Cell(line.task, note=line.hint)
                if line.hint_tone == "quiet"
                else Cell(line.task, chip=Chip(line.hint, line.hint_tone)),
                Cell(chip=remaining(line.due_on, desk.today, provisional=line.provisional, calendar=calendar)),
            ]
            for line in shown
        ],
        empty=Empty("没有轮到您办的事", first_steps(desk.seat) or "有新的事项时会出现在这里。"),
    )
    return Card("轮到我办", chips=chips, table=table, flush=True, id="queue")


WITHOUT_TURNS = (Role.AUDITOR, Role.DISTRICT_OFFICER)  # they watch: an empty queue would say nothing


def _overdue_elsewhere(desk: Desk, held: InHand) -> list[Line]:
    """What is past its day in the hands of others stands in an office's queue too: somebody has to see to it."""
    assert desk.seat is not None
    if not held.overdue or desk.seat.role not in OFFICES - {Role.AUDITOR}:
        return []
    first = held.lines[0]
    return [
        Line(
            href=f"{reverse('in_hand')}?due=overdue",
            title=say("他人手中 {overdue} 件已逾期", overdue=held.overdue),
            under=say("最早一件在{who}", who=first.task),
            institution=first.institution,
            task="督促办理",
            due_on=first.due_on,
            alarm=True,
        )
    ]


def _in_hand_card(desk: Desk, held: InHand) -> Card | None:
    """The most urgent of what others have."""
    if not held.total:
        return None
    calendar = stored_calendar()
    chips = [Chip(say("{total} 件", total=held.total), "quiet")]
    chips += [Chip(say("已逾期 {overdue} 件", overdue=held.overdue), "seal")] if held.overdue else []
    items = [
        ShortItem(
            line.title,
            line.href,
            listed(filter(None, (line.institution, say("在{who}", who=line.task))), " · "),
            remaining(line.due_on, desk.today, provisional=line.provisional, calendar=calendar)
            if line.due_on is not None
            else None,
        )
        for line in held.lines
    ]
    return Card("在他人手中", chips=chips, short=ShortList(items, reverse("in_hand"), "看全部在办"))


@page("desk/in-hand/", "in_hand")
def in_hand_page(desk: Desk) -> Answer:
    """在他人手中: every case this desk may see that waits for somebody else, by date."""
    assert desk.seat is not None
    if desk.seat.role not in CASE_ROLES:
        raise Http404
    overdue = desk.asked("due") == "overdue"
    held = in_hand(desk.seat, only_overdue=overdue)
    calendar = stored_calendar()
    part = part_of(desk, held.lines)
    table = Table(
        queue=True,
        columns=columns("事项", "机构", "在谁手中", "期限"),
        rows=[
            [
                Cell(line.title, href=line.href, note=line.under),
                Cell(line.institution, note=line.institution_note),
                line.task,
                Cell(chip=remaining(line.due_on, desk.today, provisional=line.provisional, calendar=calendar)),
            ]
            for line in part.rows
        ],
        empty=Empty("没有在他人手中的事项"),
    )
    tabs = [
        Tab("全部", count=held.total, href=reverse("in_hand"), current=not overdue),
        Tab("已逾期", count=held.overdue, href="?due=overdue", current=overdue),
    ]
    head = Head(
        "在他人手中",
        crumbs=crumbs(("待办", reverse("desk")), ("在他人手中",)),
        lead="看得到、但轮到别人办的事项，按期限排序。",
        tabs=tabs,
    )
    more = (
        say("另有 {more} 件，请到各类事项的列表里查看。", more=held.total - len(held.lines))
        if not overdue and held.total > len(held.lines)
        else ""
    )
    return Page("in_hand.html", head, {"card": Card(table=table, pager=part.pager, flush=True), "more": more})


def _openings(desk: Desk) -> list[Link]:
    """What can be opened from here."""
    assert desk.seat is not None
    return [
        Link(act.header.title, _address(opening.act))
        for opening in openings()
        if (act := catalogue()[opening.act])
        and any(by.admits(desk.seat, None) for by in act.header.by)
        and not (opening.done is not None and opening.done(desk.seat))
    ]


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
