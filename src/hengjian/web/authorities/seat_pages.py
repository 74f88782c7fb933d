"""Seats: who acts and sees from where. Administrators open and end them within their area."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse

from hengjian.authorities.acts.open_seat import end_seat, open_seat
from hengjian.authorities.models import Seat
from hengjian.authorities.roles import Role
from hengjian.institutions.models import Institution
from hengjian.kernel import typed
from hengjian.web.cases import case_page, course, course_card
from hengjian.web.listing import Column, Filter, Listing, show
from hengjian.web.pages import Answer, Desk, Page, crumbs, page
from hengjian.web.parts import day, facts
from hengjian.web.performing import act_bar, address_of, performing


def _administered(desk: Desk) -> Any:
    """The seats of the administrator's own area; nobody else has this page."""
    if desk.seat is None or desk.seat.role != Role.ADMINISTRATOR or not desk.seat.area_path:
        raise Http404
    rows = Seat.objects.filter(area_path__startswith=desk.seat.area_path)
    return rows.select_related("user", "office")


def seat_chip(seat: Seat) -> dict[str, str]:
    return {"label": "已撤销", "tone": "quiet"} if seat.ended_on else {"label": "在用", "tone": "good"}


@page("seat-list/", "seat_list")
def seat_list_page(desk: Desk) -> Answer:
    """席位管理。"""

    def cells(seat: Seat) -> dict[str, Any]:
        href = reverse("seat", kwargs={"pk": seat.pk})
        return {
            "href": href,
            "struck": seat.ended_on is not None,
            "cells": [
                {"text": seat.user.name or seat.user.username, "href": href, "note": seat.user.username},
                {"text": str(Role(seat.role).label)},
                {"text": seat.place_name},
                {"chip": seat_chip(seat), "note": day(seat.ended_on)},
            ],
        }

    return show(
        desk,
        Listing(
            title="席位",
            lead="一个席位是一个人在一处的一个岗位。设置和撤销都记入存证日志。",
            rows=_administered(desk),
            columns=[
                Column("姓名", "user__name"),
                Column("岗位", "role"),
                Column("单位", "place_name"),
                Column("状态"),
            ],
            cells=cells,
            texts=lambda seat: [seat.user.name, str(Role(seat.role).label), seat.place_name, str(seat.ended_on or "")],
            search=("user__name", "user__username", "place_name"),
            hint="姓名、账号或单位",
            filters=[
                Filter("role", "岗位", [(role.value, str(role.label)) for role in Role], "role"),
                Filter(
                    "held",
                    "状态",
                    [("yes", "在用"), ("no", "已撤销")],
                    apply=lambda rows, value: rows.filter(ended_on__isnull=value == "yes"),
                ),
            ],
            order="place_name",
            empty={"title": "还没有席位"},
            buttons=[{"label": "设置席位", "href": address_of("authorities.open_seat"), "primary": True}],
            file_name="seats",
        ),
    )


@page("seat-list/<int:pk>/", "seat", of=Seat)
def seat_page(desk: Desk, pk: int) -> Answer:
    """One seat, with what the ledger says of it."""
    seat = _administered(desk).filter(pk=pk).first()
    if seat is None:
        raise Http404
    records = course(seat)
    head = {
        "title": f"{seat.user.name or seat.user.username} · {Role(seat.role).label}",
        "crumbs": crumbs(("席位", reverse("seat_list")), (seat.place_name,)),
        "chips": [seat_chip(seat)],
    }
    main = [
        {
            "title": "席位",
            "facts": facts(
                ("姓名", seat.user.name),
                ("账号", {"text": seat.user.username, "mono": True}),
                ("岗位", str(Role(seat.role).label)),
                ("单位", seat.place_name),
                ("区域", {"text": seat.area_path, "mono": True}),
                ("撤销日期", day(seat.ended_on) or "在用"),
            ),
        }
    ]
    return case_page(head, main, [course_card(records)], acts=act_bar(desk, seat))


@page("seat-list/<int:pk>/end/", "end_seat", performs=["authorities.end_seat"])
def end_seat_page(desk: Desk, pk: int) -> Answer:
    """End a seat of the own area."""
    seat = _administered(desk).filter(pk=pk).first()
    if seat is None:
        raise Http404
    return performing(desk, end_seat, seat)


@page("seat-list/open/", "open_seat", performs=["authorities.open_seat"])
def open_seat_page(desk: Desk) -> Answer:
    """Open a seat; the name and the area of an institution's seat are those of the institution."""
    _administered(desk)
    if desk.post:
        posted = desk.request.POST.copy()
        chosen = posted.get("institution_id", "")
        institution = Institution.objects.filter(pk=typed.key_or_none(chosen) or 0).first()
        posted["place_name"] = institution.name if institution else ""
        posted["area_path"] = institution.area_path if institution else ""
        desk.request.POST = posted  # type: ignore[assignment]
    answer = performing(desk, open_seat, None)
    if isinstance(answer, Page):
        fields = [part for part in answer.values["fields"] if part["name"] not in ("place_name", "area_path")]
        return Page(answer.template, answer.page, {**answer.values, "fields": fields}, answer.status)
    return answer
