"""What is written is sent: by the chosen ways, at the chosen hours, again after a failure, once; and never what is not so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from hengjian.authorities.models import Seat
from hengjian.authorities.roles import Role
from hengjian.kernel.clock import ZONE
from hengjian.messages.channels import Letter, Undeliverable
from hengjian.messages.declared import Address
from hengjian.messages.models import Delivery, Message, When
from hengjian.messages.queries import choose
from hengjian.messages.reminding import remind
from hengjian.messages.sending import send_due
from hengjian.plans.acts.submit_plan import return_plan
from hengjian.plans.models import Plan
from tests.world import a_filed_institution, a_seat, a_submitted_plan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_march", "province")]
NOON = datetime(2026, 3, 2, 12, tzinfo=ZONE)
State = Delivery.State


class Outside:
    """A provider of the tests: keeps what it took, and answers as it is told."""

    taken: list[Letter] = []
    answers: list[Undeliverable] = []

    def __init__(self, channel: str) -> None:
        self.channel = channel

    def reaches(self, address: Address) -> bool:
        return bool(address.phone)

    def send(self, letter: Letter) -> str:
        if Outside.answers:
            raise Outside.answers.pop(0)
        Outside.taken.append(letter)
        return "taken"


@pytest.fixture(autouse=True)
def outside(settings: Any) -> Iterator[type[Outside]]:
    settings.MESSAGE_WAYS = {"sms": {"class": "tests.messages.test_sending.Outside"}}
    Outside.taken, Outside.answers = [], []
    yield Outside


@pytest.fixture
def plan() -> Plan:
    plan = a_submitted_plan(institution=a_filed_institution())
    a_seat(Role.CENTRE_REVIEWER, office=plan.office)
    Message.objects.all().delete()
    return plan


@pytest.fixture
def clerk(plan: Plan) -> Seat:
    """The clerk wants to be told at once, by text message; and gets the plan back."""
    seat = a_seat(Role.CLERK, institution=plan.institution)
    choose(seat, "sms", When.AT_ONCE)
    return seat


def returned(plan: Plan) -> None:
    return_plan(a_seat(Role.CENTRE_REVIEWER, office=plan.office), plan, reason="场地证明没有附上，请补正。")


def test_what_was_chosen_is_sent_once(plan: Plan, clerk: Seat) -> None:
    returned(plan)
    assert [send_due(NOON), send_due(NOON)] == [1, 0]
    (letter,) = Outside.taken
    assert plan.title in letter.text
    assert letter.link.endswith("/messages/")


def test_what_nobody_chose_follows_the_rule(plan: Plan) -> None:
    """By text message only what is urgent."""
    a_seat(Role.CLERK, institution=plan.institution)
    returned(plan)
    assert send_due(NOON) == 0
    assert Message.objects.filter(routed_at__isnull=False).exists()


def test_nothing_leaves_by_night(plan: Plan, clerk: Seat) -> None:
    returned(plan)
    night = NOON.replace(hour=22)
    assert send_due(night) == 0
    assert send_due(night.replace(hour=8) + timedelta(days=1)) == 1


def test_a_digest_is_one_letter(plan: Plan, clerk: Seat) -> None:
    choose(clerk, "sms", When.DAILY)
    other = a_submitted_plan(institution=plan.institution)
    Message.objects.all().delete()
    returned(plan)
    returned(other)
    assert send_due(NOON) == 0
    assert send_due(NOON.replace(hour=8) + timedelta(days=1)) == 1
    (letter,) = Outside.taken
    assert "2 条" in letter.title
    assert set(Delivery.objects.filter(message__person=clerk.person).values_list("state", flat=True)) == {State.SENT}


def test_a_failure_is_tried_again_after_a_growing_pause_under_the_same_key(plan: Plan, clerk: Seat) -> None:
    returned(plan)
    Outside.answers = [Undeliverable("HTTP 503"), Undeliverable("HTTP 503")]
    assert send_due(NOON) == 0
    assert send_due(NOON + timedelta(seconds=30)) == 0
    assert len(Outside.answers) == 1
    assert send_due(NOON + timedelta(minutes=2)) == 0
    assert send_due(NOON + timedelta(minutes=3)) == 0
    assert send_due(NOON + timedelta(minutes=5)) == 1
    delivery = Delivery.objects.get(message__person=clerk.person)
    assert (delivery.state, delivery.tries) == (State.SENT, 3)


def test_a_summary_tried_again_is_the_same_letter_though_a_part_of_it_has_lapsed(plan: Plan, clerk: Seat) -> None:
    from hengjian.plans.acts.submit_plan import submit_plan

    choose(clerk, "sms", When.DAILY)
    other = a_submitted_plan(institution=plan.institution)
    Message.objects.all().delete()
    returned(plan)
    returned(other)
    assert send_due(NOON) == 0
    morning = NOON.replace(hour=8) + timedelta(days=1)
    tried: list[str] = []

    def refuses(self: Outside, letter: Letter) -> str:
        tried.append(letter.key)
        raise Undeliverable("HTTP 503")

    send, Outside.send = Outside.send, refuses  # type: ignore[method-assign]
    try:
        assert send_due(morning) == 0
        assert tried
    finally:
        Outside.send = send  # type: ignore[method-assign]
    submit_plan(a_seat(Role.RESPONSIBLE_PERSON, institution=plan.institution), plan)
    mine = Delivery.objects.filter(message__person=clerk.person)
    first = mine.order_by("pk").first()
    assert first is not None
    assert send_due(morning + timedelta(minutes=2)) >= 1
    first.refresh_from_db()
    assert first.state == State.LAPSED
    again = next(letter for letter in Outside.taken if other.title in letter.text)
    assert again.key in tried


def test_what_will_never_be_taken_is_not_tried_for_ever(plan: Plan, clerk: Seat) -> None:
    returned(plan)
    Outside.answers = [Undeliverable("HTTP 404", for_good=True)]
    send_due(NOON)
    delivery = Delivery.objects.get(message__person=clerk.person)
    assert (delivery.state, delivery.answer) == (State.FAILED, "HTTP 404")


def test_after_as_many_tries_as_the_rule_says_it_has_failed(plan: Plan, clerk: Seat) -> None:
    returned(plan)
    Outside.answers = [Undeliverable("ConnectionError")] * 20
    for hours in range(20):
        send_due(NOON + timedelta(hours=hours))
    assert Delivery.objects.get(message__person=clerk.person).state == State.FAILED
    assert len(Outside.answers) == 14


def test_a_message_whose_state_holds_no_more_is_not_sent(plan: Plan, clerk: Seat) -> None:
    from hengjian.plans.acts.submit_plan import submit_plan

    returned(plan)
    submit_plan(a_seat(Role.RESPONSIBLE_PERSON, institution=plan.institution), plan)
    send_due(NOON)
    assert not [letter for letter in Outside.taken if "待办" in letter.title]
    mine = Message.objects.get(person=clerk.person)
    assert mine.lapsed_at is not None
    assert mine.deliveries.get().state == State.LAPSED


def test_a_sender_that_died_is_followed_by_another(plan: Plan, clerk: Seat) -> None:
    returned(plan)

    class Killed(BaseException):
        pass

    def dies(self: Outside, letter: Letter) -> str:
        raise Killed

    send, Outside.send = Outside.send, dies  # type: ignore[method-assign]
    with pytest.raises(Killed):
        send_due(NOON)
    Outside.send = send  # type: ignore[method-assign]
    assert Delivery.objects.get(message__person=clerk.person).state == State.SENDING
    assert send_due(NOON + timedelta(minutes=1)) == 0
    assert send_due(NOON + timedelta(minutes=11)) == 1


def test_before_a_deadline_whoever_must_act_is_reminded_once_a_day(plan: Plan) -> None:
    assert plan.due_on is not None
    reviewer = a_seat(Role.CENTRE_REVIEWER, office=plan.office)
    said = []
    day = NOON
    while day.date() <= plan.due_on:
        remind(day)
        remind(day)
        mine = Message.objects.filter(person=reviewer.person, template__startswith="deadline.").order_by("pk")
        said.append(mine.count())
        day += timedelta(days=1)
    assert said[-1] == 3
    assert max(after - before for before, after in zip([0, *said], said, strict=False)) == 1
