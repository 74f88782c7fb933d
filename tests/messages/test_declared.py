"""Declared messages: each claims only what the act has brought about, and stands nowhere once that is over."""

from __future__ import annotations

import pytest

from hengjian.authorities.roles import Role
from hengjian.institutions.acts.suspend_institution import resume, suspend
from hengjian.kernel.acts_catalogue import catalogue
from hengjian.kernel.kept_words import said_again
from hengjian.messages.claims import claim_of
from hengjian.messages.declared import NOTIFIES, Notify
from hengjian.messages.models import Message
from tests.world import a_filed_institution, a_seat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_march", "province")]


def declared() -> list[tuple[str, Notify]]:
    found = [(code, notify) for code, act in catalogue().items() for notify in act.header.notify]
    assert len(found) >= 5
    return found


def test_every_declaration_stands_beside_one_act() -> None:
    assert sorted(notify.code for _, notify in declared()) == sorted(NOTIFIES)


def test_a_message_claims_states_that_its_case_can_have_and_the_act_leads_to() -> None:
    for code, notify in declared():
        header = catalogue()[code].header
        if notify.about is not None or not notify.claims:
            continue
        states = {str(state) for state, _ in header.subject._meta.get_field("state").flatchoices}
        assert set(map(str, notify.claims)) <= states, code
        if header.step is not None and header.step.to is not None:
            assert header.step.to in notify.claims, code
        holds = claim_of(notify.code)
        assert holds is not None
        for state in states:
            assert holds(header.subject(state=state)) is (state in notify.claims)


def test_what_names_an_effect_claims_it() -> None:
    effects = ("备案", "暂停", "终止", "注销", "取消", "不予", "作废")
    silent = [
        notify.code for _, notify in declared() if any(word in notify.title for word in effects) and not notify.claims
    ]
    assert not silent


def test_a_suspension_is_told_and_lapses_with_it(settings: object) -> None:
    institution = a_filed_institution()
    clerk = a_seat(Role.CLERK, institution=institution)
    head = a_seat(Role.CENTRE_HEAD, office=institution.office)
    suspend(head, institution, reason="场地不符合条件，整改期间暂停。", basis="现场检查记录")
    mine = Message.objects.get(person=clerk.person, template="institutions.suspended")
    assert institution.name in str(said_again(mine.text))
    holds = claim_of(mine.template)
    assert holds is not None and holds(institution)
    resume(head, institution, reason="整改已经验收合格。")
    assert not holds(institution)
