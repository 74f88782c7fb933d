"""The base of supervisors: card, competence and recusals are seen by the office that appoints and by the person (R51–R54)."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from hengjian.authorities.roles import Role
from hengjian.personnel.acts.appoint_supervisor import appoint_supervisor
from hengjian.personnel.acts.declare_recusal import declare_recusal
from hengjian.personnel.models import Supervisor
from tests import world
from tests.pages.reading import queries, read

pytestmark = pytest.mark.django_db


def a_supervisor(name: str = "示例督导员", **values: Any) -> Supervisor:
    reviewer = world.a_seat(Role.CENTRE_REVIEWER)
    given = {"competence": ("6-31-01",), "safety_trained_on": world.clock.today(), "phone": "13900000001"}
    return appoint_supervisor(reviewer, name=name, employer="示例技师学院", **(given | {"practice_years": 2} | values))


def address_of(supervisor: Supervisor) -> str:
    return reverse("supervisor", kwargs={"pk": supervisor.pk})


def test_the_office_and_the_person_see_every_side(client_of: Any) -> None:
    supervisor = a_supervisor()
    own = world.a_seat(Role.SUPERVISOR, person_id=supervisor.pk)
    for seat in (world.a_seat(Role.CENTRE_REVIEWER), world.a_seat(Role.AUDITOR, at=world.PROVINCE), own):
        for side in ("overview", "duties", "proofs"):
            assert supervisor.name in read(client_of(seat), f"{address_of(supervisor)}?side={side}")


def test_neither_institutions_nor_other_cities_nor_other_supervisors_see_them(client_of: Any) -> None:
    supervisor, other = a_supervisor(), a_supervisor("另一位督导员")
    for seat in (
        world.a_seat(Role.CENTRE_REVIEWER, at=world.BAODING),
        world.a_seat(Role.CLERK, institution=world.an_applicant()),
        world.a_seat(Role.SUPERVISOR, person_id=other.pk),
    ):
        read(client_of(seat), address_of(supervisor), status=404)
        assert supervisor.name not in read(client_of(seat), reverse("supervisors"))


def test_the_card_says_when_it_ends(client_of: Any, at: Any) -> None:
    at("2026-05-06T09:00")
    supervisor = a_supervisor()
    client = client_of(world.a_seat(Role.CENTRE_REVIEWER))
    assert "证卡有效" in read(client, address_of(supervisor))
    at(supervisor.card_valid_until)
    assert "证卡将到期" in read(client, address_of(supervisor))
    at("2031-01-02T09:00")
    assert "证卡已过期" in read(client, address_of(supervisor))


def test_a_recusal_stands_on_the_page_and_can_be_ended_by_the_office_only(client_of: Any) -> None:
    supervisor = a_supervisor()
    institution = world.an_applicant()
    own = world.a_seat(Role.SUPERVISOR, person_id=supervisor.pk)
    declare_recusal(own, supervisor, institution_id=institution.pk, ground="colleague")
    end = reverse("perform", kwargs={"code": "personnel.end_recusal", "pk": supervisor.recusals.get().pk})
    office = read(client_of(world.a_seat(Role.CENTRE_REVIEWER)), address_of(supervisor))
    person = read(client_of(own), address_of(supervisor))
    assert institution.name in office
    assert institution.name in person
    assert end in office
    assert end not in person


def test_the_list_asks_the_database_as_often_for_many_as_for_few(client_of: Any) -> None:
    a_supervisor()
    client = client_of(world.a_seat(Role.CENTRE_REVIEWER))
    client.get(reverse("supervisors"))
    few = queries(lambda: client.get(reverse("supervisors")))
    for number in range(3):
        a_supervisor(f"督导员{number}")
    assert queries(lambda: client.get(reverse("supervisors"))) == few
