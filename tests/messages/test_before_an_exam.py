"""A day and two hours before an exam: institution, office and supervisors are told, each once; nobody of what is off."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db.models import Min

from hengjian.authorities.models import Seat
from hengjian.authorities.roles import Role
from hengjian.kernel.kept_words import said_again
from hengjian.messages.claims import holds_of_any
from hengjian.messages.models import Message
from hengjian.messages.reminding import remind
from hengjian.plans.models import Plan, Sitting
from tests.world import a_seat
from tests.world_after import a_drawn_plan, accepted_duties, seat_of_supervisor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_march", "province")]


@pytest.fixture
def plan() -> Plan:
    plan = a_drawn_plan()
    accepted_duties(plan)
    a_seat(Role.CENTRE_REVIEWER, office=plan.office)
    return plan


def begins(plan: Plan) -> datetime:
    found = Sitting.objects.filter(batch__plan=plan, withdrawn=False).aggregate(first=Min("starts_at"))["first"]
    assert isinstance(found, datetime)
    return found


def told(seat: Seat) -> list[str]:
    rows = Message.objects.filter(person=seat.person, template__startswith="ahead.").order_by("pk")
    return [str(said_again(row.text)) for row in rows]


def test_each_is_told_once_a_day_and_once_two_hours_before(plan: Plan) -> None:
    moment = begins(plan)
    clerk = a_seat(Role.CLERK, institution=plan.institution)
    reviewer = a_seat(Role.CENTRE_REVIEWER, office=plan.office)
    supervisor = seat_of_supervisor(plan.duties.filter(state="accepted").order_by("pk")[0])
    for before, count in ((25, 0), (24, 1), (23, 1), (3, 1), (2, 2), (1, 2), (0, 2), (-1, 2)):
        remind(moment - timedelta(hours=before))
        for seat in (clerk, reviewer, supervisor):
            assert len(told(seat)) == count, (before, seat.label)
    first, second = told(clerk)
    assert "24" in first
    assert plan.title in second
    assert all(Message.objects.filter(template__startswith="ahead.").values_list("urgent", flat=True))


def test_an_installation_that_was_asleep_tells_only_what_is_next(plan: Plan) -> None:
    clerk = a_seat(Role.CLERK, institution=plan.institution)
    remind(begins(plan) - timedelta(minutes=90))
    assert len(told(clerk)) == 1


def test_who_has_not_accepted_and_another_institution_are_told_nothing(plan: Plan) -> None:
    remind(begins(plan) - timedelta(hours=2))
    others = set(
        Message.objects.filter(template="ahead.supervision.duty").order_by("pk").values_list("person", flat=True)
    )
    accepted = {seat_of_supervisor(duty).person for duty in plan.duties.filter(state="accepted").order_by("pk")}
    assert others == accepted
    exam = Message.objects.filter(template="ahead.supervision.exam").order_by("pk")
    assert {row.subject_id for row in exam} == {plan.pk}
    assert all(holds_of_any(row) for row in exam)
