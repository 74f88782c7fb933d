"""What stands about supervision on the page of a plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from hengjian.authorities.roles import OFFICE_ROLES
from hengjian.kernel.words import listed
from hengjian.plans.models import Plan
from hengjian.plans.states import PlanState
from hengjian.supervision import queries
from hengjian.supervision.models import Draw, Duty
from hengjian.web.components import Card, Cell, Chip, Column, Empty, Table, Tone
from hengjian.web.pages import Desk
from hengjian.web.paging import part_of
from hengjian.web.parts import moment
from hengjian.web.supervision.duty_parts import duty_chip

TONES: Mapping[str, Tone] = {"sealed": "warn", "drawn": "normal", "published": "good", "void": "seal"}


def supervision_section(desk: Desk, plan: Plan) -> Card | None:
    """Draws and duties of this exam for the office; the institution sees the reports only."""
    if plan.state != PlanState.FILED:
        return None
    if desk.actor.role_code not in OFFICE_ROLES:
        return _reports(desk, plan)
    draws = list(desk.visible(Draw).filter(plan=plan).order_by("pk").only("pk", "code", "state", "opens_at"))
    part = part_of(desk, desk.visible(Duty).filter(plan=plan).select_related("supervisor").order_by("pk"), of="duties")
    rows: list[list[Any]] = [
        [
            Cell(
                duty.supervisor.name,
                href=reverse("duty", kwargs={"pk": duty.pk}),
                note=duty.supervisor.code,
            ),
            Cell(chip=duty_chip(duty.state), note=duty.decline_reason),
            moment(duty.arrived_at),
            moment(duty.reported_at),
        ]
        for duty in part.rows
    ]
    chips = [
        Chip(
            listed((draw.code, draw.get_state_display()), " "),
            TONES[draw.state],
            href=reverse("draw_case", kwargs={"pk": draw.pk}),
        )
        for draw in draws
    ]
    empty = Empty("还没有督导任务", "封存清单、抽取之后，督导任务列在这里。")
    columns = ("督导员", "任务", "到场", "报告")
    return Card(
        "抽取与督导",
        pager=part.pager,
        chips=chips,
        table=Table(columns=[Column(label) for label in columns], rows=rows, empty=empty),
    )


def _reports(desk: Desk, plan: Plan) -> Card | None:
    found = part_of(desk, queries.reported(desk.actor, plan.pk), of="duties")
    if not found.rows:
        return None
    rows: list[list[Any]] = [
        [
            Cell(duty.supervisor_name, href=reverse("duty", kwargs={"pk": duty.duty})),
            duty.conclusion_label,
            moment(duty.reported_at),
        ]
        for duty in found.rows
    ]
    columns = ("督导员", "结论", "提交")
    return Card(
        "督导报告",
        pager=found.pager,
        table=Table(columns=[Column(label) for label in columns], rows=rows),
    )
