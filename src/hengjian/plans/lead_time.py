"""How long before the exam a plan is handed in, judged by the day it was: the office's days of review do not count (R38)."""

from __future__ import annotations

from datetime import date

from hengjian.kernel.asking import Asking
from hengjian.kernel.rule import rule
from hengjian.kernel.rule_cases import case
from hengjian.kernel.words import say
from hengjian.plans import policies
from hengjian.plans.models import Plan
from hengjian.plans.readings import LIVE
from hengjian.plans.states import PlanState


@rule("plans.lead_time", clause="计划申报至开考的提前时间", cites=[policies.LEAD_WORKING_DAYS], waivable=True)
def it_is_early_enough(asking: Asking[Plan]) -> tuple[str, str] | None:
    """认定计划须在开考以前按规定时间报送，以报送之日计。"""
    plan = asking.subject
    handed_in = plan.submitted_on if plan.state in LIVE and plan.submitted_on else asking.today
    days = asking.policy(policies.LEAD_WORKING_DAYS, on=handed_in)
    earliest = asking.calendar.add_working_days(handed_in, days).on
    if plan.held_on >= earliest:
        return None
    when = "今天报送" if handed_in == asking.today else say("{handed_in} 报送", handed_in=handed_in)
    return (
        say(
            "{when}，最早可在 {earliest} 开考（提前 {days} 个工作日），计划定在 {held_on}。",
            when=when,
            earliest=earliest,
            days=days,
            held_on=plan.held_on,
        ),
        say("请把开考日期改为 {earliest} 或以后；确有理由的，申请豁免。", earliest=earliest),
    )


it_is_early_enough.shown_by(
    case("ten working days ahead", Plan(held_on=date(2026, 5, 19))),
    case("one day short", Plan(held_on=date(2026, 5, 18)), says="最早可在 2026-05-19 开考（提前 10 个工作日）"),
    case(
        "handed in on time, reviewed ten working days later",
        Plan(held_on=date(2026, 5, 19), submitted_on=date(2026, 5, 6), state=PlanState.SUBMITTED),
        at="2026-05-19T09:00",
    ),
    case(
        "handed in late, whenever it is reviewed",
        Plan(held_on=date(2026, 5, 18), submitted_on=date(2026, 5, 6), state=PlanState.SUBMITTED),
        at="2026-05-07T09:00",
        says="2026-05-06 报送，最早可在 2026-05-19",
    ),
    case(
        "returned: the day of handing in again counts",
        Plan(held_on=date(2026, 5, 19), submitted_on=date(2026, 5, 6), state=PlanState.RETURNED),
        at="2026-05-07T09:00",
        says="今天报送",
    ),
)
