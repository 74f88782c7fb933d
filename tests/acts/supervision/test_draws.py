"""3.2: supervisors are drawn at random. The list is sealed first, chance comes after, and anybody can run it again (M1)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from hengjian.authorities.roles import Role
from hengjian.kernel import clock, clock_acts, sealer
from hengjian.kernel.clock_acts import perform_due
from hengjian.kernel.draw import chain_code, verify
from hengjian.kernel.ledger import course_of
from hengjian.kernel.refusal import Kind, Refused
from hengjian.personnel.acts.declare_recusal import declare_recusal
from hengjian.personnel.models import Recusal
from hengjian.plans.models import Plan
from hengjian.supervision import pool, queries
from hengjian.supervision.acts.attend_exam import decline_duty
from hengjian.supervision.acts.enter_beacon import confirm_beacon, enter_beacon
from hengjian.supervision.acts.open_chain import open_chain
from hengjian.supervision.acts.publish_draw import publish_draw
from hengjian.supervision.acts.reveal_and_draw import reveal_and_draw
from hengjian.supervision.acts.seal_draw import seal_draw
from hengjian.supervision.acts.witness_draw import reveal_as_witness
from hengjian.supervision.facts import DrawSealed
from hengjian.supervision.lists import DRAWS
from hengjian.supervision.models import CodeChain, Draw, Duty, Witness
from tests.lists import listed
from tests.world import (
    ELECTRICIAN,
    WELDER,
    Province,
    Wanted,
    a_filed_institution,
    a_filed_plan,
    a_seat,
    a_submitted_plan,
    a_supervisor,
    another_seat,
    at_hour,
)
from tests.world_after import a_chain, a_drawn_plan, a_sealed_draw, a_witness, seat_of_supervisor, seats_of

At = Callable[[object], None]


def _reviewer(plan: Plan) -> Any:
    return a_seat(Role.CENTRE_REVIEWER, office=plan.office)


def _drawn(draw: Draw, **values: Any) -> Draw:
    with clock.at(draw.opens_at):
        reveal_and_draw(_reviewer(draw.plan), draw, **values)
    return draw


def test_the_chain_of_the_year_is_opened_once_and_its_head_is_public(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    reviewer = a_seat(Role.CENTRE_REVIEWER)
    chain = open_chain(reviewer)
    assert chain.head == chain_code(bytes.fromhex(chain.seed), chain.length, 0).hex()
    assert [(row.year, row.head, row.used) for row in queries.public_chains()] == [(2026, chain.head, 0)]
    with pytest.raises(Refused, match="no_chain_this_year"):
        open_chain(reviewer)


def test_a_draw_needs_the_chain_and_a_filed_plan(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    plan = a_submitted_plan()
    refusal = seal_draw.why_not(_reviewer(plan), plan)
    assert refusal is not None
    assert refusal.kind is Kind.STATE
    filed = a_filed_plan(venue="另一考点")
    refusal = seal_draw.why_not(_reviewer(filed), filed)
    assert refusal is not None
    assert refusal.code == "supervision.chain_is_open"


def test_the_manifest_is_sealed_before_it_can_be_opened(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    plan = a_filed_plan()
    draw = a_sealed_draw(plan)
    fact = course_of(plan)[0].fact
    assert isinstance(fact, DrawSealed)
    assert (fact.digest, fact.draw, fact.level) == (draw.digest, draw.code, "C")
    assert draw.code == "D-2026-0001"
    refusal = reveal_and_draw.why_not(_reviewer(plan), draw)
    assert refusal is not None
    assert refusal.code == "supervision.draw_time_has_come"
    with pytest.raises(Refused, match="opens_at_past"):
        plan_2 = a_filed_plan(venue="另一考点")
        seal_draw(_reviewer(plan_2), plan_2, opens_at=clock.now())


def test_without_a_checkpoint_over_the_sealing_nothing_is_drawn(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    plan = a_filed_plan()
    for _ in range(3):
        a_supervisor()
    a_chain(plan.office)
    seal_draw(_reviewer(plan), plan, opens_at=clock.now() + timedelta(hours=1))
    draw = Draw.objects.get()
    with clock.at(draw.opens_at + timedelta(minutes=1)):
        refusal = reveal_and_draw.why_not(_reviewer(plan), draw)
        assert refusal is not None
        assert "还没有进入日志检查点" in refusal.sentence
        sealer.seal()
        refusal = reveal_and_draw.why_not(_reviewer(plan), draw)
    assert refusal is not None
    assert "之后才进入" in refusal.sentence, "a checkpoint made after the moment proves nothing"


def test_a_published_draw_is_run_again_by_anybody(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    plan = a_drawn_plan()
    draw = Draw.objects.get()
    with pytest.raises(LookupError):
        queries.published_draw(draw.code)
    with clock.at(at_hour(plan.ends_on, 23)):
        refusal = publish_draw.why_not(_reviewer(plan), draw)
        assert refusal is not None
        assert refusal.code == "supervision.exam_is_over"
    perform_due(at_hour(plan.ends_on + timedelta(days=1), 0, 5))
    published = queries.published_draw(draw.code)
    assert verify(published) == []
    assert published["manifest"]["draw_id"] == draw.code
    chain = CodeChain.objects.get()
    assert published["code"] == chain_code(bytes.fromhex(chain.seed), chain.length, 1).hex()
    tampered = {**published, "result": {**published["result"], "targets": ["X"]}}
    assert verify(tampered)


def test_two_people_attend_each_day_of_each_small_class(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    plan = a_filed_plan(batches=(Wanted(ELECTRICIAN, "4", 5), Wanted(WELDER, "4", 5)))
    a_supervisor(competence=("6-18-02",))
    a_supervisor(competence=("6-31-01",))
    draw = _drawn(a_sealed_draw(plan, supervisors=1))
    assert draw.result is not None
    day = f"{plan.held_on:%Y%m%d}"
    assert sorted(draw.result["teams"]) == [f"{day}.6-18-02", f"{day}.6-31-01"]
    knows = {supervisor.code: supervisor.competence for supervisor in plan.office.supervisors.all()}
    for target, team in draw.result["teams"].items():
        assert len(team) == 2
        assert all(target.partition(".")[2] in knows[person] for person in team)


def test_the_pool_says_who_was_left_out_and_why(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    plan = a_filed_plan(batches=(Wanted(WELDER, "4", 5),))
    welders = [a_supervisor(competence=("6-18-02",)) for _ in range(2)]
    electrician = a_supervisor(competence=("6-31-01",))
    untrained = a_supervisor(safety_trained_on=None)
    expiring = a_supervisor(card_valid_until=plan.held_on - timedelta(days=1))
    relative, colleague = a_supervisor(), a_supervisor(employer=plan.institution.name)
    declare_recusal(
        a_seat(Role.CENTRE_HEAD, office=plan.office),
        relative,
        institution_id=plan.institution_id,
        ground=Recusal.Ground.RELATIVE,
        note="配偶在该单位任职",
    )
    draw = _drawn(a_sealed_draw(plan, supervisors=0))
    said = {row["id"]: row["reason"] for row in draw.excluded}
    assert "专业不符" in said[electrician.code]
    assert said[untrained.code] == "没有安全培训记录"
    assert "到期" in said[expiring.code]
    assert said[relative.code] == "回避：近亲属"
    assert said[colleague.code] == "回避：同事或曾同单位"
    staff = {person["id"] for person in draw.manifest["staff"]}
    assert {relative.code, colleague.code} <= staff, "a recusal stands in the sealed list"
    assert {person for person, _ in draw.manifest["barred"]} == {relative.code, colleague.code}
    assert set(Duty.objects.values_list("supervisor__code", flat=True)) == {welder.code for welder in welders}
    assert "配偶" not in repr(draw.manifest) + repr(draw.excluded)


def test_the_pool_goes_by_the_days_of_the_exam_and_by_every_name_of_the_institution(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    plan = a_filed_plan()
    last_day = a_supervisor(card_valid_until=plan.ends_on)
    ended = a_supervisor(card_valid_until=plan.ends_on - timedelta(days=1))
    own = a_supervisor(employer=plan.institution.short_name)
    recused_elsewhere, elsewhere = a_supervisor(), a_filed_plan(venue="另一考点", institution=a_filed_institution())
    declare_recusal(
        a_seat(Role.CENTRE_HEAD, office=plan.office),
        recused_elsewhere,
        institution_id=elsewhere.institution_id,
        ground=Recusal.Ground.RELATIVE,
        note="配偶在该单位任职",
    )
    (target,) = pool.targets(plan)
    found = pool.pool_for(plan, [target])
    may_go = set(found.staff) - {person for person, _ in found.barred}
    assert may_go == {last_day.code, recused_elsewhere.code}
    assert {row["id"] for row in found.excluded} == {ended.code, own.code}


def test_too_small_a_pool_is_said_before_anything_is_sealed(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    plan = a_filed_plan()
    with pytest.raises(Refused, match="pool_is_large_enough") as caught:
        a_sealed_draw(plan, supervisors=1)
    assert "须督导 2 人，可抽的只有 1 人" in caught.value.refusal.sentence
    assert caught.value.refusal.remedy
    assert CodeChain.objects.get().used == 0, "no code of the chain is spent"


def test_a_draw_that_contradicts_itself_is_a_fault_of_the_system_and_changes_nothing(
    province: Province,
    at: At,
    client_of: Callable[[Any], Any],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    at("2026-05-06T09:00")
    draw = a_sealed_draw(a_filed_plan())
    monkeypatch.setattr("hengjian.supervision.acts.reveal_and_draw.scheme.verify", lambda published: ["人数不符"])
    client = client_of(_reviewer(draw.plan))
    client.raise_request_exception = False
    with clock.at(draw.opens_at), caplog.at_level("CRITICAL", "hengjian.broken"):
        page = client.post(f"/do/supervision.reveal_and_draw/{draw.pk}/")
        answer = client.post(f"/api/supervision/reveal_and_draw/{draw.pk}", {}, content_type="application/json")
        drawn_by_the_clock = clock_acts._perform(reveal_and_draw, draw)
    assert page.status_code == 500
    assert "不是您的操作有误" in page.content.decode()
    assert (answer.status_code, answer.json()["code"]) == (500, "supervision.draw_does_not_hold")
    assert drawn_by_the_clock == 0, "the clock goes on with the next"
    assert len(caplog.records) == 3
    assert all(draw.code in record.getMessage() for record in caplog.records)
    draw.refresh_from_db()
    assert (draw.state, draw.result) == (Draw.State.SEALED, None)


def test_one_person_is_not_drawn_for_two_exams_of_one_day(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    first = a_drawn_plan(a_filed_plan())
    second = a_filed_plan(venue="另一考点")
    drawn = set(Duty.objects.filter(plan=first).values_list("supervisor__code", flat=True))
    chosen = pool.pool_for(second, pool.targets(second))
    assert {row["id"] for row in chosen.excluded} == drawn
    assert {row["reason"] for row in chosen.excluded} == {"考试日已有其他督导任务"}


def test_who_declines_is_replaced_only_by_another_draw_with_its_reason(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    plan = a_drawn_plan()
    first = Duty.objects.order_by("pk")[0]
    refusal = seal_draw.why_not(_reviewer(plan), plan)
    assert refusal is not None
    assert refusal.code == "supervision.no_draw_stands"
    decline_duty(seat_of_supervisor(first), first, reason="与考评员系师徒。")
    opens_at = clock.now() + timedelta(hours=3)
    with clock.at(clock.now() + timedelta(hours=2)):
        with pytest.raises(Refused, match="redraw_reason"):
            seal_draw(_reviewer(plan), plan, opens_at=opens_at)
        seal_draw(_reviewer(plan), plan, opens_at=opens_at, reason="一名督导员回避")
        sealer.seal()
    draw = _drawn(Draw.objects.order_by("-pk")[0])
    assert (draw.chain_index, draw.code) == (2, "D-2026-0002")
    assert "补抽：一名督导员回避" in draw.purpose
    assert draw.manifest["team"] == 1
    (substitute,) = Duty.objects.filter(draw=draw)
    assert substitute.supervisor_id != first.supervisor_id
    assert {row["id"]: row["reason"] for row in draw.excluded}[first.supervisor.code] == "本次考试已回避或推辞"
    assert Duty.objects.filter(plan=plan, state=Duty.State.DRAWN).count() == 2


def test_lottery_numbers_are_typed_by_two_people(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    plan = a_filed_plan()
    seat, secret = a_witness(plan)
    draw = a_sealed_draw(plan, beacon_source="双色球", beacon_round="2026051")
    assert draw.level == "B"
    reviewer = _reviewer(plan)
    reveal_as_witness(seat, Witness.objects.get(), secret=secret)
    value = "3.8.12.19.25.33./7./"
    with clock.at(draw.opens_at):
        assert reveal_and_draw.why_not(reviewer, draw) is not None
        with pytest.raises(Refused, match="beacon_malformed"):
            enter_beacon(reviewer, draw, value="03 08 12")
        enter_beacon(reviewer, draw, value=value)
        with pytest.raises(Refused, match="second_person"):
            confirm_beacon(reviewer, draw, value=value)
        second = another_seat(reviewer)
        with pytest.raises(Refused, match="beacon_differs"):
            confirm_beacon(second, draw, value="3.8.12.19.25.32./7./")
        refusal = reveal_and_draw.why_not(reviewer, draw)
        assert refusal is not None
        assert refusal.code == "supervision.beacon_is_known"
        confirm_beacon(second, draw, value=value)
        reveal_and_draw(reviewer, draw)
    perform_due(at_hour(plan.ends_on + timedelta(days=1), 0, 5))
    published = queries.published_draw(draw.code)
    assert published["beacon"] == {"source": "双色球", "round": "2026051", "value": value}
    assert verify(published) == []


def test_nobody_outside_sees_who_is_drawn_before_the_exam(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    plan = a_drawn_plan()
    clerk, responsible, reviewer = seats_of(plan)
    for seat in (clerk, responsible):
        assert listed(DRAWS, seat) == []
        assert queries.duties(seat) == []
        assert queries.draw(seat, Draw.objects.get().code) is None
    assert len(queries.duties(reviewer)) == 2
    drawn = set(Duty.objects.values_list("supervisor__name", flat=True))
    assert not any(name in repr(queries.public_draws()) for name in drawn)
    own = seat_of_supervisor(Duty.objects.order_by("pk")[0])
    assert len(queries.duties(own)) == 1, "a supervisor sees the own duty only"
