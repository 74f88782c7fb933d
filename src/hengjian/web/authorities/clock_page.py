"""The clock of a demonstration: where it stands, and the act that moves it ahead, so that a notice runs out in a minute."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.http import Http404
from django.urls import reverse

from hengjian.authorities.acts.move_demo_clock import move_demo_clock
from hengjian.kernel.models import DemoClock
from hengjian.web.components import Head, crumbs
from hengjian.web.pages import Answer, Desk, Goto, Page, page
from hengjian.web.parts import moment
from hengjian.web.performing import performing


@page("clock/", "demo_clock")
def clock_page(desk: Desk) -> Answer:
    """拨动演示时钟。"""
    stands = desk.visible(DemoClock).order_by("pk").first()
    if stands is None or not settings.CLOCK_MOVABLE:
        raise Http404
    answer = performing(desk, move_demo_clock, stands, template="clock.html", more={"now": moment(desk.now)})
    if isinstance(answer, Goto):
        return Goto(reverse("demo_clock"), "演示时钟已向前拨。到期的事项由系统在一分钟内自动办理。")
    if isinstance(answer, Page):
        title = move_demo_clock.header.title
        return replace(answer, page=Head(title, crumbs=crumbs(("待办", reverse("desk")), (title,))))
    return answer
