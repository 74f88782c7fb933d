"""Whoever takes more than n rows of a list out of the house says what for: asked on every channel, kept in the log."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hengjian.api.listings import LISTINGS
from hengjian.authorities.acts.export_list import export_list
from hengjian.authorities.acts.tokens import issue
from hengjian.authorities.exports import Export
from hengjian.authorities.models import Seat
from hengjian.authorities.roles import Role
from hengjian.kernel import clock, ledger
from hengjian.kernel.refusal import Kind, Refused
from tests.law.enacted import enacted
from tests.lists import the_file
from tests.world import Province, a_filed_plan, a_seat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_march")]
KEY = "accounts.export_rows_without_reason"
PURPOSE = "核对本季度开考安排，用后即删"


@pytest.fixture
def clerk(province: Province) -> Seat:
    return a_seat(Role.CLERK, institution=a_filed_plan().institution)


def test_the_page_asks_what_for_and_then_gives_the_file(clerk: Seat, client_of: Any) -> None:
    client = client_of(clerk)
    asked = client.get(reverse("plans") + "?export=csv&sort=held_on")
    assert asked.status_code == 302 and asked["Location"].startswith(reverse("export_list"))
    form = client.get(asked["Location"]).content.decode()
    assert "共 1 行" in form and 'name="purpose"' in form and 'name="asked"' not in form
    refused = client.post(asked["Location"], {"purpose": "", "key": ""})
    assert refused.status_code == 422 and not Export.objects.exists()
    answer = the_file(client, "plans", "csv", {"sort": "held_on"})
    assert answer["Content-Type"].startswith("text/csv") and len(answer.content.decode().splitlines()) == 2


def test_up_to_the_number_nothing_is_asked_and_above_it_is(clerk: Seat, client_of: Any) -> None:
    client = client_of(clerk)
    for rows, status in ((0, 302), (1, 200)):
        with enacted(KEY, rows):
            assert client.get(reverse("plans") + "?export=xlsx").status_code == status
    assert not Export.objects.exists()


def test_the_public_register_is_not_asked_about(clerk: Seat) -> None:
    assert Client().get(reverse("register") + "?export=csv")["Content-Type"].startswith("text/csv")


def test_the_log_says_which_list_narrowed_by_what_how_many_and_what_for_and_no_name(clerk: Seat) -> None:
    export = export_list(clerk, listing="plans", asked="q=张三丰&state=filed", form="csv", purpose=PURPOSE)
    told: Any = ledger.course_of(export)[0].fact
    assert (told.listing, told.rows, told.form, told.purpose) == ("认定计划", 0, "csv", PURPOSE)
    assert "已备案" in told.narrowed and "有搜索词" in told.narrowed
    assert "张三丰" not in str(told)


def test_a_program_says_it_too_and_gets_the_whole_list_at_once(clerk: Seat) -> None:
    token = {"authorization": f"Bearer {issue(clerk, '对接')}"}
    client = Client(headers=token)
    address = "/api/authorities/export_list"
    body = {"listing": "plans", "form": "csv"}
    refused = client.post(address, json.dumps(body), content_type="application/json")
    assert refused.status_code == 422 and refused.json()["field"] == "purpose"
    done = client.post(address, json.dumps(body | {"purpose": PURPOSE}), content_type="application/json").json()
    found = client.get(f"/api/exports/{done['subject']}/lines")
    assert found.status_code == 200 and len(found.json()["lines"]) == done["fact"]["rows"] == 1


def test_the_file_is_for_that_seat_that_day_and_holds_no_more_than_was_recorded(clerk: Seat, client_of: Any) -> None:
    export = export_list(clerk, listing="plans", form="csv", purpose=PURPOSE)
    address = reverse("export_file", kwargs={"pk": export.pk})
    assert client_of(clerk).get(address).status_code == 200
    assert client_of(a_seat(Role.CENTRE_HEAD)).get(address).status_code == 404
    _another_plan(clerk)
    grown = client_of(clerk).get(address)
    assert grown.status_code == 409 and "登记的是 1 行，清单现有 2 行" in grown.content.decode()
    with clock.at(clock.now() + timedelta(days=1)):
        assert client_of(clerk).get(address).status_code == 409


def _another_plan(clerk: Seat) -> None:
    from hengjian.institutions.models import Institution

    a_filed_plan(institution=Institution.objects.get(pk=clerk.institution_id))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"listing": "passwords"}, "listing"),
        ({"listing": "accounts"}, "listing"),
        ({"form": "pdf"}, "form"),
        ({"asked": "colour=red"}, "asked"),
    ],
)
def test_what_cannot_be_exported_is_refused_at_its_field(clerk: Seat, wrong: dict[str, str], field: str) -> None:
    with pytest.raises(Refused) as refused:
        export_list(clerk, **({"listing": "plans", "form": "csv", "purpose": PURPOSE} | wrong))
    assert (refused.value.refusal.kind, refused.value.refusal.field) == (Kind.INPUT, field)


def test_every_list_that_is_not_public_is_asked_about(clerk: Seat) -> None:
    assert [listing.name for listing in LISTINGS if listing.public] == ["register"]
