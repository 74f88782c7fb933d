"""What an exam that comes near, and one that never comes, bring to the desk."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse

from hengjian.authorities.models import Seat
from hengjian.authorities.roles import Role
from hengjian.institutions.models import Institution
from hengjian.institutions.policies import IDLE_MONTHS_TO_EXIT
from hengjian.institutions.states import InstitutionState
from hengjian.kernel import clock
from hengjian.kernel.asking import Asking
from hengjian.kernel.disclosure import disclosed
from hengjian.kernel.spans import after_months
from hengjian.kernel.words import say
from hengjian.plans.models import Batch, Plan
from hengjian.plans.policies import REMINDER_DAYS
from hengjian.plans.queries import has_filed_plan
from hengjian.plans.states import BatchState, PlanState
from hengjian.web.work import Line


def rosters_still_missing(seat: Seat) -> list[Line]:
    """The institution is reminded on the days the policy names, and from then on: an exam comes and a roster is missing."""
    if seat.role != Role.CLERK:
        return []
    today, asking = clock.today(), Asking(seat, None)
    days = asking.policy(REMINDER_DAYS)
    if not days:
        return []
    without = disclosed(Batch, seat).filter(plan=OuterRef("pk"), state=BatchState.OPEN)
    plans = disclosed(Plan, seat).filter(
        Exists(without),
        institution=seat.institution_id,
        state=PlanState.FILED,
        held_on__gt=today,
        held_on__lte=today + timedelta(days=max(days)),
    )
    return [_reminder(plan, (plan.held_on - today).days, min(days)) for plan in plans.order_by("held_on", "pk")]


def _reminder(plan: Plan, left: int, last: int) -> Line:
    return Line(
        href=reverse("plan", kwargs={"pk": plan.pk}),
        title=say("距开考 {days} 天，名册还没有交齐", days=left),
        under=f"{plan.title} · {plan.venue}",
        task="提交名册",
        due_on=plan.held_on,
        hint="最后一次提醒" if left <= last else "",
        hint_tone="seal",
    )


def idle_institutions(seat: Seat) -> list[Line]:
    """Filed longer than the policy's months and without an exam in them: the head decides whether the filing ends."""
    if seat.role != Role.CENTRE_HEAD:
        return []
    today, months = clock.today(), Asking(seat, None).policy(IDLE_MONTHS_TO_EXIT)
    since = after_months(today, -months)
    idle = disclosed(Institution, seat).filter(
        ~has_filed_plan(since), office=seat.office_id, state=InstitutionState.FILED, filed_on__lte=since
    )
    return [_idle(institution, months, today) for institution in idle.order_by("pk")]


def _idle(institution: Institution, months: int, today: date) -> Line:
    return Line(
        href=reverse("institution", kwargs={"pk": institution.pk}),
        title=say("连续 {months} 个月没有开展认定", months=months),
        under=institution.name,
        institution=institution.short_name,
        institution_note=str(institution.get_kind_display()),
        task="核实后决定是否终止备案",
    )
