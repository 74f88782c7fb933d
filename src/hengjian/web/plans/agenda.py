"""Exams in the agenda, at the hours of their sittings, and the day by which a plan has to be reviewed."""

from __future__ import annotations

from datetime import date

from django.db.models import Max, Min, Q
from django.urls import reverse

from hengjian.authorities.models import Seat
from hengjian.authorities.roles import Role
from hengjian.kernel.disclosure import disclosed
from hengjian.kernel.words import listed, say
from hengjian.plans.models import Plan
from hengjian.plans.states import BatchState, PlanState
from hengjian.supervision.models import Duty
from hengjian.web.occasions import Occasion


def exams(seat: Seat, first: date, last: date) -> list[Occasion]:
    """Filed exams; a supervisor sees those of the own duties."""
    if seat.role == Role.SUPERVISOR:
        attended = disclosed(Duty, seat).filter(state__in=(Duty.State.DRAWN, Duty.State.ACCEPTED, Duty.State.REPORTED))
        duties = attended.filter(plan__held_on__lte=last, plan__ends_on__gte=first).select_related("plan__institution")
        return [
            _exam(duty.plan, reverse("duty", kwargs={"pk": duty.pk})) for duty in duties.order_by("plan__held_on", "pk")
        ]
    standing = Q(batches__sittings__withdrawn=False) & ~Q(batches__state=BatchState.WITHDRAWN)
    rows = disclosed(Plan, seat).filter(state=PlanState.FILED, held_on__lte=last, ends_on__gte=first)
    timed = rows.annotate(
        begins=Min("batches__sittings__starts_at", filter=standing),
        ends=Max("batches__sittings__ends_at", filter=standing),
    )
    return [
        _exam(plan, reverse("plan", kwargs={"pk": plan.pk}))
        for plan in timed.select_related("institution").order_by("held_on", "pk")
    ]


def _exam(plan: Plan, href: str) -> Occasion:
    return Occasion(
        f"plan-{plan.pk}",
        "exam",
        plan.held_on,
        plan.ends_on,
        plan.title,
        href,
        listed(
            filter(None, (plan.institution.short_name, say("计划 {number}", number=plan.number or "尚未备案"))), " · "
        ),
        plan.venue,
        getattr(plan, "begins", None),
        getattr(plan, "ends", None),
    )
