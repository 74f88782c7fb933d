"""A witness is an account that commits itself and reveals by itself; the level says what really happened (M1)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256

import pytest

from hengjian.authorities.acts.open_seat import open_seat
from hengjian.authorities.roles import Role
from hengjian.kernel import clock
from hengjian.kernel.actor import OPERATOR
from hengjian.kernel.arguments import model_of
from hengjian.kernel.clock_acts import perform_due
from hengjian.kernel.drand import CHAINS
from hengjian.kernel.draw import verify
from hengjian.kernel.refusal import Kind, Refused
from hengjian.supervision import queries
from hengjian.supervision.acts.reveal_and_draw import reveal_and_draw
from hengjian.supervision.acts.seal_draw import seal_draw
from hengjian.supervision.acts.void_draw import void_draw
from hengjian.supervision.acts.witness_draw import commit_as_witness, reveal_as_witness, withdraw_as_witness
from hengjian.supervision.models import Draw, Witness
from tests.world import Province, a_filed_plan, a_seat, a_supervisor, another_seat, at_hour
from tests.world_after import a_chain, a_sealed_draw, a_secret, a_witness

At = Callable[[object], None]


def test_the_sealer_cannot_name_a_witness(province: Province, at: At) -> None:
    taken = set(model_of(seal_draw.body).model_fields)
    assert taken == {"opens_at", "beacon_source", "beacon_round", "reason"}


def test_whoever_committed_stands_in_the_list_and_reveals_from_the_own_seat(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    plan = a_filed_plan()
    delegate, secret = a_witness(plan)
    auditor, other = a_witness(plan, role=Role.AUDITOR)
    draw = a_sealed_draw(plan)
    assert draw.manifest["commitments"][1:] == [sha256(bytes.fromhex(each)).hexdigest() for each in (secret, other)]
    first, second = Witness.objects.order_by("place")
    reviewer = a_seat(Role.CENTRE_REVIEWER, office=plan.office)
    for stranger in (reviewer, auditor, another_seat(delegate)):
        refusal = reveal_as_witness.why_not(stranger, first)
        assert refusal is not None
        assert refusal.kind is Kind.ROLE
    with pytest.raises(Refused, match="secret_does_not_fit"):
        reveal_as_witness(delegate, first, secret=other)
    reveal_as_witness(delegate, first, secret=secret)
    with clock.at(draw.opens_at):
        refusal = reveal_and_draw.why_not(reviewer, draw)
        assert refusal is not None
        assert refusal.code == "supervision.every_witness_has_revealed"
        assert second.label in refusal.sentence
        reveal_as_witness(auditor, second, secret=other)
        reveal_and_draw(reviewer, draw)
    assert draw.state == Draw.State.DRAWN
    perform_due(at_hour(plan.ends_on + timedelta(days=1), 0, 5))
    published = queries.published_draw(draw.code)
    assert published["secrets"][1:] == [secret, other]
    assert verify(published) == []


def test_a_witness_may_commit_anew_or_withdraw_until_the_sealing_and_not_after(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    plan = a_filed_plan()
    seat, _ = a_witness(plan)
    a_witness(plan)
    first, second = Witness.objects.order_by("pk")
    assert (first.state, second.state) == (Witness.State.WITHDRAWN, Witness.State.COMMITTED)
    with pytest.raises(Refused, match="commitment_known"):
        commit_as_witness(seat, plan, commitment=second.commitment)
    with pytest.raises(Refused, match=r"supervision\.commitment"):
        commit_as_witness(seat, plan, commitment="纪检组在场")
    draw = a_sealed_draw(plan)
    second.refresh_from_db()
    assert withdraw_as_witness.why_not(seat, second) is not None
    assert commit_as_witness.why_not(seat, plan) is not None
    assert queries.draw(a_seat(Role.CENTRE_REVIEWER, office=plan.office), draw.code).witnesses[0].label == seat.label


def test_where_a_public_value_was_named_the_witness_reveals_before_it(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    plan = a_filed_plan()
    seat, _ = a_witness(plan)
    draw = a_sealed_draw(plan, beacon_source="双色球", beacon_round="2026051")
    with clock.at(draw.opens_at):
        refusal = reveal_as_witness.why_not(seat, Witness.objects.get())
    assert refusal is not None
    assert refusal.code == "supervision.public_value_is_not_yet_out"


def test_whoever_kept_silent_witnesses_this_exam_no_more(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    plan = a_filed_plan()
    seat, _ = a_witness(plan)
    draw = a_sealed_draw(plan)
    void_draw(
        a_seat(Role.CENTRE_HEAD, office=plan.office),
        draw,
        ground="witness_silent",
        explanation="见证人到抽取时刻仍未揭示秘密值，经电话联系无人接听。",
    )
    assert Witness.objects.get().state == Witness.State.SILENT
    refusal = commit_as_witness.why_not(seat, plan)
    assert refusal is not None
    assert refusal.code == "supervision.witness_kept_the_word"


def test_the_sealer_is_no_witness_by_another_seat(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    plan = a_filed_plan()
    for _ in range(3):
        a_supervisor()
    a_chain(plan.office)
    auditor, _ = a_witness(plan, role=Role.AUDITOR)
    double = open_seat(OPERATOR, user_id=auditor.user_id, role=Role.CENTRE_REVIEWER, office_id=plan.office_id)
    with pytest.raises(Refused, match="sealer_is_no_witness"):
        seal_draw(double, plan, opens_at=clock.now() + timedelta(hours=1))


def test_a_level_says_who_could_have_known(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    alone = a_sealed_draw(a_filed_plan(venue="甲考点"))
    witnessed = a_filed_plan(venue="乙考点")
    a_witness(witnessed)
    second = a_sealed_draw(witnessed)
    told = {row.code: row.level_label for row in queries.public_draws()}
    assert told == {alone.code: queries.PLATFORM_ALONE, second.code: queries.LEVELS["C"]}


def test_a_round_that_is_out_or_comes_after_the_draw_is_not_named(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    plan = a_filed_plan()
    chain = CHAINS["drand quicknet"]
    coming = chain.first_after(clock.now())
    assert chain.known_at(coming - 1) <= clock.now() < chain.known_at(coming)
    opens_at = clock.now() + timedelta(hours=1)
    for number in (coming - 1, chain.first_after(opens_at)):
        with pytest.raises(Refused, match="beacon_round_time"):
            a_sealed_draw(plan, beacon_source="drand quicknet", beacon_round=str(number), opens_at=opens_at)
    with pytest.raises(Refused, match=r"beacon_round"):
        a_sealed_draw(plan, beacon_source="drand quicknet", beacon_round="下一轮", opens_at=opens_at)
    draw = a_sealed_draw(plan, beacon_source="drand quicknet", beacon_round=str(coming), opens_at=opens_at)
    assert draw.level == "A"


def test_two_commitments_are_never_the_same(province: Province, at: At) -> None:
    """Who copies another's commitment could reveal only after that one: refused."""
    at("2026-05-06T09:00")
    plan = a_filed_plan()
    a_witness(plan)
    copied = Witness.objects.get().commitment
    with pytest.raises(Refused, match="commitment_known"):
        commit_as_witness(a_seat(Role.AUDITOR, office=plan.office), plan, commitment=copied)
    assert a_secret()[1] != copied
