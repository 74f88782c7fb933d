"""The search finds what the desk may see, and nothing else; candidates only by the tail of their number (R6, C.11)."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from hengjian.authorities.roles import Role
from hengjian.certificates.models import Certificate
from hengjian.rosters.models import Candidate
from tests import world, world_after
from tests.pages.reading import queries, read

pytestmark = pytest.mark.django_db


def found(client: Any, words: str) -> str:
    return read(client, f"{reverse('search')}?q={words}")


def test_institutions_plans_certificates_and_candidates_are_found_by_those_concerned(client_of: Any) -> None:
    sheet = world_after.a_certified_sheet()
    plan = sheet.batch.plan
    certificate = Certificate.objects.order_by("id").first()
    candidate = Candidate.objects.order_by("id").first()
    tail = candidate.masked_number[-4:]
    seats = [
        world.a_seat(Role.CENTRE_REVIEWER),
        world.a_seat(Role.CLERK, institution=plan.institution),
    ]
    for seat in seats:
        client = client_of(seat)
        assert reverse("institution", kwargs={"pk": plan.institution_id}) in found(client, plan.institution.name)
        assert reverse("plan", kwargs={"pk": plan.pk}) in found(client, plan.number)
        assert certificate.masked_name in found(client, certificate.number)
        assert candidate.masked_number in found(client, tail)
        assert candidate.masked_number not in found(client, "0" + tail)
        assert "没有找到" in found(client, "没有这样的名字")


def test_strangers_find_nothing(client_of: Any) -> None:
    sheet = world_after.a_certified_sheet()
    plan = sheet.batch.plan
    certificate = Certificate.objects.order_by("id").first()
    tail = Candidate.objects.order_by("id").first().masked_number[-4:]
    for seat in (
        world.a_seat(Role.CENTRE_REVIEWER, at=world.BAODING),
        world.a_seat(Role.ADMINISTRATOR, at=world.PROVINCE),
        world.a_seat(Role.CLERK, institution=world.an_applicant(name="旁边的一家企业")),
    ):
        client = client_of(seat)
        for words in (plan.institution.name, plan.number, certificate.number, tail):
            assert "没有找到" in found(client, words)


def test_no_whole_identity_number_is_shown_or_searched(client_of: Any) -> None:
    world_after.a_certified_sheet()
    candidate = Candidate.objects.order_by("id").first()
    client = client_of(world.a_seat(Role.CENTRE_REVIEWER))
    text = found(client, candidate.masked_number[-4:])
    assert candidate.document_number not in text
    assert candidate.masked_number not in found(client, candidate.document_number)


def test_a_search_asks_the_database_as_often_for_many_as_for_few(client_of: Any) -> None:
    first = world.a_filed_institution(name="示例搜索企业甲", short_name="搜索甲")
    world.a_filed_plan(institution=first, title="示例搜索计划一")
    client = client_of(world.a_seat(Role.CENTRE_REVIEWER))
    found(client, "示例搜索")
    few = queries(lambda: found(client, "示例搜索"))
    world.an_applicant(name="示例搜索企业乙", short_name="搜索乙")
    world.a_filed_plan(institution=first, title="示例搜索计划二", held_on=world.a_working_day(14))
    assert queries(lambda: found(client, "示例搜索")) == few
