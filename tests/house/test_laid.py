"""A state put back is the state that acts laid: the same rows, a log that verifies, and a case that lives on."""

from __future__ import annotations

import pytest
from django.db import transaction

from hengjian.authorities.roles import Role
from hengjian.kernel import clock
from hengjian.kernel.models import Entry
from hengjian.kernel.verification import verify
from hengjian.plans.acts.submit_plan import file_plan
from hengjian.plans.models import Plan
from tests.harness import laid, numbers
from tests.world import MARCH, a_seat, a_submitted_plan

pytestmark = pytest.mark.django_db


def test_the_third_call_puts_back_what_the_second_laid() -> None:
    for turn in (1, 2, 3):
        with transaction.atomic(), clock.at(MARCH):
            numbers.begin_anew()
            key = laid._key(a_submitted_plan.__wrapped__, (), {"title": "放回的计划"})  # type: ignore[attr-defined]
            assert (key in laid._kept) == (turn == 3)
            plan = a_submitted_plan(title="放回的计划")
            assert key in laid._seen
            assert (Plan.objects.get().title, plan.state) == ("放回的计划", "submitted")
            assert verify().differences == []
            before = Entry.objects.count()
            file_plan(a_seat(Role.CENTRE_REVIEWER, office=plan.office), plan)
            assert Entry.objects.count() > before
            assert verify().differences == []
            transaction.set_rollback(True)


def test_a_call_that_cannot_be_told_from_another_is_performed() -> None:
    assert laid._told({"a": 1}) is None
    assert laid._told([("a", 1), MARCH]) == laid._told((("a", 1), MARCH))
