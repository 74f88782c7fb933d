"""Certificates for issuer and office: the list, one with its origin, the printed sheet, putting online, revoking."""

from __future__ import annotations

import re
from typing import Any

import pytest

from hengjian.certificates.models import Certificate
from tests.law.enacted import enacted, in_force
from tests.pages.reading import queries, read
from tests.pages.stage import Stage, stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Stage:
    return stage().certified(online=False)


def first(made: Stage) -> Certificate:
    found: Certificate = Certificate.objects.filter(score__sheet=made.sheet).order_by("pk")[0]
    return found


@pytest.mark.parametrize("role", ["clerk", "responsible", "reviewer", "head"])
def test_those_concerned_read_list_and_certificate(role: str, made: Stage, client_of: Any, at: Any) -> None:
    at("2026-10-14T09:00")
    client = client_of(made.roles[role])
    assert first(made).number[-6:] in read(client, "/certificates/")
    page = read(client, f"/certificates/{first(made).pk}/")
    assert "公示 5 个工作日" in page and first(made).document_number not in page


@pytest.mark.parametrize("role", ["foreign", "supervisor"])
def test_strangers_find_nothing(role: str, made: Stage, client_of: Any, at: Any) -> None:
    at("2026-10-14T09:00")
    client = client_of(made.roles[role])
    read(client, f"/certificates/{first(made).pk}/", 404)
    read(client, f"/certificates/{first(made).pk}/paper/", 404)
    assert first(made).number not in read(client, "/certificates/").replace("</span> <span>", "")


def test_the_issuer_prints_the_whole_with_a_code_and_the_office_does_not(made: Stage, client_of: Any, at: Any) -> None:
    at("2026-10-14T09:00")
    found = first(made)
    page = read(client_of(made.responsible), f"/certificates/{found.pk}/paper/")
    assert found.name in page and found.document_number in page and "--" in page
    assert "<svg" in page and f"/check/{found.number}/" in page and "三级 / 高级工" in page
    read(client_of(made.reviewer), f"/certificates/{found.pk}/paper/", 404)


def test_the_sheet_has_the_fields_of_the_law_and_none_without_a_place(made: Stage, client_of: Any, at: Any) -> None:
    at("2026-10-14T09:00")
    client, address = client_of(made.responsible), f"/certificates/{first(made).pk}/paper/"
    page = read(client, address)
    labels = re.findall(r"<dt>(.*?)</dt>", page[page.index("<article") : page.index("</article>")])
    assert labels == [name for name in in_force("certificates.required_fields") if name in labels]
    assert "证件类型" in labels and "居民身份证" in page and "特发此证" in page and "省级查询网址" in page
    required = in_force("certificates.required_fields")
    with enacted("certificates.required_fields", tuple(name for name in required if name != "证件类型")):
        assert "证件类型" not in read(client, address)
    with enacted("certificates.optional_fields", ()):
        assert "省级查询网址" not in read(client, address)
    with enacted("certificates.required_fields", (*required, "血型")):
        page = read(client, address)
    assert "“血型”在本系统的证书上没有位置" in page and "<article" not in page


def test_the_reviewer_puts_the_picked_ones_online_and_the_institution_cannot(
    made: Stage, client_of: Any, at: Any
) -> None:
    at("2026-10-14T09:00")
    client = client_of(made.reviewer)
    page = read(client, "/certificates/?state=offline")
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key is not None and 'name="certificate"' in page
    client.post("/certificates/online/", {"key": key[1], "certificate": [first(made).pk]})
    assert Certificate.objects.filter(online_on__isnull=False).count() == 1
    assert 'name="certificate"' not in read(client_of(made.responsible), "/certificates/")
    answer = client_of(made.responsible).post("/certificates/online/", {"key": "k" * 32, "all": "1"})
    assert answer.status_code == 409 and Certificate.objects.filter(online_on__isnull=False).count() == 1


def test_all_that_wait_go_online_at_once(made: Stage, client_of: Any, at: Any) -> None:
    at("2026-10-14T09:00")
    client_of(made.reviewer).post("/certificates/online/", {"key": "k" * 32, "all": "1"})
    assert not Certificate.objects.filter(online_on__isnull=True).exists()


def test_revoking_asks_for_one_of_the_grounds(made: Stage, client_of: Any, at: Any) -> None:
    from hengjian.certificates.policies import REVOCATION_GROUNDS

    at("2026-10-14T09:00")
    page = read(client_of(made.responsible), f"/do/certificates.revoke_certificate/{first(made).pk}/")
    for ground in REVOCATION_GROUNDS.on(first(made).issued_on):
        assert ground in page


def test_the_list_costs_the_same_for_few_and_for_many(client_of: Any, at: Any) -> None:
    few = stage(candidates=6).certified()
    at("2026-10-14T09:00")
    client = client_of(few.reviewer)
    client.get("/certificates/")
    one = queries(lambda: client.get("/certificates/"))
    stage(candidates=60).certified()
    assert queries(lambda: client.get("/certificates/")) == one
