"""What the day of an exam brings to the desk of an office: an exam that comes and that too few supervisors have accepted."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.urls import reverse

from hengjian.authorities.models import Seat
from hengjian.authorities.roles import Role
from hengjian.kernel import clock
from hengjian.kernel.asking import Asking
from hengjian.kernel.disclosure import disclosed
from hengjian.kernel.spans import after_months
from hengjian.kernel.words import listed, say
from hengjian.messages.policies import REMIND_HOURS
from hengjian.personnel.models import Supervisor
from hengjian.personnel.policies import REFUSALS_PER_YEAR_MAX
from hengjian.supervision.coming import ComingExam, Lack, coming_exams
from hengjian.supervision.models import Duty
from hengjian.web.work import Line

# An auditor looks and a supervisor attends: neither can send anybody.
ALARMED = (Role.CENTRE_REVIEWER, Role.CENTRE_HEAD, Role.DISTRICT_OFFICER, Role.PROVINCE_OFFICER)
MONTHS_A_YEAR = 12
HOURS_A_DAY = 24
AHEAD = 1  # days, in time for another draw


def unattended_exams(seat: Seat) -> list[Line]:
    """Exams under way or within the policy's hours that too few supervisors have accepted; at the last mark they press."""
    if seat.role not in ALARMED:
        return []
    asking = Asking(seat, None)
    marks = asking.policy(REMIND_HOURS)
    if not marks:
        return []
    days = -(-max(marks) // HOURS_A_DAY)
    exams = coming_exams(asking, days=max(AHEAD, days))
    first = asking.now + timedelta(hours=max(marks))
    return [
        _line(seat, exam, lack, asking.now, min(marks))
        for exam in exams
        if (lack := exam.unattended) is not None and exam.begins_at <= first
    ]


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


def _line(seat: Seat, exam: ComingExam, lack: Lack, now: datetime, last: int) -> Line:
    today = now.date()
    soon = (
        "今天考试" if exam.held_on <= today else "明天考试" if exam.held_on - today == timedelta(days=1) else "即将考试"
    )
    pressing = exam.begins_at <= now + timedelta(hours=last)
    mark = say("开考前 {last} 小时", last=last) if pressing else ""
    own = exam.office == seat.office_id
    return Line(
        href=reverse("plan", kwargs={"pk": exam.plan}),
        title=say("{soon}，督导员不足", soon=soon),
        under=f"{exam.title} · {exam.venue}",
        institution=exam.institution,
        institution_note=exam.institution_kind,
        task="催促接受，或另行抽取补足" if own else say("督促{office}补足", office=exam.office_name),
        due_on=exam.held_on,
        hint=listed(filter(None, (mark, lack.sentence)), "："),
        hint_tone="seal" if pressing else "warn",
    )
