"""Seats: who acts and sees from where. Administrators open and end them within their area."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse

from hengjian.authorities.acts.open_seat import end_seat, open_seat
from hengjian.authorities.lists import SEATS, SeatRow, administers, keeps_seats
from hengjian.authorities.models import Seat
from hengjian.authorities.roles import OFFICE_ROLES, Role
from hengjian.kernel.words import listed, say
from hengjian.web.authorities.account_pages import seat_chip
from hengjian.web.cases import case_page, course, course_card, turn
from hengjian.web.components import Button, Card, Cell, Empty, Head, Row, crumbs, facts
from hengjian.web.listing import show
from hengjian.web.pages import Answer, Desk, page, page_of
from hengjian.web.parts import day
from hengjian.web.performing import act_bar, opening, performing
from hengjian.web.work import Kind, Line


def _administered(desk: Desk) -> Any:
    """The seats of the administrator's own area or institution; nobody else has this page."""
    if not keeps_seats(desk.actor):
        raise Http404
    rows = desk.visible(Seat)
    if administers(desk.actor):
        rows = rows.filter(area_path__startswith=desk.actor.reach["seats"])
    else:
        rows = rows.filter(institution_id=desk.actor.reach["staff"])
    return rows.select_related("user", "office")


def _may_confirm(desk: Desk, seat: Seat) -> None:
    """A seat of the administrator's area, or of the head's own office: these two confirm, nobody else has this page."""
    if desk.seat is not None and desk.seat.role == Role.CENTRE_HEAD:
        found = seat.office_id == desk.seat.office_id
    else:
        found = _administered(desk).filter(pk=seat.pk).exists()
    if not found:
        raise Http404


def _line(seat: Seat) -> Line:
    return Line(
        href=reverse("seat", kwargs={"pk": seat.pk}),
        title=say("席位待确认 · {name}", name=seat.user.name),
        under=listed((seat.place_name, Role(seat.role).label), " "),
        hint="由提出人以外的第二人确认",
    )


SEAT_QUEUE = Kind(_line, ("user",), "seat_list", followed=False)


@page("seat-list/", "seat_list")
def seat_list_page(desk: Desk) -> Answer:
    """席位管理。"""
    if not keeps_seats(desk.actor):
        raise Http404
    of_area = administers(desk.actor)
    lead = (
        "一个席位是一个人在一处的一个岗位。机关席位由一位系统管理岗提出，另一位或中心负责人确认后生效。"
        if of_area
        else "一个席位是一个人在本机构的一个岗位。人员离开的，当天撤销其席位；评价负责人和机构管理员的席位由机关确认后生效。"
    )
    opens = (
        opening(desk, "authorities.open_seat", "设置席位")
        if of_area
        else opening(desk, "institutions.invite_staff", "邀请人员")
    )

    def cells(row: SeatRow) -> Row:
        href = reverse("seat", kwargs={"pk": row.seat})
        return Row(
            struck=row.ended_on is not None,
            cells=[
                Cell(row.name or row.username, href=href, note=row.username),
                Cell(row.role_label),
                Cell(row.place),
                Cell(chip=seat_chip(row.state), note=day(row.ended_on)),
            ],
        )

    return show(
        desk,
        SEATS,
        cells,
        lead=lead,
        empty=Empty("还没有席位"),
        buttons=opens,
    )


@page_of(Seat, "seat-list/<int:pk>/", "seat", "user", "office")
def seat_page(desk: Desk, seat: Seat) -> Answer:
    """One seat, with what the ledger says of it."""
    _may_confirm(desk, seat)
    records = course(seat)
    head = Head(
        listed((seat.user.name or seat.user.username, Role(seat.role).label), " · "),
        crumbs=crumbs(*_above(desk), (seat.place_name,)),
        chips=[seat_chip(seat.state)],
        turn=turn(desk, seat),
    )
    main = [
        Card(
            "席位",
            facts=facts(
                ("姓名", seat.user.name),
                ("账号", Cell(seat.user.username, mono=True)),
                ("岗位", str(Role(seat.role).label)),
                ("单位", seat.place_name),
                ("区域", Cell(seat.area_path, mono=True)),
                ("状态", str(seat.get_state_display())),
                *([("撤销日期", day(seat.ended_on))] if seat.ended_on else []),
            ),
        )
    ]
    acts = act_bar(desk, seat)
    if seat.ended_on and seat.office_id and seat.role in OFFICE_ROLES and desk.actor.role_code == Role.ADMINISTRATOR:
        acts.append(Button("再次设置", "authorities.open_seat", reverse("open_seat")))
    return case_page(head, main, [course_card(records)], acts=acts)


def _above(desk: Desk) -> tuple[tuple[str, str], ...]:
    return (("席位", reverse("seat_list")),) if keeps_seats(desk.actor) else ()


@page("seat-list/<int:pk>/end/", "end_seat", performs=["authorities.end_seat"])
def end_seat_page(desk: Desk, pk: int) -> Answer:
    """End a seat of the own area, or of the own institution."""
    seat = _administered(desk).filter(pk=pk).first()
    if seat is None:
        raise Http404
    return performing(desk, end_seat, seat)


@page("seat-list/open/", "open_seat", performs=["authorities.open_seat"])
def open_seat_page(desk: Desk) -> Answer:
    """Propose a seat at an office; the place's name and area are the office's."""
    if not administers(desk.actor):
        raise Http404
    return performing(desk, open_seat, None)
