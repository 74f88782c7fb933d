"""Plain values for the worked cases of the rules: a plan of one day, a batch of thirty electricians, a sitting in one room."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hengjian.kernel.clock import ZONE
from hengjian.plans.models import Batch, Plan, Sitting

AHEAD = Plan(pk=1, held_on=date(2026, 5, 20), ends_on=date(2026, 5, 20))
OTHER = Plan(pk=2, number="2613000216010001")
# not said: a worked case
WRITTEN = Plan(bank="题库", process="理论、技能", timetable="上午理论，下午技能", publicity="公告栏")
FOURTH = Batch(pk=1, occupation_code="6-31-01-03", occupation_name="电工", level="4", headcount=30)


def sitting_on(
    part: str = "theory",
    *,
    day: int = 20,
    hour: int = 9,
    minutes: int = 120,
    seats: int = 30,
    staff: int = 2,
    plan: Plan = AHEAD,
) -> Sitting:
    starts = datetime(2026, 5, day, hour, tzinfo=ZONE)
    batch = Batch(pk=FOURTH.pk, plan=plan, headcount=30)
    return Sitting(
        batch=batch,
        part=part,
        room="一号考场",
        starts_at=starts,
        ends_at=starts + timedelta(minutes=minutes),
        seats=seats,
        staff=staff,
    )
