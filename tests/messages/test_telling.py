"""Who is told of an act: whoever must act next, once, in the act's transaction; never whoever did it; nothing personal."""

from __future__ import annotations

from typing import Any
from unittest import mock

import pytest

from hengjian.authorities.holders import seats_holding
from hengjian.authorities.models import Seat, User
from hengjian.authorities.roles import Role
from hengjian.kernel import clock
from hengjian.kernel.acts_catalogue import catalogue
from hengjian.kernel.case import case_models
from hengjian.kernel.kept_words import said_again
from hengjian.kernel.refusal import Refused
from hengjian.kernel.words import in_words, speaking
from hengjian.messages.models import Message
from hengjian.messages.queries import unread
from hengjian.messages.telling import keep, message, say_of
from hengjian.personnel.models import Supervisor
from hengjian.plans.acts.submit_plan import file_plan, return_plan, submit_plan
from hengjian.plans.models import Plan
from hengjian.rosters.models import Candidate
from hengjian.supervision.models import Duty
from tests import world_after
from tests.world import (
    a_draft_plan,
    a_filed_institution,
    a_filed_plan,
    a_seat,
    a_submitted_plan,
    a_supervisor,
    a_supervisors_seat,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_march", "province")]


def told(seat: Seat) -> list[tuple[str, str]]:
    rows = Message.objects.filter(person=seat.person).order_by("pk")
    return [(str(said_again(row.title)), str(said_again(row.text))) for row in rows]


def test_whoever_must_act_next_is_told_in_the_words_of_the_acts() -> None:
    institution = a_filed_institution()
    reviewer = a_seat(Role.CENTRE_REVIEWER, office=institution.office)
    Message.objects.all().delete()
    plan = a_submitted_plan(institution=institution)
    told_of = [text for title, text in told(reviewer) if title.startswith("待办：")]
    assert len(told_of) == 1
    assert plan.title in told_of[0]
    with speaking("en"):
        row = Message.objects.get(person=reviewer.person)
        assert in_words(said_again(row.title)).startswith("For you: ")


def test_who_hands_on_is_not_told_and_who_gets_it_back_is() -> None:
    institution = a_filed_institution()
    plan = a_submitted_plan(institution=institution)
    clerk = a_seat(Role.CLERK, institution=institution)
    reviewer = a_seat(Role.CENTRE_REVIEWER, office=plan.office)
    Message.objects.all().delete()
    return_plan(reviewer, plan, reason="第二批次的场地证明没有附上，请补正。")
    assert not told(reviewer)
    assert [title.split("：")[0] for title, _ in told(clerk)] == ["待办"]


def test_a_refused_act_tells_nobody() -> None:
    plan = a_draft_plan(institution=a_filed_institution(), bank="")
    Message.objects.all().delete()
    with pytest.raises(Refused):
        submit_plan(a_seat(Role.RESPONSIBLE_PERSON, institution=plan.institution), plan)
    assert not Message.objects.exists()


def test_the_same_click_twice_tells_once() -> None:
    institution = a_filed_institution()
    plan = a_draft_plan(institution=institution)
    person = a_seat(Role.RESPONSIBLE_PERSON, institution=institution)
    reviewer = a_seat(Role.CENTRE_REVIEWER, office=plan.office)
    Message.objects.all().delete()
    for _ in range(2):
        submit_plan.once("the same click")(person, plan)
    assert len(told(reviewer)) == 1


def test_the_seats_of_a_case_are_those_the_header_admits() -> None:
    """The inverse question against the question itself, for every relation of every header and every kind of case."""
    plan = a_submitted_plan(institution=a_filed_institution())
    for role in Role:
        if role not in (Role.SUPERVISOR,):
            at = (
                {"institution": plan.institution}
                if role in (Role.CLERK, Role.RESPONSIBLE_PERSON)
                else {"office": plan.office}
            )
            a_seat(role, **at)
    rows = [model.objects.order_by("pk").first() for model in case_models()]
    bys = {by for act in catalogue().values() for by in act.header.by}
    seats = list(Seat.objects.filter(state=Seat.State.ACTIVE).order_by("pk"))
    asked = 0
    for row in rows:
        if row is None:
            continue
        for by in bys:
            if not by.dimension:
                continue
            expected = {seat.pk for seat in seats if by.admits(seat, row)}
            assert {seat.pk for _, seat in seats_holding([row], [by])} == expected, (row, by)
            asked += len(expected)
    assert asked > 30


def test_a_drawn_supervisor_is_told_though_the_act_was_about_the_draw() -> None:
    """Seats come first, then the draw: each drawn person is told of their duty, and nobody else in the pool."""
    opened = []

    def with_a_seat(*args: Any, **values: Any) -> Supervisor:
        opened.append(a_supervisor(*args, **values))
        a_supervisors_seat(opened[-1])
        return opened[-1]

    with mock.patch.object(world_after, "a_supervisor", with_a_seat):
        plan = world_after.a_drawn_plan(a_filed_plan(institution=a_filed_institution()))
    assert opened
    drawn = set(Duty.objects.filter(plan=plan).order_by("pk").values_list("supervisor_id", flat=True))
    for supervisor in opened:
        (seat,) = Seat.objects.filter(person_id=supervisor.pk, role=Role.SUPERVISOR)
        mine = [text for title, text in told(seat) if title.startswith("待办：") and plan.title in text]
        assert len(mine) == (1 if supervisor.pk in drawn else 0)


def test_no_name_and_no_number_of_a_person_stands_in_a_message() -> None:
    """The life of a batch to its certificates, and every message it brought about."""
    world_after.a_certified_sheet()
    texts = [str(said_again(value)) for row in Message.objects.order_by("pk") for value in (row.title, row.text)]
    assert len(texts) > 10
    people = Candidate.objects.order_by("pk").values_list("name", "document_number")
    named = {str(value) for person in people for value in person if value}
    named |= set(User.objects.order_by("pk").values_list("name", flat=True)) - {""}
    assert not [text for text in texts for name in named if name in text]


def test_what_one_has_dealt_with_waits_in_nobody_s_inbox() -> None:
    institution = a_filed_institution()
    plan = a_submitted_plan(institution=institution)
    reviewer, head = (a_seat(role, office=plan.office) for role in (Role.CENTRE_REVIEWER, Role.CENTRE_HEAD))
    Message.objects.all().delete()
    return_plan(reviewer, plan, reason="场地证明没有附上，请补正。")
    submit_plan(a_seat(Role.RESPONSIBLE_PERSON, institution=institution), plan)
    before = unread(head)
    file_plan(reviewer, plan)
    assert unread(head) == before - 1
    clerk = a_seat(Role.CLERK, institution=institution)
    assert (
        Message.objects.filter(person=clerk.person, template__startswith="next.", lapsed_at__isnull=True).count() == 0
    )


def test_several_told_as_one_wait_until_the_last_is_dealt_with() -> None:
    """等 n 件: with the first of them dealt with, the others still wait in the same message."""
    institution = a_filed_institution()
    plans = [a_submitted_plan(institution=institution) for _ in range(3)]
    reviewer = a_seat(Role.CENTRE_REVIEWER, office=plans[0].office)
    Message.objects.all().delete()
    rows = list(Plan.objects.filter(pk__in=[plan.pk for plan in plans]).order_by("pk"))
    text = say_of([str(plan) for plan in rows])
    keep([message("next.plans_plan.submitted", "trial:3", reviewer, rows, "待办：审核计划", text, clock.now())])
    told = Message.objects.get(cause="trial:3")
    for left, plan in zip((2, 1, 0), rows, strict=True):
        assert told.lapsed_at is None, left
        return_plan(reviewer, plan, reason="场地证明没有附上，请补正。")
        told.refresh_from_db()
    assert told.lapsed_at is not None


def test_several_told_as_one_are_sent_while_one_of_them_waits(settings: Any) -> None:
    from hengjian.messages.claims import holds_of_any

    institution = a_filed_institution()
    rows = [a_submitted_plan(institution=institution) for _ in range(2)]
    reviewer = a_seat(Role.CENTRE_REVIEWER, office=rows[0].office)
    made = message("next.plans_plan.submitted", "trial:2", reviewer, rows, "待办", "两件", clock.now())
    return_plan(reviewer, rows[0], reason="场地证明没有附上，请补正。")
    assert holds_of_any(made)
    return_plan(reviewer, rows[1], reason="场地证明没有附上，请补正。")
    assert not holds_of_any(made)
