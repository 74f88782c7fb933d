"""A request number stands for one request for as long as the policy says; afterwards it is refused, never done twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hengjian.authorities.acts.tokens import open_token
from hengjian.authorities.roles import Role
from hengjian.authorities.tokens import ApiToken, digest_of
from hengjian.kernel import clock
from hengjian.kernel.refusal import Kind, Refused
from hengjian.messages.keeping import forget_old
from hengjian.messages.models import Message
from tests.world import Province, a_seat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_march")]


def test_within_the_days_the_first_answer_comes_again_and_afterwards_a_refusal(province: Province) -> None:
    seat, once = a_seat(Role.CENTRE_HEAD), open_token.once("twice")
    first = once(seat, scope=("read",), label="对接", digest=digest_of("令牌"))
    with clock.at(clock.now() + timedelta(days=29)):
        assert once(seat, scope=("read",), label="对接", digest=digest_of("令牌")).pk == first.pk
    with clock.at(clock.now() + timedelta(days=31)), pytest.raises(Refused) as refused:
        once(seat, scope=("read",), label="对接", digest=digest_of("令牌"))
    assert refused.value.refusal.kind == Kind.REPLAY and "30 日" in refused.value.refusal.sentence
    assert refused.value.refusal.policy == "log.idempotency_days" and refused.value.refusal.remedy
    assert ApiToken.objects.count() == 1


def test_a_message_is_kept_as_long_as_the_policy_says(province: Province) -> None:
    now = clock.now()
    for days in (364, 366):
        at = now - timedelta(days=days)
        Message.objects.create(person="p", seat="s", template="t", cause=f"c{days}", title={}, text={}, at=at)
    assert forget_old(now) == 1
    assert [message.cause for message in Message.objects.all()] == ["c364"]
