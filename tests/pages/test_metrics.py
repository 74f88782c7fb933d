"""`/metrics` is for whoever is named, and tells figures only: no person, no case, no address."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client, override_settings
from prometheus_client.parser import text_string_to_metric_families

from hengjian.authorities.acts.accounts import close_account, restore_account
from hengjian.authorities.models import Account
from hengjian.environment import Environment
from hengjian.kernel import sealer
from hengjian.kernel.actor import CLOCK, OPERATOR
from hengjian.kernel.refusal import Refused
from hengjian.trusted import Trusted
from tests.ground import the_user
from tests.kernel.places import offices

pytestmark = pytest.mark.django_db
TOKEN = "t" * 40


def figures(client: Client, **headers: str) -> dict[str, float]:
    """Name (with labels) → value."""
    answer = client.get("/metrics", headers=headers)
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/plain")
    found: dict[str, float] = {}
    for family in text_string_to_metric_families(answer.content.decode()):
        for sample in family.samples:
            found[f"{sample.name}{sorted(sample.labels.values())}" if sample.labels else sample.name] = sample.value
    return found


def allowed(**given: Any) -> override_settings:
    return override_settings(**{"METRICS_TOKEN": TOKEN, **given})


def test_nobody_may_read_it_until_somebody_is_named(client: Client) -> None:
    for headers in ({}, {"Authorization": "Bearer "}, {"Authorization": "Bearer x"}, {"X-Forwarded-For": "127.0.0.1"}):
        assert client.get("/metrics", headers=headers).status_code == 404


@pytest.mark.parametrize(
    "said", ["", "Bearer", "Bearer ", f"Bearer {TOKEN}x", f"Bearer {TOKEN[1:]}", "Bearer é", TOKEN[:-1]]
)
def test_a_wrong_token_finds_nothing(client: Client, said: str) -> None:
    with allowed():
        assert client.get("/metrics", headers={"Authorization": said}).status_code == 404
        assert figures(client, Authorization=f"Bearer {TOKEN}")


def test_a_named_address_may_read_and_a_header_makes_nobody_one(client: Client) -> None:
    with override_settings(METRICS_FROM=Trusted.read("10.1.0.0/16")):
        assert client.get("/metrics", headers={"X-Forwarded-For": "10.1.2.3"}).status_code == 404
        assert client.get("/metrics", REMOTE_ADDR="10.1.2.3").status_code == 200
        assert client.get("/metrics", REMOTE_ADDR="10.2.2.3").status_code == 404


def test_acts_are_counted_by_outcome(client: Client) -> None:
    offices()
    account = Account.objects.get(user=the_user("lin", "演示：林知远"))
    with allowed():
        before = figures(client, Authorization=f"Bearer {TOKEN}")
        close_account(OPERATOR, account, reason="离职，停用账号。")
        with pytest.raises(Refused):
            restore_account(CLOCK, account, reason="时钟不能恢复账号。")
        with pytest.raises(Refused):
            close_account(OPERATOR, account, reason="再停用一次。")
        after = figures(client, Authorization=f"Bearer {TOKEN}")
    told = {
        name: value - before.get(name, 0) for name, value in after.items() if name.startswith("hengjian_acts_total")
    }
    assert {name: value for name, value in told.items() if value} == {
        "hengjian_acts_total['authorities.close_account', 'performed']": 1,
        "hengjian_acts_total['authorities.close_account', 'refused_state']": 1,
        "hengjian_acts_total['authorities.restore_account', 'refused_role']": 1,
    }


def test_wrong_passwords_are_counted(client: Client) -> None:
    offices()
    the_user("lin", "演示：林知远")
    with allowed():
        before = figures(client, Authorization=f"Bearer {TOKEN}")["hengjian_login_failures_total"]
        client.get("/accounts/login/")
        client.post("/accounts/login/", {"login": "lin", "password": "wrong"})
        assert figures(client, Authorization=f"Bearer {TOKEN}")["hengjian_login_failures_total"] == before + 1


def test_the_log_the_jobs_the_files_and_the_database_are_there(client: Client) -> None:
    offices()
    with allowed():
        found = figures(client, Authorization=f"Bearer {TOKEN}")
        assert found["hengjian_log_waiting_entries"] > 0 and "hengjian_log_head_age_seconds" not in found
        sealer.seal()
        found = figures(client, Authorization=f"Bearer {TOKEN}")
    assert found["hengjian_log_waiting_entries"] == 0 and found["hengjian_log_sealed_entries"] > 0
    assert found["hengjian_database_answers"] == 1 and 0 < found["hengjian_database_seconds"] < 60
    assert {
        "hengjian_jobs_waiting",
        "hengjian_stored_files",
        "hengjian_problems",
        "hengjian_log_head_age_seconds",
    } <= found.keys()


def test_it_names_nobody_and_no_place(client: Client) -> None:
    offices()
    the_user("lin", "演示：林知远")
    client.post("/accounts/login/", {"login": "lin", "password": "wrong"})
    with allowed():
        text = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).content.decode()
    assert "lin" not in text.replace("line", "") or not any(f'"{word}' in text for word in ("lin", "演示"))
    assert not any("\u4e00" <= sign <= "\u9fff" for sign in text) and "127.0.0.1" not in text


@pytest.mark.parametrize("written", ["1", "x", "10.0.0.0/99"])
def test_how_many_proxies_is_no_address_to_read_from(written: str) -> None:
    with pytest.raises(SystemExit, match="HENGJIAN_METRICS_FROM"):
        Environment({"HENGJIAN_METRICS_FROM": written}).addresses("HENGJIAN_METRICS_FROM")
    assert Environment({}).addresses("HENGJIAN_METRICS_FROM") == Trusted()
