"""Acts as JSON: the same refusals, idempotency, tokens and scope as on the pages."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from hengjian.authorities.acts.open_seat import end_seat
from hengjian.authorities.acts.tokens import issue
from hengjian.authorities.roles import Role
from hengjian.authorities.tokens import ApiToken
from hengjian.institutions.models import Filing, Institution
from hengjian.kernel.act import CATALOGUE
from hengjian.kernel.actor import OPERATOR
from hengjian.kernel.acts_catalogue import catalogue
from hengjian.kernel.models import Entry
from tests.world import BAODING, a_seat, a_submitted_filing

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(province):
    return a_seat(Role.CENTRE_REVIEWER)


def call(seat, path: str, body: object = None, **headers: str):
    token = issue(seat, "测试")
    client = Client(headers={"Authorization": f"Bearer {token}", **headers})
    if body is None:
        return client.get(f"/api{path}")
    return client.post(f"/api{path}", json.dumps(body), content_type="application/json")


class TestTokens:
    def test_without_one_nothing_is_told(self, province) -> None:
        assert Client().get("/api/me").status_code == 401
        assert Client(headers={"Authorization": "Bearer nonsense"}).get("/api/institutions").status_code == 401

    def test_only_the_hash_is_kept(self, reviewer) -> None:
        token = issue(reviewer, "对接程序")
        assert token not in str(ApiToken.objects.values_list())
        assert Client(headers={"Authorization": f"Bearer {token}"}).get("/api/me").json()["role"] == "centre_reviewer"

    def test_a_token_ends_with_its_seat(self, reviewer) -> None:
        token = issue(reviewer, "对接程序")
        end_seat(OPERATOR, reviewer, reason="调离，情况属实")
        assert Client(headers={"Authorization": f"Bearer {token}"}).get("/api/me").status_code == 401


class TestSessions:
    def test_a_browser_session_needs_the_csrf_token_to_write(self, reviewer) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(reviewer.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        assert client.get("/api/me").status_code == 200
        answer = client.post("/api/authorities/enact_local_value", "{}", content_type="application/json")
        assert answer.status_code == 403


class TestActs:
    def test_the_refusal_is_the_one_the_button_gives(self, reviewer) -> None:
        filing = a_submitted_filing()
        act = catalogue()["institutions.decide_filing"]
        asked = call(reviewer, f"/institutions/decide_filing/{filing.pk}/why-not").json()
        assert asked["possible"] is False
        assert asked["refusal"]["sentence"] == act.why_not(reviewer, filing).sentence

    def test_performing_answers_the_fact(self, reviewer) -> None:
        filing = a_submitted_filing()
        answer = call(reviewer, f"/institutions/accept_filing/{filing.pk}", {})
        assert answer.status_code == 200, answer.content
        assert answer.json()["act"] == "institutions.accept_filing"
        assert Filing.objects.get(pk=filing.pk).state == "accepted"

    def test_the_same_key_twice_is_one_act(self, reviewer) -> None:
        filing = a_submitted_filing()
        for _ in range(2):
            answer = call(reviewer, f"/institutions/accept_filing/{filing.pk}", {}, **{"Idempotency-Key": "k1"})
            assert answer.status_code == 200
        assert Entry.objects.filter(act="institutions.accept_filing").count() == 1

    def test_a_case_changed_since_it_was_read_answers_409(self, reviewer) -> None:
        filing = a_submitted_filing()
        answer = call(reviewer, f"/institutions/accept_filing/{filing.pk}", {"seen": filing.revision + 5})
        assert answer.status_code == 409
        assert answer.json()["kind"] == "stale"

    def test_an_unknown_field_is_refused_by_name(self, reviewer) -> None:
        filing = a_submitted_filing()
        answer = call(reviewer, f"/institutions/accept_filing/{filing.pk}", {"reasonn": "x"})
        assert answer.status_code == 422
        assert answer.json()["field"] == "reasonn"

    def test_another_city_s_case_does_not_exist(self, reviewer) -> None:
        filing = a_submitted_filing()
        stranger = a_seat(Role.CENTRE_REVIEWER, at=BAODING)
        answer = call(stranger, f"/institutions/accept_filing/{filing.pk}", {})
        missing = call(stranger, "/institutions/accept_filing/99999999", {})
        assert (answer.status_code, answer.content) == (missing.status_code, missing.content) == (404, answer.content)

    def test_lists_show_only_what_the_seat_sees(self, reviewer) -> None:
        a_submitted_filing()
        assert call(reviewer, "/institutions").json()["total"] == Institution.objects.count()
        assert call(a_seat(Role.CENTRE_REVIEWER, at=BAODING), "/institutions").json()["total"] == 0


def test_every_act_a_person_may_perform_has_an_operation_with_a_description() -> None:
    from hengjian.api.operations import performable
    from hengjian.api.routes import load

    paths = load().get_openapi_schema(path_prefix="/api/")["paths"]
    described = {operation["operationId"]: operation for path in paths.values() for operation in path.values()}
    for code, act in CATALOGUE.items():
        if performable(act):
            assert described[code.replace(".", "_")]["summary"] == act.header.title
            assert "办理人" in described[code.replace(".", "_")]["description"]
        else:
            assert code.replace(".", "_") not in described
