"""A rule is set aside only on record, and a city is only ever stricter (R6, M9)."""

from datetime import date

import pytest

from hengjian.authorities.acts.enact_local_value import enact_local_value
from hengjian.authorities.acts.waive_rule import answer_waiver, ask_waiver
from hengjian.authorities.roles import Role
from hengjian.kernel import clock, ledger
from hengjian.kernel.models import Waiver
from hengjian.kernel.refusal import Kind
from hengjian.plans.acts.submit_plan import submit_plan
from tests.world import BAODING, PROVINCE, TANGSHAN, a_draft_plan, a_filed_institution, a_seat, another_seat, refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_march", "province")]
LEAD = {
    "key": "plans.lead_working_days",
    "since": date(2026, 3, 3),
    "law": "唐山市文件〔2026〕1 号",
    "reason": "从严，情况属实",
}


def clerk_of(plan):
    return a_seat(Role.CLERK, institution=plan.institution)


def ask(plan, **change):
    given = {
        "rule": "plans.lead_time",
        "subject_table": "plans_plan",
        "subject_id": plan.pk,
        "reason": "设备检修窗口",
    }
    return ask_waiver(clerk_of(plan), **(given | change))


@pytest.mark.parametrize(
    "change, code",
    [
        ({"rule": "plans.occupation_in_scope"}, "authorities.rule_not_waivable"),
        ({"rule": "plans.no_such_rule"}, "authorities.rule_not_waivable"),
        ({"subject_id": 987654321}, "authorities.waiver_no_subject"),
        ({"reason": " "}, "kernel.argument"),
    ],
)
def test_what_is_wrong_with_a_request_is_named(change, code):
    with refused(code, Kind.INPUT):
        ask(a_draft_plan(), **change)


def test_nobody_asks_for_a_case_they_do_not_see():
    plan, other = a_draft_plan(), a_draft_plan()
    with refused("authorities.waiver_no_subject", Kind.INPUT):
        ask(plan, subject_id=other.pk)


def test_an_answer_has_its_reason_and_a_grant_its_end():
    waiver = ask(plan := a_draft_plan())
    head = a_seat(Role.CENTRE_HEAD, office=plan.office)
    with refused("kernel.argument", Kind.INPUT):
        answer_waiver(head, waiver, approved=False, answer="")
    for expires_on in (None, date(2026, 3, 1)):
        with refused("authorities.waiver_expiry", Kind.INPUT):
            answer_waiver(head, waiver, approved=True, answer="同意，情况属实", expires_on=expires_on)
    answer_waiver(head, waiver, approved=False, answer="理由不足")
    assert (waiver.state, waiver.expires_on, waiver.answered_by) == (Waiver.State.DECLINED, None, head.actor_id)
    with refused("kernel.state", Kind.STATE):
        answer_waiver(another_seat(head), waiver, approved=True, answer="同意，情况属实", expires_on=date(2026, 3, 31))


def test_a_declined_or_expired_waiver_sets_nothing_aside():
    plan = a_draft_plan(held_on=date(2026, 3, 12))
    head = a_seat(Role.CENTRE_HEAD, office=plan.office)
    answer_waiver(head, ask(plan), approved=False, answer="理由不足")
    assert (refusal := submit_plan.why_not(clerk_of(plan), plan)) and refusal.code == "plans.lead_time"
    answer_waiver(head, ask(plan), approved=True, answer="同意，情况属实", expires_on=date(2026, 3, 4))
    assert submit_plan.why_not(clerk_of(plan), plan) is None
    with clock.at("2026-03-05T09:00"):
        assert (refusal := submit_plan.why_not(clerk_of(plan), plan)) and refusal.code == "plans.lead_time"


def test_only_the_responsible_head_answers():
    waiver = ask(plan := a_draft_plan())
    for seat in (
        a_seat(Role.CENTRE_REVIEWER, office=plan.office),
        a_seat(Role.CENTRE_HEAD, at=BAODING),
        a_seat(Role.CENTRE_HEAD, at=PROVINCE),
        clerk_of(plan),
    ):
        refusal = answer_waiver.why_not(seat, waiver)
        assert refusal and refusal.kind == Kind.ROLE, seat.label


def test_a_citys_stricter_value_counts_in_the_city_from_its_day_and_is_pinned():
    enact_local_value(a_seat(Role.CENTRE_HEAD, at=TANGSHAN), **LEAD, value=15)
    before = a_draft_plan(held_on=date(2026, 3, 16))
    assert submit_plan.why_not(clerk_of(before), before) is None
    with clock.at("2026-03-03T09:00"):
        at_home = a_draft_plan(held_on=date(2026, 3, 17))
        elsewhere = a_draft_plan(institution=a_filed_institution(area_code="130602"), held_on=date(2026, 3, 17))
        with refused("plans.lead_time", Kind.RULE) as caught:
            submit_plan(clerk_of(at_home), at_home)
        assert "提前 15 个工作日" in caught[0].sentence
        submit_plan(clerk_of(elsewhere), elsewhere)
        later = a_draft_plan(held_on=date(2026, 3, 24))
        submit_plan(clerk_of(later), later)
    (recorded,) = ledger.course_of(later, limit=1)
    assert "plans.lead_working_days=10@2021-01-01|13/1302/=15@2026-03-03" in recorded.pins


@pytest.mark.parametrize(
    "change, code",
    [
        ({"value": 9}, "authorities.local_value_bounds"),  # looser than the nation's ten
        ({"value": 31}, "authorities.local_value_bounds"),
        ({"since": date(2026, 3, 2)}, "authorities.local_value_late"),
        ({"law": " "}, "kernel.argument"),
        ({"key": "plans.required_blocks"}, "authorities.local_value_bounds"),
        ({"key": "plans.no_such_key"}, "authorities.no_such_policy"),
    ],
)
def test_what_is_wrong_with_a_local_value_is_named(change, code):
    with refused(code, Kind.INPUT):
        enact_local_value(a_seat(Role.CENTRE_HEAD, at=TANGSHAN), **(LEAD | {"value": 15} | change))


def test_a_reviewer_enacts_no_value():
    assert enact_local_value.why_not(a_seat(Role.CENTRE_REVIEWER, at=TANGSHAN)).kind == Kind.ROLE
