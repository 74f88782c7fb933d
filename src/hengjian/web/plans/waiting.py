"""Which plans and batches wait for somebody: in the right state, and with the act still to be done.

The state alone would keep a filed plan in the queue for ever: once its supervisors are drawn and the exam is over, nothing
waits. These are set-wise readings of the acts' own rules, so that the queue costs the same for one plan as for a thousand.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from hengjian.authorities.roles import OFFICE_ROLES
from hengjian.kernel import clock
from hengjian.kernel.actor import Actor
from hengjian.kernel.words import listed, say
from hengjian.plans.models import Batch, Plan
from hengjian.plans.states import BatchState, PlanState
from hengjian.supervision.queries import without_supervisors
from hengjian.web.occupations.labels import level_title
from hengjian.web.pages import Desk
from hengjian.web.work import Kind, Line


def waiting_plans(rows: QuerySet[Any]) -> QuerySet[Any]:
    """A filed plan waits for a draw until one stands, and again when a supervisor declined and none was drawn since."""
    return rows.filter(~Q(state=PlanState.FILED) | (Q(ends_on__gte=clock.today()) & without_supervisors()))


def waiting_batches(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Batches of filed plans, until their result sheet is opened: from then on the sheet waits, not the batch."""
    return rows.filter(plan__state=PlanState.FILED).filter(~Q(state=BatchState.EXAMINED) | Q(sheet__isnull=True))


def told_plans(rows: QuerySet[Any], actor: Actor) -> QuerySet[Any]:
    """That a filed plan waits for a draw would tell before the day that nobody was drawn: offices alone may know."""
    if actor.role_code in OFFICE_ROLES:
        return rows
    return rows.exclude(state=PlanState.FILED, held_on__gt=clock.today())


def waits(desk: Desk, row: Plan | Batch) -> bool:
    """The same for one of them, as its page asks."""
    rows = desk.visible(type(row)).filter(pk=row.pk)
    if isinstance(row, Plan):
        return told_plans(waiting_plans(rows), desk.actor).exists()
    return waiting_batches(rows).exists()


def _line(plan: Plan) -> Line:
    entrusted = bool(plan.entrusted_by)
    return Line(
        href=reverse("plan", kwargs={"pk": plan.pk}),
        title=say("计划 {number} · {title}", number=plan.number, title=plan.title)
        if plan.number
        else say("计划 · {title}", title=plan.title),
        under=say("{held_on.month} 月 {held_on.day} 日开考 · {venue}", held_on=plan.held_on, venue=plan.venue),
        institution=plan.institution.short_name,
        institution_note=str(plan.institution.get_kind_display()) + (" · 委托认定" if entrusted else ""),
        due_on=plan.due_on if plan.state == PlanState.SUBMITTED else None,
        provisional=plan.due_provisional,
        hint=plan.return_reason[:40] if plan.state == PlanState.RETURNED else "",
    )


def _batch_line(batch: Batch) -> Line:
    plan = batch.plan
    return Line(
        href=reverse("batch", kwargs={"pk": batch.pk}),
        title=listed((batch.occupation_name, level_title(batch.level)), " "),
        under=say(
            "计划 {number} · {headcount} 人 · {held_on.month} 月 {held_on.day} 日",
            number=plan.number or "尚未备案",
            headcount=batch.headcount,
            held_on=plan.held_on,
        ),
        institution=plan.institution.short_name,
        institution_note=str(plan.institution.get_kind_display()),
    )


PLAN_QUEUE = Kind(
    _line,
    ("institution", "office"),
    "plans",
    narrow=waiting_plans,
    running=((Q(state=PlanState.SUBMITTED), "due_on"),),
    told=told_plans,
)
BATCH_QUEUE = Kind(_batch_line, ("plan__institution", "plan__office"), "rosters", narrow=waiting_batches)
