"""A plan is written block by block; batches pin the standard they follow (R3, R34)."""

from datetime import date, datetime

import pytest

from hengjian.authorities.roles import Role
from hengjian.institutions.acts.suspend_institution import suspend
from hengjian.kernel.refusal import Kind
from hengjian.occupations.acts.add_occupation import add_occupation
from hengjian.occupations.acts.publish_standard import replace_standard
from hengjian.occupations.models import Standard
from hengjian.plans.acts.batches import add_batch, add_sitting, remove_batch, remove_sitting
from hengjian.plans.acts.draft_plan import draft_plan, edit_plan
from hengjian.plans.lists import PLANS
from hengjian.plans.models import Batch, Sitting
from hengjian.plans.queries import plan as plan_file
from hengjian.plans.states import BatchState, PlanState
from tests.lists import listed
from tests.world import (
    BAODING,
    ELECTRICIAN,
    PROVINCE,
    TANGSHAN,
    WELDER,
    Wanted,
    a_draft_plan,
    a_filed_institution,
    a_seat,
    a_submitted_plan,
    an_applicant,
    at_hour,
    refused,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_march", "province")]
EXAM = date(2026, 3, 16)


def clerk_of(plan):
    return a_seat(Role.CLERK, institution=plan.institution)


def empty_plan():
    return a_draft_plan(batches=(), sittings=False)


def test_only_a_filed_institution_plans():
    clerk = a_seat(Role.CLERK, institution=an_applicant())
    with refused("plans.planner_is_filed", Kind.RULE):
        draft_plan(clerk, title="计划", venue="实训楼", held_on=EXAM)
    institution = a_filed_institution()
    suspend(
        a_seat(Role.CENTRE_HEAD, office=institution.office), institution, reason="整改，情况属实", basis="第 2.3 节"
    )
    refusal = draft_plan.why_not(a_seat(Role.CLERK, institution=institution))
    assert refusal and "暂停认定" in refusal.sentence


def test_a_plan_lies_with_the_responsible_office_and_where_it_is_held():
    clerk = a_seat(Role.CLERK, institution=a_filed_institution())
    plan = draft_plan(clerk, title="计划", venue="容城考点", held_on=EXAM, held_area_code="130629")
    assert (plan.office.area.path, plan.held_path) == (TANGSHAN, "13/1331/130629/")
    assert (plan.state, plan.number, plan.version) == (PlanState.DRAFT, None, 1)
    assert [row.id for row in listed(PLANS, clerk)] == [plan.pk]
    for above in ("13/1331/", TANGSHAN, BAODING):  # a draft is its writer's own
        assert listed(PLANS, a_seat(Role.CENTRE_REVIEWER, at=above)) == []


def test_a_plan_handed_in_is_seen_where_it_is_held_too():
    plan = a_submitted_plan(held_area_code="130629")
    for above, seen in (("13/1331/", [plan.pk]), (TANGSHAN, [plan.pk]), (BAODING, [])):
        assert [row.id for row in listed(PLANS, a_seat(Role.CENTRE_REVIEWER, at=above))] == seen


@pytest.mark.parametrize(
    "change, code",
    [
        ({"title": " "}, "kernel.argument"),
        ({"held_on": date(2026, 3, 2)}, "plans.held_on_past"),
        ({"ends_on": date(2026, 3, 15)}, "plans.dates_order"),
        ({"held_area_code": "130301"}, "plans.area_unknown"),
    ],
)
def test_what_is_wrong_with_a_draft_is_named(change, code):
    clerk = a_seat(Role.CLERK, institution=a_filed_institution())
    with refused(code, Kind.INPUT):
        draft_plan(clerk, **({"title": "计划", "venue": "实训楼", "held_on": EXAM} | change))


def test_editing_changes_what_is_given_and_names_before_and_after():
    plan = empty_plan()
    fact = edit_plan(clerk_of(plan), plan, bank="题库 2000 题", held_on=date(2026, 3, 18))
    assert [(change.field, change.after) for change in fact.changes] == [
        ("开考日期", "2026-03-18"),
        ("考核题（卷）库", "题库 2000 题"),
        ("结束日期", "2026-03-18"),
    ]
    with refused("plans.title_missing", Kind.INPUT):
        edit_plan(clerk_of(plan), plan, venue=" ")


def test_a_batch_pins_the_standard_in_force_on_the_day_of_the_exam():
    plan = a_draft_plan()
    batch = plan.batches.get()
    assert (batch.standard_title, batch.conditions) == ("电工国家职业标准（2024 年版）", "STD23")
    old = Standard.objects.get(occupation_code=ELECTRICIAN)
    replace_standard(a_seat(Role.PROVINCE_OFFICER, at=PROVINCE), old, edition="2026 年版", issued_on=date(2026, 3, 1))
    batch.refresh_from_db()
    assert batch.standard_title == "电工国家职业标准（2024 年版）"  # old batches still show the old version
    fact = add_batch(clerk_of(plan), plan, occupation_code=ELECTRICIAN, level="3", headcount=5)
    assert fact.standard == "电工国家职业标准（2026 年版）"


def test_an_occupation_effective_next_month_cannot_be_planned_before():
    officer = a_seat(Role.PROVINCE_OFFICER, at=PROVINCE)
    new = "6-31-07-99"
    add_occupation(officer, occupation_code=new, name="示例运维员", valid_from=date(2026, 4, 1), basis="公告")
    plan = empty_plan()
    with refused("plans.occupation_in_catalogue", Kind.INPUT):
        add_batch(clerk_of(plan), plan, occupation_code=new, level="4", headcount=5)
    edit_plan(clerk_of(plan), plan, held_on=date(2026, 4, 1))
    with refused("plans.no_standard", Kind.INPUT):
        add_batch(clerk_of(plan), plan, occupation_code=new, level="4", headcount=5)


def test_who_picked_a_level_without_standard_is_told_what_stands():
    plan = empty_plan()
    with refused("plans.no_standard", Kind.INPUT) as caught:
        add_batch(clerk_of(plan), plan, occupation_code=WELDER, level="4", headcount=5, standard_id=987654321)
    assert caught[0].remedy.startswith("该日有标准的是 5、4、3、2")


@pytest.mark.parametrize(
    "change, code",
    [
        ({"level": "X"}, "plans.level_not_assessable"),
        ({"headcount": 0}, "plans.headcount"),
        ({"standard_id": 987654321}, "plans.no_standard"),
    ],
)
def test_what_is_wrong_with_a_batch_is_named(change, code):
    plan = empty_plan()
    with refused(code, Kind.INPUT):
        add_batch(clerk_of(plan), plan, **({"occupation_code": WELDER, "level": "4", "headcount": 5} | change))


def test_a_batch_stands_once_is_taken_down_and_comes_back():
    plan = a_draft_plan(batches=(Wanted(WELDER, "4", 8),))
    clerk, batch = clerk_of(plan), plan.batches.get()
    with refused("plans.batch_twice", Kind.INPUT):
        add_batch(clerk, plan, occupation_code=WELDER, level="4", headcount=9)
    remove_batch(clerk, plan, batch_id=batch.pk)
    assert Batch.objects.get(pk=batch.pk).state == BatchState.WITHDRAWN
    with refused("plans.batch_unknown", Kind.INPUT):
        remove_batch(clerk, plan, batch_id=batch.pk)
    fact = add_batch(clerk, plan, occupation_code=WELDER, level="4", headcount=9)
    assert fact.batch_id == batch.pk and Batch.objects.get(pk=batch.pk).headcount == 9


def test_a_sitting_is_added_and_taken_down():
    plan = a_draft_plan(sittings=False)
    clerk, batch = clerk_of(plan), plan.batches.get()
    fact = add_sitting(
        clerk,
        plan,
        batch_id=batch.pk,
        part="theory",
        room="101",
        starts_at=datetime(2026, 3, 16, 9),
        ends_at=datetime(2026, 3, 16, 11),
        seats=20,
        staff=2,
    )
    sitting = Sitting.objects.get(pk=fact.sitting_id)
    assert sitting.starts_at == at_hour(EXAM, 9)  # a time without zone is Chinese standard time
    remove_sitting(clerk, plan, sitting_id=sitting.pk)
    with refused("plans.sitting_unknown", Kind.INPUT):
        remove_sitting(clerk, plan, sitting_id=sitting.pk)


@pytest.mark.parametrize(
    "change, code",
    [
        ({"part": "oral"}, "plans.part"),
        ({"room": " "}, "kernel.argument"),
        ({"ends_at": at_hour(EXAM, 9)}, "plans.sitting_times"),
        ({"seats": 0}, "plans.seats"),
        ({"staff": 0}, "plans.staff"),
        ({"batch_id": 987654321}, "plans.batch_unknown"),
    ],
)
def test_what_is_wrong_with_a_sitting_is_named(change, code):
    plan = a_draft_plan(sittings=False)
    given = {
        "batch_id": plan.batches.get().pk,
        "part": "theory",
        "room": "101",
        "starts_at": at_hour(EXAM, 9),
        "ends_at": at_hour(EXAM, 11),
        "seats": 20,
        "staff": 2,
    }
    with refused(code, Kind.INPUT):
        add_sitting(clerk_of(plan), plan, **(given | change))


def test_only_the_own_institution_writes():
    plan = a_draft_plan()
    other = a_seat(Role.CLERK, institution=a_filed_institution())
    reviewer = a_seat(Role.CENTRE_REVIEWER, office=plan.office)
    for entry in (edit_plan, add_batch, remove_batch, add_sitting, remove_sitting):
        assert entry.why_not(clerk_of(plan), plan) is None
        for seat in (other, reviewer, a_seat(Role.PROVINCE_OFFICER, at=PROVINCE)):
            refusal = entry.why_not(seat, plan)
            assert refusal and refusal.kind == Kind.ROLE


def test_a_plan_is_read_with_batches_and_sittings_in_three_queries(django_assert_num_queries):
    plan = a_draft_plan(batches=(Wanted(ELECTRICIAN, "4", 45), Wanted(WELDER, "2", 10)))
    clerk = clerk_of(plan)
    with django_assert_num_queries(3):
        read = plan_file(clerk, plan.pk)
    assert read and (read.plan.batches, read.plan.headcount) == (2, 55)
    assert len(read.sittings) == 6  # two theory rooms and one practical; theory, practical and review
    with django_assert_num_queries(3):  # the offices to choose from, how many, and which
        assert [row.id for row in listed(PLANS, clerk, state="draft", q="期")] == [plan.pk]
