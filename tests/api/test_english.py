"""The API speaks the reader's language: its document, its lists, its problems; Chinese unless English is asked for."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from hengjian.api.routes import load
from hengjian.authorities.acts.tokens import issue
from hengjian.authorities.models import Seat
from hengjian.authorities.roles import Role
from hengjian.cli.messages import compile_all
from hengjian.kernel.acts_catalogue import catalogue
from hengjian.kernel.rule import RULES
from hengjian.kernel.translations import LOCALE
from hengjian.kernel.words import IDEOGRAPH, speaking
from tests.house.test_messages import TYPED
from tests.pages.test_english_everywhere import CHINESE, seats, stored  # noqa: F401 - a fixture

pytestmark = pytest.mark.once

SAID = ("title", "summary", "description")


def texts(value: Any, name: str = "") -> list[tuple[str, str]]:
    """(key, text) of everything below."""
    if isinstance(value, dict):
        return [found for key, item in value.items() for found in texts(item, str(key))]
    if isinstance(value, list | tuple):
        return [found for item in value for found in texts(item, name)]
    return [(name, value)] if isinstance(value, str) else []


def clauses() -> str:
    return "\n".join([*(act.header.clause for act in catalogue().values()), *(rule.clause for rule in RULES.values())])


class TestTheDocument:
    def test_in_english_nothing_is_chinese_but_the_titles_of_the_law(self) -> None:
        compile_all(LOCALE)
        with speaking("en"):
            document = load().get_openapi_schema()
        said = [text for name, text in texts(document) if name in SAID]
        assert len(said) > 1000
        law = "\n".join([clauses(), *TYPED])
        left = {run: text[:90] for text in said for run in CHINESE.findall(text) if run not in law}
        assert not left, left

    def test_in_chinese_every_operation_argument_and_answer_is_said_in_chinese(self) -> None:
        with speaking("zh-hans"):
            document = load().get_openapi_schema()
        for path, operations in document["paths"].items():
            for verb, operation in operations.items():
                assert IDEOGRAPH.search(operation["summary"]), (verb, path)
                assert all(IDEOGRAPH.search(answer["description"]) for answer in operation["responses"].values())
        for name, shape in document["components"]["schemas"].items():
            assert IDEOGRAPH.search(shape.get("description", "一")), name

    def test_an_argument_carries_the_label_of_the_form(self) -> None:
        with speaking("en"):
            (field,) = [
                shape["properties"]["reason"]
                for name, shape in load().get_openapi_schema()["components"]["schemas"].items()
                if name == "AuthoritiesEndSeat"
            ]
        assert field["description"] == "Reason for ending"

    def test_the_address_answers_in_the_language_asked_for(self, client: Client, db: None) -> None:
        chinese = client.get("/api/openapi.json", headers={"accept-language": "zh-CN"}).json()["info"]["description"]
        english = client.get("/api/openapi.json", headers={"accept-language": "en"}).json()["info"]["description"]
        assert IDEOGRAPH.search(chinese)
        assert not IDEOGRAPH.search(english)


def reads() -> list[tuple[str, str]]:
    """(address, its `{id}` filled from the list before it or not) of every reading operation."""
    return [
        (path, operation["operationId"])
        for path, operations in load().get_openapi_schema(path_prefix="/api/")["paths"].items()
        if (operation := operations.get("get")) is not None
    ]


@pytest.mark.django_db
def test_no_read_answers_chinese_but_names_and_data(seats: list[Seat]) -> None:  # noqa: F811
    """Every reading operation and every `why-not`, from every kind of seat; foreign numbers answer their problem."""
    corpus = "\n".join(stored())
    ours: dict[str, str] = {}
    read = 0
    for seat in seats:
        headers = {"accept-language": "en"}
        if Role(seat.role) is not Role.SUPERVISOR:
            headers["authorization"] = f"Bearer {issue(seat, 'reads')}"
        client = Client(headers=headers)
        for path, _ in reads():
            for number in ("1", "999999") if "{" in path else ("",):
                answer = client.get(path.replace("{id}", number).replace("{int:id}", number))
                read += answer.status_code == 200
                said = [text for _, text in texts(json.loads(answer.content))]
                for run in {run for text in said for run in CHINESE.findall(text)}:
                    if run not in corpus:
                        ours.setdefault(run, f"{path} ({seat.role})")
    assert read > 100
    assert not ours, "\n".join(f"{run}  {where}" for run, where in ours.items())


@pytest.mark.django_db
def test_a_refused_argument_is_called_by_its_label(seats: list[Seat]) -> None:  # noqa: F811
    seat = next(seat for seat in seats if seat.role == Role.ADMINISTRATOR)
    token = issue(seat, "对接程序")
    sentences = {}
    for language in ("zh-hans", "en"):
        client = Client(headers={"authorization": f"Bearer {token}", "accept-language": language})
        answer = client.post(f"/api/authorities/end_seat/{seat.pk}", json.dumps({}), content_type="application/json")
        assert answer.status_code == 422
        assert answer.json()["field"] == "reason"
        sentences[language] = answer.json()["sentence"]
    assert sentences == {"zh-hans": "“撤销原因”请填写。", "en": sentences["en"]}
    assert "Reason for ending" in sentences["en"]
    assert not IDEOGRAPH.search(sentences["en"])
