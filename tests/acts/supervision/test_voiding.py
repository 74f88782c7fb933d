"""A drawn list is not thrown away until it pleases: by a head, on a ground, in words, seen by all, and hardly twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from hengjian.authorities.acts.open_seat import open_seat
from hengjian.authorities.roles import Role
from hengjian.kernel import clock
from hengjian.kernel.actor import CLOCK, OPERATOR
from hengjian.kernel.clock_acts import perform_due
from hengjian.kernel.draw import verify
from hengjian.kernel.refusal import Kind, Refused
from hengjian.plans.models import Plan
from hengjian.supervision import pool, queries
from hengjian.supervision.acts.seal_draw import seal_draw
from hengjian.supervision.acts.void_draw import disclose_void_draw, void_draw
from hengjian.supervision.models import CodeChain, Draw, Duty
from hengjian.supervision.policies import VOID_GROUNDS
from hengjian.supervision.public_queries import public_draw
from tests.world import PROVINCE, TANGSHAN, Province, a_filed_plan, a_seat, at_hour
from tests.world_after import a_drawn_plan, a_sealed_draw

At = Callable[[object], None]
WHY = "机构来函，考试推迟到下月举行，场次全部改变。"


def _head(plan: Plan) -> Any:
    return a_seat(Role.CENTRE_HEAD, office=plan.office)


def _voided(plan: Plan) -> Draw:
    draw = Draw.objects.filter(plan=plan).latest("pk")
    void_draw(_head(plan), draw, ground="exam_moved", explanation=WHY)
    return draw


def test_the_reviewer_who_drew_does_not_void(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    plan = a_drawn_plan()
    draw = Draw.objects.get()
    refusal = void_draw.why_not(a_seat(Role.CENTRE_REVIEWER, office=plan.office), draw)
    assert refusal is not None
    assert refusal.kind is Kind.ROLE


def test_whoever_sealed_does_not_void_from_another_seat(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    plan = a_drawn_plan()
    reviewer = a_seat(Role.CENTRE_REVIEWER, office=plan.office)
    both = open_seat(OPERATOR, user_id=reviewer.user_id, role=Role.CENTRE_HEAD, office_id=plan.office_id)
    refusal = void_draw.why_not(both, Draw.objects.get())
    assert refusal is not None
    assert refusal.code == "supervision.voided_by_another_than_the_sealer"


@pytest.mark.parametrize(
    ("ground", "explanation"),
    [
        ("", WHY),
        ("人不合适", WHY),
        ("exam_moved", "."),
        ("exam_moved", "改期。。。。。。。。。。。。"),
        ("witness_silent", WHY),
    ],
)
def test_a_void_names_a_ground_of_the_list_and_explains_it(
    province: Province, at: At, ground: str, explanation: str
) -> None:
    at("2026-05-06T09:00")
    plan = a_drawn_plan()
    with pytest.raises(Refused) as refused:
        void_draw(_head(plan), Draw.objects.get(), ground=ground, explanation=explanation)
    assert refused.value.refusal.field in ("ground", "explanation")
    assert Draw.objects.get().state == Draw.State.DRAWN


def test_the_voided_stay_in_the_pool(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    plan = a_drawn_plan()
    before = set(pool.pool_for(plan, pool.targets(plan)).staff) | {duty.supervisor.code for duty in Duty.objects.all()}
    _voided(plan)
    assert set(Duty.objects.values_list("state", flat=True)) == {Duty.State.VOIDED}
    assert set(pool.pool_for(plan, pool.targets(plan)).staff) == before


def test_after_one_void_nobody_draws_without_a_public_value(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    plan = a_drawn_plan()
    with clock.at(clock.now() + timedelta(hours=2)):
        _voided(plan)
        reviewer, opens_at = a_seat(Role.CENTRE_REVIEWER, office=plan.office), clock.now() + timedelta(hours=1)
        with pytest.raises(Refused, match="beacon_compulsory") as refused:
            seal_draw(reviewer, plan, opens_at=opens_at, reason="考试改期")
        assert refused.value.refusal.field == "beacon_source"
        again = {"reason": "考试改期", "beacon_source": "双色球", "beacon_round": "2026052"}
        seal_draw(reviewer, plan, opens_at=opens_at, **again)
    assert Draw.objects.latest("pk").level == "B"


def test_a_second_void_of_one_exam_is_decided_above(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    plan = a_drawn_plan()
    assert plan.office.area.path == TANGSHAN
    with clock.at(clock.now() + timedelta(hours=2)):
        _voided(plan)
        a_sealed_draw(plan, supervisors=0, reason="考试改期", beacon_source="双色球", beacon_round="2026052")
        second = Draw.objects.latest("pk")
        refusal = void_draw.why_not(_head(plan), second)
        assert refusal is not None
        assert refusal.code == "supervision.repeated_void_is_for_the_office_above"
        fact = void_draw(a_seat(Role.CENTRE_HEAD, at=PROVINCE), second, ground="exam_moved", explanation=WHY)
    assert fact.times == 2


def test_a_head_of_another_place_or_below_does_not_void(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    a_drawn_plan()
    for place in ("13/1306/", "13/1302/130203/"):
        assert void_draw.why_not(a_seat(Role.CENTRE_HEAD, at=place), Draw.objects.get()) is not None


def test_everybody_sees_the_void_its_words_and_what_was_thrown_away(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    plan = a_drawn_plan()
    draw = _voided(plan)
    (row,) = queries.public_draws()
    said = VOID_GROUNDS.on(clock.today())["exam_moved"]
    assert (row.state_label, row.void_ground, row.void_reason, row.chain_index) == ("作废", said, WHY, 1)
    assert row.voided_by == _head(plan).label
    assert CodeChain.objects.get().used == 1
    with clock.at(clock.now() + timedelta(hours=2)):
        a_sealed_draw(plan, supervisors=0, reason="考试改期", beacon_source="双色球", beacon_round="2026052")
    shown = public_draw(Draw.objects.latest("pk").code)
    assert shown is not None
    assert [(other.code, other.void_reason) for other in shown.others] == [(draw.code, WHY)]
    with pytest.raises(LookupError):
        queries.published_draw(draw.code)
    with clock.at(at_hour(plan.ends_on, 23)):
        assert disclose_void_draw.why_not(CLOCK, draw) is not None
    perform_due(at_hour(plan.ends_on + timedelta(days=1), 0, 5))
    assert verify(queries.published_draw(draw.code)) == [], "what was thrown away is run again like what stands"
    draw.refresh_from_db()
    assert draw.state == Draw.State.VOID


def test_a_draw_voided_before_any_result_has_nothing_to_disclose(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    plan = a_filed_plan()
    draw = a_sealed_draw(plan)
    _voided(plan)
    perform_due(at_hour(plan.ends_on + timedelta(days=1), 0, 5))
    draw.refresh_from_db()
    assert draw.disclosed_on is None
