"""The last four characters of a known number do not come out by trying: by page, by table or by the API."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from hengjian.certificates.models import Certificate
from hengjian.kernel import restraint
from tests.pages.stage import Stage, stage

pytestmark = pytest.mark.django_db
MOST_ASKED, MOST_MISSED = 20, 10


@pytest.fixture
def found() -> Certificate:
    made: Stage = stage().certified()
    return Certificate.objects.filter(score__sheet=made.sheet).order_by("pk")[0]


def wrong_tails(right: str) -> list[str]:
    return [tail for tail in (f"{place:04d}" for place in range(9_999)) if tail != right]


def by_page(number: str, who: str, address: str = "192.0.2.7") -> Any:
    return Client(REMOTE_ADDR=address).post("/check/", {"number": number, "who": who})


def by_address_printed(number: str, who: str, address: str = "192.0.2.7") -> Any:
    return Client(REMOTE_ADDR=address).post(f"/check/{number}/", {"who": who})


def by_api(number: str, who: str, address: str = "192.0.2.7") -> Any:
    item = {"tail": who} if who[:3].isdigit() else {"name": who}
    body = json.dumps({"number": number, **item})
    return Client(REMOTE_ADDR=address).post("/api/certificates/check", body, content_type="application/json")


@pytest.mark.parametrize("ask", [by_page, by_address_printed, by_api])
def test_the_published_twenty_a_minute_is_what_is_answered(found: Certificate, ask: Any) -> None:
    answers = [ask(found.number, found.name) for _ in range(MOST_ASKED + 3)]
    assert [answer.status_code for answer in answers] == [200] * MOST_ASKED + [429] * 3
    assert int(answers[-1]["Retry-After"]) > 0


def test_page_and_api_are_one_count(found: Certificate) -> None:
    for place in range(MOST_ASKED):
        assert (by_api if place % 2 else by_page)(found.number, found.name).status_code == 200
    assert by_page(found.number, found.name).status_code == by_api(found.number, found.name).status_code == 429


def test_the_page_keeps_what_was_typed_and_says_when_to_come_again(found: Certificate) -> None:
    for _ in range(MOST_ASKED):
        by_page(found.number, found.name)
    shown = by_page(found.number, "苗思齐").content.decode()
    assert found.number in shown and "苗思齐" in shown and "每分钟最多核验证书 20 次" in shown


@pytest.mark.parametrize("ask", [by_page, by_api])
def test_misses_are_counted_for_the_certificate_wherever_they_come_from(found: Certificate, ask: Any) -> None:
    right = found.document_number[-4:]
    for place, tail in enumerate(wrong_tails(right)[:MOST_MISSED]):
        assert ask(found.number, tail, f"198.51.100.{place}").status_code in (404, 422)
    assert ask(found.number, right, "203.0.113.9").status_code == 429  # the right one opens nothing any more
    assert ask(found.number, found.name, "203.0.113.9").status_code == 200  # the holder is not shut out


def test_a_table_may_not_try_one_number_with_many_items(found: Certificate) -> None:
    spaced = f"{found.number[:4]} {found.number[4:]}".lower()
    answer = Client().post("/check/batch/", {"lines": f"{found.number}\t0001\n{spaced}\t0002"})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "第二项却不相同" in shown and "0002" in shown


def test_tables_do_not_carry_guesses_across_requests(found: Certificate) -> None:
    right = found.document_number[-4:]
    for tail in wrong_tails(right)[:MOST_MISSED]:
        assert Client().post("/check/batch/", {"lines": f"{found.number}\t{tail}"}).status_code == 200
    shown = Client().post("/check/batch/", {"lines": f"{found.number}\t{right}"}).content.decode()
    assert "暂不核验" in shown and "真实有效" not in shown.replace("真实有效</span>", "")


def test_tables_are_restrained_too(found: Certificate) -> None:
    answers = [Client().post("/check/batch/", {"lines": f"{found.number}\t{found.name}"}) for _ in range(21)]
    assert [answer.status_code for answer in answers] == [200] * 20 + [429]
    assert found.number in answers[-1].content.decode()


def test_why_not_and_receipts_and_the_register_are_restrained(found: Certificate) -> None:
    score = found.score_id
    answers = [Client().get(f"/api/results/object_to_result/{score}/why-not").status_code for _ in range(25)]
    assert answers[-1] in (404, 429)
    many = [Client().get("/register/").status_code for _ in range(121)]
    assert many[:120] == [200] * 120 and many[120] == 429


def test_nothing_kept_tells_which_certificate_was_asked_for(found: Certificate) -> None:
    by_page(found.number, "0000")
    rows = restraint.RestraintCount.objects.order_by("pk").values_list()
    assert rows and found.number not in repr(list(rows))
