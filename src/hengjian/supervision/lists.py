"""The lists of exams with their attendance, and of draws for the offices (R31)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import BooleanField, Case, Count, ExpressionWrapper, Q, Value, When

from hengjian.authorities.lists import office_filter
from hengjian.authorities.roles import OFFICE_ROLES, Role
from hengjian.kernel.actor import Actor
from hengjian.kernel.asking import Asking
from hengjian.kernel.clock import ZONE
from hengjian.kernel.disclosure import disclosed
from hengjian.kernel.listing import Choice, Days, ListColumn, Listing
from hengjian.kernel.words import say
from hengjian.plans.models import Plan
from hengjian.plans.states import PlanState
from hengjian.supervision.models import Draw, Duty
from hengjian.supervision.queries import counted, level_label, without_supervisors, witnesses_counted


@dataclass(frozen=True)
class ExamRow:
    """A filed exam and whether it is attended; an institution learns nothing of that before the day."""

    plan: int
    title: str
    number: str
    institution: str
    institution_short_name: str
    venue: str
    held_on: date
    ends_on: date
    attendance: str
    attendance_label: str


@dataclass(frozen=True)
class DrawLine:
    """A draw in the list of an office; who was drawn stands on its page."""

    draw: int
    code: str
    plan: int
    plan_number: str
    institution: str
    institution_short_name: str
    held_on: date
    opens_at: datetime
    level: str
    level_label: str
    state: str
    state_label: str


def _exams(asking: Asking[None]) -> Any:
    rows = disclosed(Plan, asking.actor).filter(state=PlanState.FILED).select_related("institution")
    # Whoever must not know before the day whether anybody comes learns it from no filter either.
    office = asking.actor.role_code in OFFICE_ROLES
    told = Value(True) if office else Case(When(held_on__lte=asking.today, then=True), default=False)
    return rows.annotate(
        told=ExpressionWrapper(told, BooleanField()),
        reported=Count("duties", filter=Q(duties__state=Duty.State.REPORTED)),
        accepted=Count("duties", filter=Q(duties__state__in=[Duty.State.ACCEPTED, Duty.State.REPORTED])),
        drawn=Count("duties"),
    )


def _attendance(asking: Asking[None], plan: Any) -> tuple[str, str]:
    if asking.actor.role_code not in OFFICE_ROLES and plan.held_on > asking.today:
        return "secret", "考前保密"
    if plan.reported:
        return "reported", say("已提交报告 {reported} 份", reported=plan.reported)
    if plan.accepted:
        return "accepted", say("已接受 {accepted} 人", accepted=plan.accepted)
    if plan.ends_on < asking.today:
        return "missing", "没有督导"
    return ("drawn", "待督导员确认") if plan.drawn else ("undrawn", "尚未抽取")


def _exam(asking: Asking[None], plan: Any) -> ExamRow:
    return ExamRow(
        plan.pk,
        plan.title,
        plan.number or "",
        plan.institution.name,
        plan.institution.short_name,
        plan.venue,
        plan.held_on,
        plan.ends_on,
        *_attendance(asking, plan),
    )


def _when(rows: Any, value: str, today: date) -> Any:
    if value == "past":
        return rows.filter(ends_on__lt=today)
    until = today + timedelta(days=0 if value == "today" else 7)
    return rows.filter(ends_on__gte=today, held_on__lte=until)


def _has_exams(actor: Actor) -> bool:
    """A supervisor has duties instead."""
    return actor.role_code != Role.SUPERVISOR


EXAMS = Listing(
    "exams",
    "质量督导",
    ExamRow,
    rows=_exams,
    row=_exam,
    key="plan",
    columns=[
        ListColumn("考试", "title"),
        ListColumn("机构", "institution", "institution__short_name"),
        ListColumn("考试日期", "held_on", "held_on"),
        ListColumn("考点", "venue"),
        ListColumn("督导", "attendance_label"),
    ],
    search=("title", "number", "institution__name", "venue"),
    hint="机构、计划或考点",
    filters=[
        Choice("when", "时间", (("today", "今天"), ("week", "七天内"), ("past", "已考完")), narrow=_when),
        Choice(
            "attendance",
            "督导",
            (("vacant", "没有督导"),),
            narrow=lambda rows, value, today: rows.filter(without_supervisors(), told=True),
        ),
        office_filter("office_id"),
        Days("held", "考试日期", "held_on"),
    ],
    order=("-held_on",),
    more=[ListColumn("计划编号", "number"), ListColumn("考试结束", "ends_on")],
    shown_to=_has_exams,
)


def _draws(asking: Asking[None]) -> Any:
    rows = disclosed(Draw, asking.actor).select_related("plan__institution")
    return counted(rows.defer("manifest", "secrets", "result"))


def _draw(asking: Asking[None], found: Any) -> DrawLine:
    return DrawLine(
        draw=found.pk,
        code=found.code,
        plan=found.plan_id,
        plan_number=found.plan.number or "",
        institution=found.plan.institution.name,
        institution_short_name=found.plan.institution.short_name,
        held_on=found.plan.held_on,
        opens_at=found.opens_at,
        level=found.level,
        level_label=level_label(found.level, witnesses_counted(found)),
        state=found.state,
        state_label=str(Draw.State(found.state).label),
    )


def _of_an_office(actor: Actor) -> bool:
    """Whoever is not of an office reads the public register."""
    return actor.role_code in OFFICE_ROLES


DRAWS = Listing(
    "draws",
    "抽取",
    DrawLine,
    rows=_draws,
    row=_draw,
    key="draw",
    columns=[
        ListColumn("抽取编号", "code", "code"),
        ListColumn("机构", "institution"),
        ListColumn(
            "抽取时刻", "opens_at", "opens_at", text=lambda row: f"{row.opens_at.astimezone(ZONE):%Y-%m-%d %H:%M}"
        ),
        ListColumn("可信级别", "level", "level"),
        ListColumn("状态", "state_label", "state"),
    ],
    search=("code", "plan__number", "plan__institution__name"),
    hint="抽取编号、计划或机构",
    filters=[
        Choice("state", "状态", list(Draw.State.choices), "state"),
        Days("held", "考试日期", "plan__held_on"),
    ],
    shown_to=_of_an_office,
)
