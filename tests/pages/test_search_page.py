"""The search finds what the desk may see, says why, and nothing else (R6, C.11; B6)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from hengjian.api.searching import FINDERS
from hengjian.authorities.policies import SEARCHES_PER_HOUR
from hengjian.authorities.roles import Role
from hengjian.authorities.searching import SEARCH
from hengjian.certificates.models import Certificate
from hengjian.kernel import clock
from hengjian.kernel.restraint import restrain
from hengjian.papers.models import Paper
from hengjian.rosters.models import Candidate
from hengjian.supervision.models import Draw
from hengjian.web.room import searches
from tests import world, world_after
from tests.pages.reading import queries, read_answer

pytestmark = pytest.mark.django_db
NAME = "单知行"


def found(client: Any, words: str) -> str:
    return read_answer(client.post(reverse("search"), {"q": words}), reverse("search"))


@pytest.fixture
def certified(province: Any) -> Any:
    return world_after.a_certified_sheet(people=[world_after.a_person(NAME), world_after.a_person("李示例")])


def test_everything_is_found_by_those_concerned(certified: Any, client_of: Any) -> None:
    plan = certified.batch.plan
    certificate = Certificate.objects.order_by("id").first()
    candidate = Candidate.objects.order_by("id").first()
    tail = candidate.masked_number[-4:]
    draw = Draw.objects.filter(plan=plan).order_by("id").first()
    reviewer = client_of(world.a_seat(Role.CENTRE_REVIEWER))
    for client in (reviewer, client_of(world.a_seat(Role.CLERK, institution=plan.institution))):
        assert reverse("institution", kwargs={"pk": plan.institution_id}) in found(client, plan.institution.name)
        assert reverse("plan", kwargs={"pk": plan.pk}) in found(client, plan.number)
        assert reverse("batch", kwargs={"pk": certified.batch_id}) in found(client, certified.batch.occupation_name)
        assert certificate.masked_name in found(client, certificate.number)
        assert candidate.masked_number in found(client, tail)
        assert candidate.masked_number not in found(client, "0" + tail)
        assert "没有找到" in found(client, "没有这样的名字")
    assert reverse("draw_case", kwargs={"pk": draw.pk}) in found(reviewer, draw.code)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (NAME, "姓名"),
        ("shanzhixing", "拼音"),
        ("Shan Zhi Xing", "拼音"),
        ("shàn zhī xíng", "拼音"),
        ("danzhixing", "拼音"),
        ("SZX", "拼音首字母"),
        ("善知行", "同音"),
        ("单知星", "同音"),
        ("单知远", "一字之差"),
        ("单行", "一字之差"),
        ("单知知行", "一字之差"),
        ("知单行", "一字之差"),
    ],
)
def test_a_person_is_found_however_the_name_is_entered(certified: Any, client_of: Any, words: str, reason: str) -> None:
    candidate = Candidate.objects.get(masked_name="单**")
    for seat in (
        world.a_seat(Role.CENTRE_REVIEWER),
        world.a_seat(Role.CLERK, institution=certified.batch.plan.institution),
    ):
        text = found(client_of(seat), words)
        assert reverse("candidate", kwargs={"pk": candidate.pk}) in text
        assert reverse("certificate", kwargs={"pk": Certificate.objects.get(score__candidate=candidate).pk}) in text
        assert f">{reason}<" in text
        assert NAME not in text.replace(words, "")


def test_a_person_is_found_by_the_whole_number_and_shown_masked(certified: Any, client_of: Any) -> None:
    candidate = Candidate.objects.order_by("id").first()
    text = found(client_of(world.a_seat(Role.CENTRE_REVIEWER)), candidate.document_number)
    assert candidate.masked_number in text
    assert ">证件号码<" in text
    stranger = found(client_of(world.a_seat(Role.CENTRE_REVIEWER, at=world.BAODING)), candidate.document_number)
    echoed = stranger.count(candidate.document_number)
    assert text.count(candidate.document_number) == echoed, "only what was entered is shown again"


def test_a_name_that_differs_in_two_characters_is_not_meant(certified: Any, client_of: Any) -> None:
    client = client_of(world.a_seat(Role.CENTRE_REVIEWER))
    for words in ("赵知远", "李知远", "wangzhixing", "zxx"):
        assert reverse("candidate", kwargs={"pk": Candidate.objects.get(masked_name="单**").pk}) not in found(
            client, words
        )


def test_strangers_find_nothing(certified: Any, client_of: Any) -> None:
    plan = certified.batch.plan
    certificate = Certificate.objects.order_by("id").first()
    candidate = Candidate.objects.order_by("id").first()
    draw = Draw.objects.filter(plan=plan).order_by("id").first()
    asked = (
        plan.institution.name, plan.number, certificate.number, candidate.masked_number[-4:], candidate.document_number,
        NAME, "shanzhixing", "szx", "善知行", draw.code,
    )  # fmt: skip
    for seat in (
        world.a_seat(Role.CENTRE_REVIEWER, at=world.BAODING),
        world.a_seat(Role.ADMINISTRATOR, at=world.PROVINCE),
        world.a_seat(Role.CLERK, institution=world.an_applicant(name="旁边的一家企业")),
    ):
        client = client_of(seat)
        for words in asked:
            assert "没有找到" in found(client, words)


def test_page_and_api_say_the_same(certified: Any, client_of: Any) -> None:
    client = client_of(world.a_seat(Role.CENTRE_REVIEWER))
    for words in (NAME, "szx", certified.batch.plan.number, "没有这样的名字", "x"):
        text = found(client, words)
        answer = client.post("/api/search", {"q": words}, content_type="application/json")
        assert answer.status_code == 200
        groups = answer.json()
        for group in groups:
            for hit in group["hits"]:
                assert hit["title"] in text
                assert f">{hit['reason']}<" in text
        assert ("没有找到" in text) == (not groups and len(words) > 1)


def test_an_objection_is_found_by_its_code_and_by_a_word_of_it(client_of: Any) -> None:
    sheet = world_after.a_sheet_on_notice()
    objection = world_after.objected(sheet)
    client = client_of(world.a_seat(Role.CENTRE_REVIEWER))
    address = reverse("objection_case", kwargs={"pk": objection.pk})
    assert address in found(client, objection.code)
    assert address in found(client, objection.text[:4])
    stranger = client_of(world.a_seat(Role.CENTRE_REVIEWER, at=world.BAODING))
    assert "没有找到" in found(stranger, objection.code)


def test_page_and_api_ask_the_same_finders() -> None:
    assert {each.finder for each in searches()} == set(FINDERS)


def test_a_paper_is_found_by_its_number_and_its_addressee(province: Any, client_of: Any) -> None:
    filing = world.an_accepted_filing()
    paper = Paper.objects.order_by("pk").first()
    address = reverse("paper", kwargs={"pk": paper.pk})
    client = client_of(world.a_seat(Role.CENTRE_REVIEWER))
    assert address in found(client, paper.number)
    assert address in found(client, filing.institution.name)
    assert "没有找到" in found(client_of(world.a_seat(Role.CENTRE_REVIEWER, at=world.BAODING)), paper.number)


def test_who_reads_people_out_name_by_name_has_to_wait(certified: Any, client_of: Any) -> None:
    reviewer = world.a_seat(Role.CENTRE_REVIEWER)
    client = client_of(reviewer)
    for _ in range(SEARCHES_PER_HOUR.on(clock.today()) - 2):
        restrain(SEARCH, reviewer)  # what the page and the operation do first
    assert client.post("/api/search", {"q": "没有这样的名字"}, content_type="application/json").status_code == 200
    assert client.post(reverse("search"), {"q": "没有这样的名字"}).status_code == 200
    assert client.post("/api/search", {"q": NAME}, content_type="application/json").status_code == 429
    answer = client.post(reverse("search"), {"q": NAME})
    assert answer.status_code == 429
    assert "单**" not in answer.content.decode()


def test_a_search_asks_the_database_as_often_for_many_as_for_few(client_of: Any) -> None:
    first = world.a_filed_institution(name="示例搜索企业甲", short_name="搜索甲")
    world.a_filed_plan(institution=first, title="示例搜索计划一")
    client = client_of(world.a_seat(Role.CENTRE_REVIEWER))
    found(client, "示例搜索")
    few = queries(lambda: found(client, "示例搜索"))
    world.an_applicant(name="示例搜索企业乙", short_name="搜索乙")
    world.a_filed_plan(institution=first, title="示例搜索计划二", held_on=world.a_working_day(14))
    assert queries(lambda: found(client, "示例搜索")) == few


def test_no_name_stands_in_an_address(certified: Any, client_of: Any) -> None:
    """What is searched for goes into no history and no log of a machine between: an address with it finds nothing."""
    client = client_of(world.a_seat(Role.CENTRE_REVIEWER))
    assert "单**" not in client.get(reverse("search"), {"q": NAME}).content.decode()
    assert client.get("/api/search", {"q": NAME}).status_code == 405
    page = client.get(reverse("desk")).content.decode()
    assert re.search(r'<form class="search"[^>]* method="post"', page)
