"""Each page of the first half for each role that may see it: rendered whole, nothing undefined, no model in a template."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hengjian.authorities.roles import Role
from hengjian.occupations.models import Occupation, Standard
from hengjian.plans.models import Plan
from tests import world
from tests.lists import the_file
from tests.pages.reading import queries, read

pytestmark = pytest.mark.django_db
LISTS = (
    "desk",
    "filings",
    "institutions",
    "supervisors",
    "occupations",
    "plans",
    "calendar",
    "search",
    "policies",
    "log",
)
PUBLIC = ("register", "calendar", "policies", "log")


@pytest.fixture
def plan() -> Plan:
    return world.a_filed_plan()


def seats(plan: Plan) -> dict[str, Any]:
    """A seat of every role concerned with this plan."""
    return {
        "province": world.a_seat(Role.PROVINCE_OFFICER, at=world.PROVINCE),
        "reviewer": world.a_seat(Role.CENTRE_REVIEWER),
        "head": world.a_seat(Role.CENTRE_HEAD),
        "district": world.a_seat(Role.DISTRICT_OFFICER, at=world.LUBEI),
        "auditor": world.a_seat(Role.AUDITOR, at=world.PROVINCE),
        "administrator": world.a_seat(Role.ADMINISTRATOR, at=world.PROVINCE),
        "clerk": world.a_seat(Role.CLERK, institution=plan.institution),
        "responsible": world.a_seat(Role.RESPONSIBLE_PERSON, institution=plan.institution),
    }


def test_every_list_is_shown_to_every_role(plan: Plan, client_of: Any) -> None:
    for seat in seats(plan).values():
        client = client_of(seat)
        for name in LISTS:
            assert "</html>" in read(client, reverse(name))


def test_every_list_is_exported_as_text_and_as_a_workbook(plan: Plan, client_of: Any) -> None:
    client = client_of(world.a_seat(Role.PROVINCE_OFFICER, at=world.PROVINCE))
    for name in ("filings", "institutions", "supervisors", "occupations", "plans", "register"):
        for kind in ("csv", "xlsx"):
            answer = the_file(client, name, kind)
            assert answer.status_code == 200
            assert re.search(rf"filename\*=utf-8''%E.*-\d{{4}}-\d\d-\d\d\.{kind}$", answer["Content-Disposition"]), name


def test_public_pages_need_no_seat(plan: Plan) -> None:
    for name in PUBLIC:
        read(Client(), reverse(name))
    entry = reverse("register_entry", kwargs={"number": plan.institution.filing_number})
    text = read(Client(), entry)
    assert plan.institution.name in text
    assert "电工" in text


def test_the_public_register_tells_nothing_of_contacts(client_of: Any) -> None:
    institution = world.a_filed_institution(contact="某联系人", contact_phone="03150000001")
    for address in (reverse("register"), reverse("register_entry", kwargs={"number": institution.filing_number})):
        text = read(Client(), address)
        assert "某联系人" not in text
        assert "03150000001" not in text
    assert b"03150000001" not in Client().get(reverse("register") + "?export=csv").content


def test_an_applicant_is_not_in_the_public_register() -> None:
    applicant = world.an_applicant()
    assert applicant.name not in read(Client(), reverse("register"))
    read(Client(), reverse("register_entry", kwargs={"number": "没有这个编号"}), status=404)


def test_cases_are_shown_to_those_concerned_and_are_unknown_to_others(plan: Plan, client_of: Any) -> None:
    batch = plan.batches.get()
    addresses = [
        reverse("institution", kwargs={"pk": plan.institution_id}),
        reverse("plan", kwargs={"pk": plan.pk}),
        reverse("batch", kwargs={"pk": batch.pk}),
    ]
    by_name = seats(plan)
    stranger = world.a_seat(Role.CENTRE_REVIEWER, at=world.BAODING)
    for address in addresses:
        for name, seat in by_name.items():
            read(client_of(seat), address, status=404 if name == "administrator" else 200)
        read(client_of(stranger), address, status=404)
        answer = Client().get(address)
        assert answer.status_code == 302
        assert "login" in answer["Location"]


def test_every_side_of_an_institution_and_a_plan_is_shown(plan: Plan, client_of: Any) -> None:
    client = client_of(world.a_seat(Role.CENTRE_REVIEWER))
    for side in ("overview", "filings", "plans", "proofs"):
        read(client, reverse("institution", kwargs={"pk": plan.institution_id}) + f"?side={side}")
    for side in ("overview", "batches", "sittings", "versions", "proofs", "nonsense"):
        read(client, reverse("plan", kwargs={"pk": plan.pk}) + f"?side={side}")
    for side in ("overview", "proofs"):
        read(client, reverse("batch", kwargs={"pk": plan.batches.get().pk}) + f"?side={side}")


def test_the_next_step_stands_under_the_stepper_and_before_the_cards(plan: Plan, client_of: Any) -> None:
    plan = world.a_submitted_plan()
    text = read(
        client_of(world.a_seat(Role.CENTRE_REVIEWER, office=plan.office)), reverse("plan", kwargs={"pk": plan.pk})
    )
    places = [text.index(part) for part in ('<ol class="steps">', "<h2>下一步</h2>", "计划备案", "<h2>自动检查</h2>")]
    assert places[0] < places[1] < places[3]
    assert text.index("do/plans.file_plan/") < places[3]


def test_an_empty_list_says_which_kind_of_empty_it_is(province: world.Province, client_of: Any) -> None:
    """Nothing yet, under a filter too; not for this desk. `house/test_empty_lists.py` asks every list of every role."""
    reviewer = client_of(world.a_seat(Role.CENTRE_REVIEWER))
    nothing_yet = read(reviewer, reverse("plans"))
    assert "还没有认定计划" in nothing_yet
    assert "还没有认定计划" in read(reviewer, reverse("plans") + "?q=没有这样的计划")
    administrator = client_of(world.a_seat(Role.ADMINISTRATOR, at=world.PROVINCE))
    not_here = read(administrator, reverse("plans"))
    assert "这里的事项不归本席位" in not_here
    assert "还没有认定计划" not in not_here
    assert "这里的事项不归本席位" not in nothing_yet


def test_an_occupation_and_a_standard_are_shown(province: world.Province, client_of: Any) -> None:
    client = client_of(world.a_seat(Role.CENTRE_REVIEWER))
    occupation = Occupation.objects.get(code=world.ELECTRICIAN)
    standard = Standard.objects.get(occupation_code=world.ELECTRICIAN)
    assert "电工" in read(client, reverse("occupation", kwargs={"pk": occupation.pk}))
    assert "现行" in read(client, reverse("standard", kwargs={"pk": standard.pk}))
    found = client.get(reverse("occupation_options") + "?q=电").json()["options"]
    assert {"value": world.ELECTRICIAN, "label": "电工"} in found


def test_lists_ask_the_database_as_often_for_many_rows_as_for_few(plan: Plan, client_of: Any) -> None:
    client = client_of(world.a_seat(Role.CENTRE_REVIEWER))
    world.a_submitted_plan()

    def asked() -> dict[str, int]:
        return {name: queries(lambda name=name: client.get(reverse(name))) for name in names}

    names = ("institutions", "plans", "register", "desk", "search")
    asked()
    few = asked()
    world.a_filed_plan(institution=plan.institution)
    world.a_submitted_plan()
    assert asked() == few
