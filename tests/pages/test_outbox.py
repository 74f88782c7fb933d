"""What a device asks before it sends: whose it is, from which seat, and the receipts of the own keys and of no others."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from hengjian.authorities.models import Seat
from hengjian.authorities.roles import Role
from hengjian.plans.models import Plan
from tests import world

pytestmark = pytest.mark.django_db
KEY, OTHER = "a" * 32, "b" * 32


@pytest.fixture
def plan(at: Any) -> Plan:
    at(world.MARCH)
    return world.a_submitted_plan()


def reviewer_of(plan: Plan) -> Seat:
    return world.a_seat(Role.CENTRE_REVIEWER, office=plan.office)


def told(client: Client, *keys: str) -> dict[str, Any]:
    answer = client.get("/outbox/", {"key": list(keys)})
    assert answer.status_code == 200 and answer["Cache-Control"] == "no-store"
    found: dict[str, Any] = answer.json()
    return found


def test_a_key_has_its_receipt_once_the_act_is_done(plan: Plan, client_of: Any) -> None:
    client = client_of(reviewer_of(plan))
    assert told(client, KEY)["received"] == {}
    form = {"key": KEY, "seen": str(plan.revision)}
    assert client.post(f"/do/plans.file_plan/{plan.pk}/", form).status_code == 302
    assert told(client, KEY, OTHER)["received"] == {KEY: f"/plans/{plan.pk}/"}


def test_a_refused_act_leaves_no_receipt(plan: Plan, client_of: Any) -> None:
    client = client_of(reviewer_of(plan))
    assert client.post(f"/do/plans.file_plan/{plan.pk}/", {"key": KEY, "seen": "999"}).status_code == 409
    assert told(client, KEY)["received"] == {}


def test_a_form_of_several_rows_has_one_receipt(at: Any, client_of: Any) -> None:
    at(world.MARCH)
    draft = world.a_draft_plan(batches=())
    client = client_of(world.a_seat(Role.CLERK, institution=draft.institution))
    row = {"rows-0-occupation_code": world.ELECTRICIAN, "rows-0-level": "4", "rows-0-headcount": "20"}
    assert (
        client.post(
            f"/plans/{draft.pk}/batches/", {"key": KEY, "rows-TOTAL_FORMS": "1", "rows-INITIAL_FORMS": "0", **row}
        ).status_code
        == 302
    )
    assert list(told(client, KEY)["received"]) == [KEY]


def test_receipts_of_others_are_not_told(plan: Plan, client_of: Any) -> None:
    form = {"key": KEY, "seen": str(plan.revision)}
    assert client_of(reviewer_of(plan)).post(f"/do/plans.file_plan/{plan.pk}/", form).status_code == 302
    head = client_of(world.a_seat(Role.CENTRE_HEAD, office=plan.office))
    assert told(head, KEY)["received"] == {}


def test_each_account_has_a_key_and_an_owner_of_its_own_and_the_public_none(plan: Plan, client_of: Any) -> None:
    import re

    def carried(client: Client, address: str = "/desk/") -> tuple[str, ...]:
        page = client.get(address).content.decode()
        return tuple(re.findall(r'data-(?:owner|outbox-key|outbox)="([^"]*)"', page))

    one, two = (client_of(world.a_seat(role, office=plan.office)) for role in (Role.CENTRE_REVIEWER, Role.CENTRE_HEAD))
    assert carried(one) == carried(one) and len(carried(one)) == 3
    assert carried(one) == carried(one, "/accounts/logout/")
    assert set(carried(one)) & set(carried(two)) == {"/outbox/"}
    assert told(one)["owner"] == carried(one)[0]
    assert carried(Client(), "/check/") == carried(Client(), "/accounts/login/") == ()
    assert Client().get("/outbox/").status_code == 302
