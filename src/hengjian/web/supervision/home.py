"""On the start page: the exams of today and the days ahead with what each still lacks."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse
from django.utils.http import urlencode

from hengjian.kernel.clock import ZONE
from hengjian.kernel.words import listed, say
from hengjian.supervision.coming import ComingExam, coming_exams
from hengjian.web.components import Card, Cell, Chip, Column, Link, Table, Tone
from hengjian.web.pages import Desk

AHEAD = 14  # days a desk looks ahead
SHOWN = 8


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
