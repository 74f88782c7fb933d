"""What the day of an exam brings to the centre's desk: an exam of today or tomorrow that too few supervisors have accepted."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count, Q
from django.urls import reverse

from hengjian.authorities.models import Seat
from hengjian.authorities.roles import Role
from hengjian.kernel import clock
from hengjian.kernel.asking import Asking
from hengjian.kernel.disclosure import disclosed
from hengjian.kernel.spans import after_months
from hengjian.kernel.words import say
from hengjian.personnel.models import Supervisor
from hengjian.personnel.policies import REFUSALS_PER_YEAR_MAX
from hengjian.plans.models import Plan
from hengjian.plans.states import PlanState
from hengjian.supervision import pool
from hengjian.supervision.models import Duty
from hengjian.supervision.policies import SUPERVISORS_PER_SITTING_MIN
from hengjian.web.work import Line

RESPONSIBLE = (Role.CENTRE_REVIEWER, Role.CENTRE_HEAD)
MONTHS_A_YEAR = 12
AHEAD = timedelta(days=1)  # in time for another draw


def unattended_exams(seat: Seat) -> list[Line]:
    """One line an exam; the few that are held at a time are looked at one by one."""
    if seat.role not in RESPONSIBLE:
        return []
    today = clock.today()
    plans = disclosed(Plan, seat).filter(
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


def often_declining(seat: Seat) -> list[Line]:
    """Supervisors who within a year have declined as often as the policy bears: the head decides whether they go on. Whether
    a reason was good enough is for the head to say, so nobody falls out of a draw by the number alone."""
    if seat.role != Role.CENTRE_HEAD:
        return []
    today, most = clock.today(), Asking(seat, None).policy(REFUSALS_PER_YEAR_MAX)
    declined = Count(
        "duties",
        filter=Q(duties__state=Duty.State.DECLINED, duties__plan__held_on__gt=after_months(today, -MONTHS_A_YEAR)),
    )
    people = disclosed(Supervisor, seat).filter(office=seat.office_id, state=Supervisor.State.APPOINTED)
    found = people.annotate(times=declined).filter(times__gte=most).order_by("code")
    return [
        Line(
            href=reverse("supervisor", kwargs={"pk": person.pk}),
            title=say("{name}一年内回避或推辞 {times} 次", name=person.name, times=person.times),
            under=person.employer,
            task="核实理由，决定是否续聘",
        )
        for person in found
    ]


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
