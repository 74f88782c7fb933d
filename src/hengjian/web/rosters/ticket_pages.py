"""准考证: the admission tickets of a batch, to be printed by the institution and handed out one by one."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404
from django.urls import reverse

from hengjian.kernel.clock import ZONE
from hengjian.kernel.words import listed, say
from hengjian.rosters.tickets import TicketSitting, tickets
from hengjian.web.components import Component, Head, crumbs
from hengjian.web.occupations.labels import level_title
from hengjian.web.pages import Answer, Desk, Page, page
from hengjian.web.parts import day, moment


@dataclass(frozen=True, slots=True)
class TicketExam(Component):
    """What stands on every ticket of a batch."""

    institution: str
    occupation: str
    plan: str
    day: str
    venue: str


@dataclass(frozen=True, slots=True)
class TicketSpan(Component):
    part: str
    room: str
    when: str


@page("rosters/<int:pk>/tickets/", "tickets")
def tickets_page(desk: Desk, pk: int) -> Answer:
    """One ticket for everybody admitted: who, where, when, and the code by which the holder finds the own result."""
    found = tickets(desk.actor, pk)
    if found is None or not found.tickets:
        raise Http404
    without = sum(not each.code for each in found.tickets)
    back = reverse("roster", kwargs={"pk": pk})
    values = {
        "exam": TicketExam(
            institution=found.institution,
            occupation=listed((found.occupation, level_title(found.level)), " "),
            plan=found.plan_number,
            day=day(found.held_on),
            venue=found.venue,
        ),
        "sittings": [_when(sitting) for sitting in found.sittings],
        "tickets": found.tickets,
        "without": without,
        "site": f"{settings.SITE_ADDRESS.rstrip('/')}{reverse('notices')}",
        "back": back,
        "printed": moment(desk.now),
    }
    head = Head(
        "准考证",
        crumbs=crumbs(
            ("考生核查", reverse("rosters")), (say("名册 {occupation}", occupation=found.occupation), back), ("准考证",)
        ),
        lead=say("共 {tickets} 张。查询码只给考生本人，请逐张裁开发放，不要张贴或转发整页。", tickets=len(found.tickets)),
    )  # fmt: skip
    return Page("rosters/tickets.html", head, values)


def _when(sitting: TicketSitting) -> TicketSpan:
    starts, ends = sitting.starts_at.astimezone(ZONE), sitting.ends_at.astimezone(ZONE)
    when = say("{starts.month} 月 {starts.day} 日 {starts:%H:%M} 至 {ends:%H:%M}", starts=starts, ends=ends)
    return TicketSpan(sitting.part, sitting.room, when)
