"""The review of a plan asks the same rules as its submission, one sentence each (R34–R38, R41–R43)."""

from datetime import date, timedelta

import pytest

from hengjian.authorities.acts.enact_local_value import enact_local_value
from hengjian.authorities.acts.waive_rule import answer_waiver, ask_waiver
from hengjian.authorities.roles import Role
from hengjian.institutions.acts.suspend_institution import suspend
from hengjian.kernel import clock, ledger
from hengjian.kernel.asking import Asking
from hengjian.kernel.models import Sequence
from hengjian.kernel.refusal import Kind
from hengjian.occupations.acts.end_occupation import end_occupation
from hengjian.occupations.models import Occupation
from hengjian.plans import rules
from hengjian.plans.acts.batches import add_sitting, remove_sitting
from hengjian.plans.acts.draft_plan import edit_plan
from hengjian.plans.acts.submit_plan import file_plan, return_plan, second_review, submit_plan, withdraw_plan
from hengjian.plans.lead_time import it_is_early_enough
from hengjian.plans.models import Plan, Sitting
from hengjian.plans.staffing import sittings_are_staffed
from hengjian.plans.states import PlanState
from hengjian.web.plans.parts import findings
from tests.world import (
    BAODING,
    CARE,
    ELECTRICIAN,
    PROVINCE,
    WELDER,
    Wanted,
    a_draft_plan,
    a_filed_institution,
    a_filed_plan,
    a_seat,
    a_submitted_plan,
    another_seat,
    at_hour,
    refused,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_march", "province")]
EARLIEST = date(2026, 3, 16)  # ten working days after Monday, 2 March


def clerk_of(plan):
    return a_seat(Role.CLERK, institution=plan.institution)


def person_of(plan):
    return a_seat(Role.RESPONSIBLE_PERSON, institution=plan.institution)


def reviewer_of(plan):
    return a_seat(Role.CENTRE_REVIEWER, office=plan.office)


def head_of(plan):
    return a_seat(Role.CENTRE_HEAD, office=plan.office)


def sitting_of(plan, part="theory"):
    return Sitting.objects.filter(batch__plan=plan, part=part, withdrawn=False).order_by("id").first()


def move(plan, sitting, **change):
    """Take one sitting down and put it up again otherwise."""
    remove_sitting(clerk_of(plan), plan, sitting_id=sitting.pk)
    given = {
        name: getattr(sitting, name) for name in ("batch_id", "part", "room", "starts_at", "ends_at", "seats", "staff")
    }
    add_sitting(clerk_of(plan), plan, **(given | change))


def test_a_complete_plan_goes_to_exactly_the_right_office():
    plan = a_submitted_plan()
    assert (plan.state, plan.submitted_on, plan.due_on) == (PlanState.SUBMITTED, date(2026, 3, 2), date(2026, 3, 9))
    assert file_plan.why_not(reviewer_of(plan), plan) is None
    for seat in (
        a_seat(Role.CENTRE_REVIEWER, at=BAODING),
        a_seat(Role.CENTRE_REVIEWER, at=PROVINCE),
        a_seat(Role.DISTRICT_OFFICER, at="13/1302/130203/"),
        a_seat(Role.AUDITOR, office=plan.office),
        clerk_of(plan),
    ):
        for entry in (file_plan, return_plan):
            refusal = entry.why_not(seat, plan)
            assert refusal and refusal.kind == Kind.ROLE, (entry.header.code, seat.label)


@pytest.mark.parametrize(
    "field, block",
    [("bank", "考核题（卷）库"), ("process", "评价流程"), ("timetable", "时间安排"), ("publicity", "公布情况")],
)
def test_a_missing_block_is_named(field, block):
    plan = a_draft_plan(**{field: " "})
    with refused("plans.blocks_complete", Kind.RULE) as caught:
        submit_plan(person_of(plan), plan)
    assert caught[0].sentence == f"计划缺少“{block}”。" and "第 3.2.1 节" in caught[0].clause


def test_a_plan_without_batches_lacks_two_blocks_and_one_without_sittings_its_times():
    bare = a_draft_plan(batches=())
    with refused("plans.blocks_complete", Kind.RULE) as caught:
        submit_plan(person_of(bare), bare)
    assert "“职业（工种）”、“等级与人数”" in caught[0].sentence
    untimed = a_draft_plan(sittings=False)
    with refused("plans.blocks_complete", Kind.RULE) as caught:
        submit_plan(person_of(untimed), untimed)
    assert caught[0].sentence == "计划缺少“时间安排”。"


def test_an_occupation_or_level_out_of_scope_is_refused_and_named():
    institution = a_filed_institution(scope=((ELECTRICIAN, "4"),))
    plan = a_draft_plan(
        institution=institution, batches=(Wanted(ELECTRICIAN, "4"), Wanted(ELECTRICIAN, "3"), Wanted(CARE, "4"))
    )
    with refused("plans.occupation_in_scope", Kind.RULE) as caught:
        submit_plan(person_of(plan), plan)
    assert "电工 3 级、养老护理员 4 级" in caught[0].sentence and "电工 4 级" not in caught[0].sentence


def test_scope_counts_on_the_day_of_the_exam_and_not_of_the_plan():
    institution = a_filed_institution()
    with clock.at("2029-02-05T09:00"):
        plan = a_draft_plan(institution=institution, held_on=date(2029, 3, 2))
        with refused("plans.institution_is_filed", Kind.RULE) as caught:
            submit_plan(person_of(plan), plan)
    assert "2029-03-01" in caught[0].sentence


def test_an_occupation_that_has_left_the_catalogue_is_refused():
    plan = a_draft_plan(batches=(Wanted(WELDER, "4", 10),))
    officer = a_seat(Role.PROVINCE_OFFICER, at=PROVINCE)
    end_occupation(officer, Occupation.objects.get(code=WELDER), last_day=date(2026, 3, 10), reason="公告，情况属实")
    with refused("plans.occupation_in_catalogue", Kind.RULE):
        submit_plan(person_of(plan), plan)


def test_a_suspended_institution_submits_nothing():
    plan = a_draft_plan()
    suspend(head_of(plan), plan.institution, reason="整改，情况属实", basis="第 2.3 节")
    with refused("plans.institution_is_filed", Kind.RULE):
        submit_plan(person_of(plan), plan)


def test_the_lead_time_is_counted_in_working_days_and_the_mending_date_is_said():
    plan = a_draft_plan(held_on=EARLIEST - timedelta(days=1))
    with refused("plans.lead_time", Kind.RULE) as caught:
        submit_plan(person_of(plan), plan)
    assert (caught[0].policy, EARLIEST.isoformat() in caught[0].remedy) == ("plans.lead_working_days", True)
    punctual = a_draft_plan(held_on=EARLIEST)
    submit_plan(person_of(punctual), punctual)
    (recorded,) = ledger.course_of(punctual, limit=1)
    assert "plans.lead_working_days=10@2021-01-01" in recorded.pins


def test_the_lead_time_is_waived_on_record():
    plan = a_draft_plan(held_on=date(2026, 3, 10))
    waiver = ask_waiver(
        clerk_of(plan), rule="plans.lead_time", subject_table="plans_plan", subject_id=plan.pk, reason="设备检修窗口"
    )
    answer_waiver(head_of(plan), waiver, approved=True, answer="同意，情况属实", expires_on=date(2026, 3, 6))
    submit_plan(person_of(plan), plan)
    (recorded,) = ledger.course_of(plan, limit=1)
    assert recorded.waived == (f"plans.lead_time#{waiver.pk}",)


def test_a_level_two_plan_without_the_comprehensive_review_is_refused():
    plan = a_draft_plan(batches=(Wanted(ELECTRICIAN, "2", 10),))
    remove_sitting(clerk_of(plan), plan, sitting_id=sitting_of(plan, "review").pk)
    with refused("plans.parts_complete", Kind.RULE) as caught:
        submit_plan(person_of(plan), plan)
    assert "综合评审" in caught[0].sentence


def test_the_seats_hold_the_headcount():
    plan = a_draft_plan(batches=(Wanted(ELECTRICIAN, "4", 31),))
    move(plan, sitting_of(plan), seats=29)
    with refused("plans.seats_hold_headcount", Kind.RULE) as caught:
        submit_plan(person_of(plan), plan)
    assert "共 30 座，少于 31 人" in caught[0].sentence


def test_sittings_lie_within_the_plan_last_long_enough_and_are_not_overfull():
    outside = a_draft_plan()
    sitting = sitting_of(outside)
    move(outside, sitting, starts_at=at_hour(date(2026, 3, 17), 9), ends_at=at_hour(date(2026, 3, 17), 11))
    with refused("plans.sittings_within_dates", Kind.RULE):
        submit_plan(person_of(outside), outside)
    short = a_draft_plan()
    sitting = sitting_of(short)
    move(short, sitting, ends_at=sitting.starts_at + timedelta(minutes=89))
    with refused("plans.minutes_enough", Kind.RULE) as caught:
        submit_plan(person_of(short), short)
    assert "89 分钟" in caught[0].sentence
    overfull = a_draft_plan()
    move(overfull, sitting_of(overfull), seats=31)
    with refused("plans.room_not_overfull", Kind.RULE):
        submit_plan(person_of(overfull), overfull)


def test_a_sitting_has_invigilators_and_assessors_enough_and_a_panel_of_an_odd_number():
    for part, staff, said in (
        ("theory", 1, "须有监考人员 2 人"),
        ("practical", 2, "须有考评人员 3 人"),
        ("practical", 4, "须为单数"),
        ("review", 2, "须有评审委员 3 人"),
    ):
        plan = a_draft_plan(batches=(Wanted(ELECTRICIAN, "2", 4),))
        move(plan, sitting_of(plan, part), staff=staff)
        with refused("plans.staffed", Kind.RULE) as caught:
            submit_plan(person_of(plan), plan)
        assert said in caught[0].sentence and "配比" in caught[0].as_dict()["clause"]


def test_a_city_may_want_an_assessor_for_every_three():
    plan = a_draft_plan(batches=(Wanted(ELECTRICIAN, "4", 12),))
    enact_local_value(
        head_of(plan),
        key="plans.practical_candidates_per_assessor",
        value=3,
        since=date(2026, 3, 10),
        law="唐山市考务细则（示例）",
        reason="本市技能考核从严。",
    )
    assert sittings_are_staffed(Asking(person_of(plan), plan)) is None
    with clock.at("2026-03-10T09:00"):
        refusal = sittings_are_staffed(Asking(person_of(plan), plan))
    assert refusal is not None and "须有考评人员 5 人" in refusal.sentence, "four for twelve, and a group is odd"


def test_one_room_holds_one_sitting_at_a_time_within_a_plan():
    plan = a_draft_plan(batches=(Wanted(ELECTRICIAN, "4"), Wanted(WELDER, "4")))
    first, second = Sitting.objects.filter(batch__plan=plan, part="theory").order_by("id")
    move(plan, second, room=first.room)
    with refused("plans.rooms_do_not_overlap", Kind.RULE) as caught:
        submit_plan(person_of(plan), plan)
    assert first.room in caught[0].sentence and "本计划的另一场" in caught[0].sentence


def test_one_room_holds_one_sitting_at_a_time_across_plans():
    institution = a_filed_institution()
    filed = a_filed_plan(institution=institution, venue="实训楼")
    later = a_draft_plan(institution=institution, venue="实训楼")
    with refused("plans.rooms_do_not_overlap", Kind.RULE) as caught:
        submit_plan(person_of(later), later)
    assert filed.number in caught[0].sentence
    elsewhere = a_draft_plan(institution=institution, venue="另一考点")
    submit_plan(person_of(elsewhere), elsewhere)
    sitting = sitting_of(later)
    move(later, sitting, starts_at=sitting.ends_at, ends_at=sitting.ends_at + timedelta(hours=2))
    practical = sitting_of(later, "practical")
    move(later, practical, room="另一车间")
    submit_plan(person_of(later), later)  # a sitting may begin when another ends


def test_a_filed_plan_has_a_number_of_year_province_site_and_serial():
    first = a_filed_plan()
    second = a_filed_plan(institution=first.institution)
    assert (first.number, second.number) == ("26130200010001", "26130200010002")
    assert (first.state, first.filed_on, first.filed_by) == (
        PlanState.FILED,
        date(2026, 3, 2),
        reviewer_of(first).label,
    )


def test_a_refused_filing_uses_up_no_number():
    plan = a_submitted_plan(entrusted_by="示例物业公司")
    with refused("plans.second_reviewed", Kind.RULE):
        file_plan(reviewer_of(plan), plan)
    assert not Sequence.objects.filter(name__startswith="plans.plan").exists()


def test_an_entrusted_plan_is_reviewed_by_a_second_person():
    plan = a_submitted_plan(entrusted_by="示例物业公司")
    head = head_of(plan)
    with refused("kernel.argument", Kind.INPUT):
        second_review(head, plan, opinion=" ")
    second_review(head, plan, opinion="委托协议、培训对象已核")
    with refused("kernel.second_person", Kind.RULE):
        file_plan(head, plan)
    file_plan(reviewer_of(plan), plan)
    ordinary = a_submitted_plan()
    with refused("plans.not_entrusted", Kind.RULE):
        second_review(head_of(ordinary), ordinary, opinion="已核，情况属实")


def test_two_reviewers_file_once():
    plan = a_submitted_plan()
    first = reviewer_of(plan)
    second, same = another_seat(first), Plan.objects.get(pk=plan.pk)
    file_plan(first, plan)
    for entry in (lambda: file_plan(second, same), lambda: return_plan(second, same, reason="迟了，情况属实")):
        with refused("kernel.state", Kind.STATE):
            entry()


def test_two_clerks_submit_once_and_a_stale_page_is_told():
    plan = a_draft_plan()
    same = Plan.objects.get(pk=plan.pk)
    seen = same.revision
    submit_plan(clerk_of(plan), plan)
    with refused("kernel.state", Kind.STATE):
        submit_plan(another_seat(clerk_of(plan)), same)
    with refused("kernel.stale", Kind.STALE):
        withdraw_plan.once("second click", seen=seen)(clerk_of(plan), same, reason="重复，情况属实")


def test_a_returned_plan_says_why_is_mended_and_comes_back():
    plan = a_submitted_plan()
    with refused("kernel.argument", Kind.INPUT):
        return_plan(reviewer_of(plan), plan, reason=" ")
    return_plan(reviewer_of(plan), plan, reason="题库套数不足")
    assert (plan.state, plan.return_reason, plan.due_on) == (PlanState.RETURNED, "题库套数不足", None)
    edit_plan(clerk_of(plan), plan, bank="每场备用试卷 4 套")
    submit_plan(person_of(plan), plan)
    assert (plan.state, plan.return_reason) == (PlanState.SUBMITTED, "")


def test_the_rules_are_asked_again_when_the_plan_is_filed():
    plan = a_submitted_plan()
    suspend(head_of(plan), plan.institution, reason="整改，情况属实", basis="第 2.3 节")
    with refused("plans.institution_is_filed", Kind.RULE):
        file_plan(reviewer_of(plan), plan)


def test_the_offices_own_days_of_review_do_not_count_against_the_institution():
    plan = a_submitted_plan()
    with clock.at("2026-03-06T09:00"):
        file_plan(reviewer_of(plan), plan)
    late = a_submitted_plan()
    with clock.at("2026-03-16T08:00"), refused("plans.held_on_past", Kind.RULE):
        file_plan(reviewer_of(late), late)


def test_a_plan_is_withdrawn_until_the_exam_begins():
    draft, filed = a_draft_plan(), a_filed_plan()
    with refused("kernel.argument", Kind.INPUT):
        withdraw_plan(clerk_of(draft), draft, reason="")
    withdraw_plan(clerk_of(draft), draft, reason="不办了，情况属实")
    assert draft.state == PlanState.WITHDRAWN
    with clock.at("2026-03-16T08:00"), refused("plans.exam_not_begun", Kind.RULE):
        withdraw_plan(clerk_of(filed), filed, reason="停电，情况属实")
    withdraw_plan(clerk_of(filed), filed, reason="报名不足")
    assert (filed.state, filed.number) == (PlanState.WITHDRAWN, "26130200020001")  # a number is never given twice


def test_a_plan_is_judged_by_the_day_it_was_handed_in():
    """The office took ten days: the lead time that held on handing in still holds, on the page and at the filing."""
    plan = a_submitted_plan()
    reviewer = reviewer_of(plan)
    with clock.at(at_hour(plan.held_on - timedelta(days=1), 9)):
        asking = Asking(reviewer, plan)
        assert it_is_early_enough(asking) is None
        assert all((finding.refusal is None or finding.waived) for finding in findings(asking))
        file_plan(reviewer, plan)
    assert plan.state == PlanState.FILED


def test_what_the_page_shows_red_the_filing_refuses():
    """A finding is mended or waived; the room another plan has taken meanwhile is one that nobody waives."""
    assert set(rules.OF_SUBMISSION) <= set(file_plan.header.requires)
    plan = a_draft_plan(held_on=date(2026, 3, 10))
    waiver = ask_waiver(
        clerk_of(plan), rule="plans.lead_time", subject_table="plans_plan", subject_id=plan.pk, reason="设备检修窗口"
    )
    answer_waiver(head_of(plan), waiver, approved=True, answer="同意，情况属实", expires_on=date(2026, 3, 3))
    submit_plan(person_of(plan), plan)
    with clock.at(at_hour(date(2026, 3, 5), 9)):
        (red,) = [
            finding
            for finding in findings(Asking(reviewer_of(plan), plan))
            if not (finding.refusal is None or finding.waived)
        ]
        assert red.rule.code == "plans.lead_time"
        with refused("plans.lead_time", Kind.RULE):
            file_plan(reviewer_of(plan), plan)
        again = ask_waiver(
            clerk_of(plan),
            rule="plans.lead_time",
            subject_table="plans_plan",
            subject_id=plan.pk,
            reason="设备检修窗口",
        )
        answer_waiver(head_of(plan), again, approved=True, answer="同意，情况属实", expires_on=date(2026, 3, 6))
        file_plan(reviewer_of(plan), plan)
    assert plan.state == PlanState.FILED
