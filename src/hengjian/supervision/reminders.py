"""Before an exam: the institution, the responsible office and each supervisor who has accepted are told, hours ahead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Min

from hengjian.authorities.roles import Role
from hengjian.kernel.clock import ZONE
from hengjian.messages.declared import Ahead
from hengjian.plans.models import Plan, Sitting
from hengjian.plans.states import PlanState
from hengjian.supervision.models import Duty


def exams_beginning(after: datetime, until: datetime) -> Iterator[tuple[Plan, datetime]]:
    """Each filed plan with the first of its sittings of each day that begins between the two."""
    first = _first_of_the_day(after, until)
    for plan in Plan.objects.filter(pk__in={pk for pk, _ in first}, state=PlanState.FILED).order_by("pk"):
        for pk, moment in first:
            if pk == plan.pk:
                yield plan, moment


def duties_beginning(after: datetime, until: datetime) -> Iterator[tuple[Duty, datetime]]:
    """The same for each supervisor who has accepted."""
    moments = {plan.pk: moment for plan, moment in exams_beginning(after, until)}
    rows = Duty.objects.filter(plan__in=moments, state=Duty.State.ACCEPTED).select_related("plan").order_by("pk")
    for duty in rows:
        yield duty, moments[duty.plan_id]


def _first_of_the_day(after: datetime, until: datetime) -> list[tuple[int, datetime]]:
    """Plan and moment; a sitting that is not the first of its day begins no exam."""
    rows = Sitting.objects.filter(withdrawn=False, starts_at__gt=after, starts_at__lte=until).order_by()
    found: dict[tuple[int, Any], datetime] = {}
    for plan, moment in rows.values("batch__plan").annotate(first=Min("starts_at")).values_list("batch__plan", "first"):
        found[plan, moment.astimezone(ZONE).date()] = moment
    earlier = Sitting.objects.filter(withdrawn=False, starts_at__lte=after).order_by()
    begun = {
        (plan, moment.astimezone(ZONE).date())
        for plan, moment in earlier.filter(batch__plan__in={plan for plan, _ in found}).values_list(
            "batch__plan", "starts_at"
        )
    }
    return [(plan, moment) for (plan, on), moment in sorted(found.items()) if (plan, on) not in begun]


EXAM = Ahead(
    "supervision.exam",
    "考试提醒",
    to=[
        Role.CLERK.of_own_institution,
        Role.RESPONSIBLE_PERSON.of_own_institution,
        Role.CENTRE_REVIEWER.of_responsible_office,
    ],
    begins=exams_beginning,
    holds=lambda plan: plan.state == PlanState.FILED,
)
DUTY = Ahead(
    "supervision.duty",
    "督导任务提醒",
    to=[Role.SUPERVISOR.in_person],
    begins=duties_beginning,
    holds=lambda duty: duty.state == Duty.State.ACCEPTED and duty.plan.state == PlanState.FILED,
)
