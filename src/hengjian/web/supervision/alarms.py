"""What the day of an exam brings to the centre's desk: an exam of today or tomorrow that too few supervisors have accepted."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from hengjian.authorities.models import Seat
from hengjian.authorities.roles import Role
from hengjian.kernel import clock
from hengjian.kernel.asking import Asking
from hengjian.kernel.words import say
from hengjian.plans.models import Plan
from hengjian.plans.states import PlanState
from hengjian.supervision import pool
from hengjian.supervision.models import Duty
from hengjian.supervision.policies import SUPERVISORS_PER_SITTING_MIN
from hengjian.web.work import Line

RESPONSIBLE = (Role.CENTRE_REVIEWER, Role.CENTRE_HEAD)
AHEAD = timedelta(days=1)  # in time for another draw


def unattended_exams(seat: Seat) -> list[Line]:
    """One line an exam; the few that are held at a time are looked at one by one."""
    if seat.role not in RESPONSIBLE:
        return []
    today = clock.today()
    plans = Plan.objects.filter(
        office=seat.office_id, state=PlanState.FILED, held_on__lte=today + AHEAD, ends_on__gte=today
    )
    found: list[Line] = []
    for plan in plans.select_related("institution").order_by("held_on", "pk"):
        needed = Asking(seat, plan).policy(SUPERVISORS_PER_SITTING_MIN)
        accepted = pool.standing(plan, (Duty.State.ACCEPTED, Duty.State.REPORTED))
        least = min((accepted[target] for target in pool.targets(plan)), default=needed)
        if least < needed:
            found.append(_line(plan, least, needed))
    return found


def _line(plan: Plan, accepted: int, needed: int) -> Line:
    soon = "今天考试" if plan.held_on <= clock.today() else "明天考试"
    return Line(
        href=reverse("plan", kwargs={"pk": plan.pk}),
        title=say("{soon}，督导员不足", soon=soon),
        under=f"{plan.title} · {plan.venue}",
        institution=plan.institution.short_name,
        institution_note=str(plan.institution.get_kind_display()),
        task="催促接受，或另行抽取补足",
        due_on=plan.held_on,
        hint=say("须 {needed} 人，已接受 {accepted} 人", needed=needed, accepted=accepted)
        if accepted
        else "还没有督导员接受",
        hint_tone="seal",
    )
