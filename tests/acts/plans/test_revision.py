"""A change after filing is a new version and reviewed again; the old values stay verifiable (R40, R44)."""

from datetime import date, timedelta

import pytest

from hengjian.authorities.acts.enter_calendar_year import enter_calendar_year
from hengjian.authorities.roles import Role
from hengjian.kernel import clock
from hengjian.kernel.actor import OPERATOR
from hengjian.kernel.refusal import Kind
from hengjian.plans.acts.revise_plan import SittingChange, revise_plan
from hengjian.plans.acts.submit_plan import file_plan, submit_plan
from hengjian.plans.models import Sitting
from hengjian.plans.queries import versions
from hengjian.plans.states import PlanState
from tests.world import (
    BAODING,
    WELDER,
    Wanted,
    a_draft_plan,
    a_filed_institution,
    a_filed_plan,
    a_seat,
    a_submitted_plan,
    at_hour,
    refused,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_march", "province")]


# Invented, with 4 January off, so that the day after the new year moves.
HOLIDAYS_2027 = (
    *(f"2027-01-0{day},放假,元旦" for day in (1, 2, 3, 4)),
    *(f"2027-02-{day},放假,春节" for day in range(10, 14)),
    "2027-04-05,放假,清明节",
    *(f"2027-05-0{day},放假,劳动节" for day in (1, 2)),
    "2027-06-09,放假,端午节",
    "2027-09-15,放假,中秋节",
    *(f"2027-10-0{day},放假,国庆节" for day in (1, 2, 3)),
)


def clerk_of(plan):
    return a_seat(Role.CLERK, institution=plan.institution)


def test_a_new_date_moves_every_sitting_and_brings_the_plan_back_to_review():
    plan = a_filed_plan()
    number, before = plan.number, list(Sitting.objects.filter(batch__plan=plan).order_by("id"))
    fact = revise_plan(clerk_of(plan), plan, reason="设备检修", held_on=date(2026, 3, 18))
    assert (plan.state, plan.version, plan.number) == (PlanState.SUBMITTED, 2, number)
    assert (plan.held_on, plan.ends_on) == (date(2026, 3, 18), date(2026, 3, 18))
    after = list(Sitting.objects.filter(batch__plan=plan).order_by("id"))
    assert [new.starts_at - old.starts_at for old, new in zip(before, after, strict=True)] == [timedelta(days=2)] * 2
    assert len(fact.sittings) == 2

    file_plan(a_seat(Role.CENTRE_REVIEWER, office=plan.office), plan)
    assert (plan.state, plan.version, plan.number) == (PlanState.FILED, 2, number)


def test_both_versions_are_visible():
    plan = a_filed_plan(venue="一号实训楼")
    revise_plan(clerk_of(plan), plan, reason="实训楼停用", venue="二号实训楼")
    (row,) = versions(clerk_of(plan), plan.pk)
    assert versions(a_seat(Role.CENTRE_REVIEWER, at=BAODING), plan.pk) is None
    assert (row.version, row.reason, row.changes) == (1, "实训楼停用", (("考点", "一号实训楼", "二号实训楼"),))
    assert plan.venue == "二号实训楼"


def test_single_sittings_can_be_moved():
    plan = a_filed_plan()
    theory = Sitting.objects.get(batch__plan=plan, part="theory")
    change = SittingChange(theory.pk, room="大教室", starts_at=at_hour(plan.held_on, 8))
    fact = revise_plan(clerk_of(plan), plan, reason="换考场，情况属实", sittings=(change,))
    theory.refresh_from_db()
    assert (theory.room, theory.starts_at, theory.ends_at) == (
        "大教室",
        at_hour(plan.held_on, 8),
        at_hour(plan.held_on, 10),
    )
    assert [(moved.room_before, moved.room_after) for moved in fact.sittings] == [("1 号考场", "大教室")]


def test_a_revision_meets_the_same_rules_and_changes_nothing_when_refused():
    plan = a_filed_plan()
    held_on = plan.held_on
    with refused("plans.lead_time", Kind.RULE):
        revise_plan(clerk_of(plan), plan, reason="提前，情况属实", held_on=date(2026, 3, 12))
    with refused("plans.blocks_complete", Kind.RULE):
        revise_plan(clerk_of(plan), plan, reason="删去题库", bank="")
    plan.refresh_from_db()
    assert (plan.state, plan.version, plan.held_on) == (PlanState.FILED, 1, held_on)


def test_a_revision_into_another_plans_room_is_refused():
    institution = a_filed_institution()
    first = a_filed_plan(institution=institution, venue="实训楼")
    second = a_filed_plan(institution=institution, venue="实训楼", held_on=date(2026, 3, 17))
    with refused("plans.rooms_do_not_overlap", Kind.RULE) as caught:
        revise_plan(clerk_of(second), second, reason="提前一天", held_on=date(2026, 3, 16))
    assert first.number in caught[0].sentence


@pytest.mark.parametrize(
    "change, code",
    [
        ({"reason": " ", "bank": "新题库"}, "kernel.argument"),
        ({"reason": "没有变化"}, "plans.nothing_revised"),
        ({"reason": "换场次，情况属实", "sittings": (SittingChange(987654321, room="101"),)}, "plans.sitting_unknown"),
        ({"reason": "改期，情况属实", "held_on": date(2026, 3, 2)}, "plans.held_on_past"),
    ],
)
def test_what_is_wrong_with_a_revision_is_named(change, code):
    plan = a_filed_plan()
    with refused(code, Kind.INPUT):
        revise_plan(clerk_of(plan), plan, **change)


def test_nothing_is_revised_once_the_exam_has_begun():
    plan = a_filed_plan()
    with clock.at("2026-03-16T08:00"), refused("plans.exam_not_begun", Kind.RULE):
        revise_plan(clerk_of(plan), plan, reason="改期，情况属实", held_on=date(2026, 4, 16))


def test_only_a_filed_plan_is_revised_and_only_by_its_institution():
    plan = a_submitted_plan()
    refusal = revise_plan.why_not(clerk_of(plan), plan)
    assert refusal and refusal.kind == Kind.STATE
    filed = a_filed_plan()
    for seat in (clerk_of(plan), a_seat(Role.CENTRE_HEAD, office=filed.office)):
        refusal = revise_plan.why_not(seat, filed)
        assert refusal and refusal.kind == Kind.ROLE


def test_a_deadline_that_reaches_into_an_unknown_year_is_provisional_and_computed_again():
    with clock.at("2026-12-28T09:00"):
        plan = a_draft_plan(held_on=date(2027, 2, 1), batches=(Wanted(WELDER, "4", 10),))
        submit_plan(clerk_of(plan), plan)
        assert (plan.due_on, plan.due_provisional) == (date(2027, 1, 5), True)
        enter_calendar_year(OPERATOR, year=2027, notice="测试通知", lines="\n".join(HOLIDAYS_2027))
    plan.refresh_from_db()
    assert (plan.due_on, plan.due_provisional) == (date(2027, 1, 6), False)
