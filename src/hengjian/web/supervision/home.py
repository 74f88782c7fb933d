"""On the start page: the exams of today and the days ahead with what each still lacks."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse
from django.utils.http import urlencode

from hengjian.kernel.clock import ZONE
from hengjian.kernel.words import listed, say
from hengjian.plans.queries import sittings
from hengjian.supervision.coming import ComingExam, coming_exams
from hengjian.supervision.models import Duty
from hengjian.web.components import Card, Cell, Chip, Column, Empty, Link, Table, Tone, facts
from hengjian.web.pages import Desk
from hengjian.web.supervision.duty_parts import duty_chip

AHEAD = 14  # days a desk looks ahead
SHOWN = 8


def duty_card(desk: Desk) -> Card:
    """The next duty of a supervisor, today's first: where, when, whom to call; one tap leads on."""
    rows = desk.visible(Duty).filter(state__in=(Duty.State.DRAWN, Duty.State.ACCEPTED), plan__ends_on__gte=desk.today)
    found = rows.select_related("plan__institution").order_by("plan__held_on", "pk")[:2]
    if not found:
        return Card("督导任务", empty=Empty("近期没有督导任务", "被抽中后会在这里显示，并发消息告知。"))
    duty, plan = found[0], found[0].plan
    first = next(iter(sittings(plan.pk)[:1]), None)
    begins = f"{first.starts_at.astimezone(ZONE):%H:%M}" if first else ""
    today = plan.held_on <= desk.today
    href = reverse("duty", kwargs={"pk": duty.pk})
    accepted = duty.state == Duty.State.ACCEPTED
    phone = plan.institution.contact_phone
    return Card(
        "今天的任务" if today else "下一次任务",
        chips=[duty_chip(duty.state)],
        link=Link("打开任务", href),
        facts=facts(
            ("时间", Cell(listed((_day(plan.held_on, desk.today), begins), " "), strong=True)),
            ("机构", Cell(plan.institution.name, href=href)),
            ("考点", Cell(plan.venue, note=plan.institution.address)),
            *(
                (("联系人", Cell(plan.institution.contact or phone, href=f"tel:{phone}", note=phone)),)
                if accepted and phone
                else ()
            ),
            ("下一步", _next_step(duty, today=today)),
        ),
    )


def _next_step(duty: Duty, *, today: bool) -> str:
    if duty.state == Duty.State.DRAWN:
        return "请确认是否接受"
    if not today:
        return "考试日到考点登记到场"
    return "填写检查表，提交督导报告" if duty.arrived_at else "到考点后登记到场"


def exams_card(desk: Desk) -> Card | None:
    """The next exams; those that lack something say what."""
    exams = coming_exams(desk.asking(None), days=AHEAD)
    if not exams:
        return None
    wanting = sum(bool(exam.lacks) for exam in exams)
    chips = [Chip(say("{exams} 场", exams=len(exams)), "normal")]
    chips += [Chip(say("{wanting} 场还缺条件", wanting=wanting), "warn")] if wanting else []
    until = desk.today + timedelta(days=AHEAD)
    words = urlencode({"held_from": desk.today.isoformat(), "held_until": until.isoformat()})
    return Card(
        "近日考试",
        chips=chips,
        link=Link("全部", f"{reverse('supervision')}?{words}"),
        table=Table(
            [Column("考试"), Column("开考", tight=True), Column("机构"), Column("还缺")],
            [_row(desk, exam) for exam in exams[:SHOWN]],
        ),
        flush=True,
    )


def _row(desk: Desk, exam: ComingExam) -> list[Cell]:
    near = exam.held_on <= desk.today + timedelta(days=1)
    tone: Tone = "seal" if near else "warn"
    lacks = [Chip(lack.sentence, tone) for lack in exam.lacks]
    begins = exam.begins_at.astimezone(ZONE)
    return [
        Cell(
            exam.title,
            href=reverse("plan", kwargs={"pk": exam.plan}),
            note=listed((say("{headcount} 人", headcount=exam.headcount), exam.venue), " · "),
        ),
        Cell(_day(exam.held_on, desk.today), note=f"{begins:%H:%M}"),
        Cell(exam.institution, note=exam.office_name if desk.actor.reach.get("institution") is None else ""),
        Cell(chips=lacks) if lacks else Cell(chip=Chip("齐备", "good")),
    ]


def _day(day: date, today: date) -> str:
    match (day - today).days:
        case 0:
            return "今天"
        case 1:
            return "明天"
        case 2:
            return "后天"
        case ahead if ahead < 0:
            return "正在进行"
    return say("{day.month} 月 {day.day} 日", day=day)
