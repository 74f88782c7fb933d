"""Occupations and standards: what is in the catalogue, which version holds, and who may change it (R2, R3)."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from hengjian.authorities.roles import Role
from hengjian.occupations.models import Occupation, Standard
from tests import world
from tests.law.enacted import enacted
from tests.pages.reading import queries, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def province_client(province: world.Province, client_of: Any) -> Any:
    return client_of(world.a_seat(Role.PROVINCE_OFFICER, at=world.PROVINCE))


def test_an_occupation_is_found_by_name_and_by_code(province_client: Any) -> None:
    for words in ("焊工", "6-18-02"):
        text = read(province_client, f"{reverse('occupations')}?q={words}")
        assert "焊工" in text
        assert "养老护理员" not in text


def test_the_province_adds_an_occupation_and_sees_it_at_once(province_client: Any) -> None:
    address = reverse("open_case", kwargs={"code": "occupations.add_occupation"})
    assert address in read(province_client, reverse("occupations"))
    posted = {
        "key": "o",
        "occupation_code": "6-31-99-99",
        "name": "示例智能运维员 S",
        "valid_from": world.a_working_day(1).isoformat(),
        "basis": "示例公告",
        "small_name": "示例小类",
    }
    answer = province_client.post(address, posted, follow=True)
    added = Occupation.objects.get(code="6-31-99-99")
    assert answer.redirect_chain[-1][0] == reverse("occupation", kwargs={"pk": added.pk})
    assert "数字职业" in answer.content.decode()


def test_an_occupation_outside_the_major_classes_assessed_is_told_and_not_refused(province_client: Any) -> None:
    address = reverse("occupation", kwargs={"pk": Occupation.objects.get(code=world.WELDER).pk})
    for classes, told in ((("3", "4", "5", "6"), False), (("3", "4", "5"), True)):
        with enacted("occupations.major_classes", classes):
            assert ("不在可评价的职业大类" in read(province_client, address)) is told
            assert (
                "不在可评价的职业大类" in read(province_client, f"{reverse('occupations')}?q={world.WELDER}")
            ) is told


def test_only_the_province_is_offered_changes(province: world.Province, client_of: Any) -> None:
    occupation = Occupation.objects.get(code=world.WELDER)
    end = reverse("perform", kwargs={"code": "occupations.end_occupation", "pk": occupation.pk})
    shown = reverse("occupation", kwargs={"pk": occupation.pk})
    assert end in read(client_of(world.a_seat(Role.PROVINCE_OFFICER, at=world.PROVINCE)), shown)
    reviewer = client_of(world.a_seat(Role.CENTRE_REVIEWER))
    assert end not in read(reviewer, shown)
    read(reviewer, end, status=404)


def test_both_versions_of_a_replaced_standard_stay_on_the_page(province_client: Any) -> None:
    standard = Standard.objects.get(occupation_code=world.WELDER)
    perform = reverse("perform", kwargs={"code": "occupations.replace_standard", "pk": standard.pk})
    assert standard.title in read(province_client, perform)
    posted = {
        "key": "r",
        "seen": str(standard.revision),
        "edition": "示例新版",
        "issued_on": world.clock.today().isoformat(),
        "levels": "54321",
    }
    assert province_client.post(perform, posted).status_code == 302
    text = read(province_client, reverse("standard", kwargs={"pk": standard.pk}))
    for words in ("示例新版", standard.version, "现行", "被代替"):
        assert words in text


def test_suggestions_are_given_for_words_and_none_for_nothing(province_client: Any) -> None:
    address = reverse("occupation_options")
    assert province_client.get(address).json() == {"options": []}
    assert [option["value"] for option in province_client.get(address + "?q=焊").json()["options"]] == [world.WELDER]


def test_the_list_asks_the_database_as_often_for_one_row_as_for_all(province_client: Any) -> None:
    address = reverse("occupations")
    province_client.get(address)
    one = queries(lambda: province_client.get(address + "?q=焊工"))
    assert queries(lambda: province_client.get(address)) == one
