"""Wrong passwords slow down who tries them; nobody's five wrong passwords keep the owner out."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from hengjian.authorities.acts.own_login import change_password
from hengjian.authorities.logging_in import DEVICE
from hengjian.authorities.models import User
from hengjian.kernel import restraint
from hengjian.kernel.actor import OPERATOR
from tests.world import Province, an_account

pytestmark = pytest.mark.django_db
RIGHT = "right-horse-battery-1"
OWNER, STRANGER = "192.0.2.7", "198.51.100.4"


@pytest.fixture
def owner(province: Province) -> User:
    account = an_account("qin-yi", "秦一")
    change_password(OPERATOR, account, encoded=make_password(RIGHT))
    return User.objects.get(pk=account.user_id)


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> Any:
    now = [1_780_000_000.0]
    monkeypatch.setattr(restraint, "_time", lambda: now[0])
    return lambda seconds: now.__setitem__(0, now[0] + seconds)


def tried(password: str, address: str, client: Client | None = None, name: str = "qin-yi") -> Any:
    client = client or Client()
    return client.post("/accounts/login/", {"login": name, "password": password}, REMOTE_ADDR=address)


def test_a_stranger_is_slowed_down_and_the_owner_signs_in(owner: User, moment: Any) -> None:
    answers = [tried("wrong", STRANGER).status_code for _ in range(8)]
    assert answers == [200] * 3 + [429] * 5
    held = tried(RIGHT, STRANGER)
    assert held.status_code == 429 and int(held["Retry-After"]) > 0
    assert "账号没有被锁" in held.content.decode()
    assert tried(RIGHT, OWNER).status_code == 302


def test_the_longer_somebody_tries_the_longer_it_takes(owner: User, moment: Any) -> None:
    made = 0
    for _ in range(60):
        made += sum(tried("wrong", STRANGER).status_code == 200 for _ in range(3))
        moment(60)
    assert made <= 10 + 1


def test_from_many_networks_only_a_device_the_owner_has_used_gets_in(owner: User, moment: Any) -> None:
    device = Client()
    assert tried(RIGHT, OWNER, device).status_code == 302
    assert device.cookies[DEVICE]["httponly"]
    mark = device.cookies[DEVICE].value
    for network in range(100):
        tried("wrong", f"203.0.113.{network}")
    assert tried(RIGHT, "203.0.113.200").status_code == 429
    kept = Client()
    kept.cookies[DEVICE] = mark
    assert tried(RIGHT, OWNER, kept).status_code == 302


def test_who_shares_the_owners_network_does_not_hold_the_owners_device_up(owner: User, moment: Any) -> None:
    device = Client()
    tried(RIGHT, OWNER, device)
    for _ in range(5):
        tried("wrong", OWNER)
    kept = Client()
    kept.cookies[DEVICE] = device.cookies[DEVICE].value
    assert tried(RIGHT, OWNER, kept).status_code == 302


def test_a_known_device_may_not_try_without_end_either(owner: User, moment: Any) -> None:
    device = Client()
    tried(RIGHT, OWNER, device)
    kept = Client()
    kept.cookies[DEVICE] = device.cookies[DEVICE].value
    assert [tried("wrong", OWNER, kept).status_code for _ in range(5)] == [200] * 3 + [429] * 2


def test_a_made_up_device_is_no_device(owner: User, moment: Any) -> None:
    for network in range(100):
        tried("wrong", f"203.0.113.{network}")
    forged = Client()
    forged.cookies[DEVICE] = "abc~def:1:forged"
    assert tried(RIGHT, OWNER, forged).status_code == 429


def test_an_account_that_does_not_exist_is_held_up_like_one_that_does(owner: User, moment: Any) -> None:
    here = [tried("wrong", STRANGER, name="qin-yi").status_code for _ in range(5)]
    there = [tried("wrong", OWNER, name="nobody").status_code for _ in range(5)]
    assert here == there


def test_one_network_does_not_try_every_account(owner: User, moment: Any) -> None:
    answers = [tried("wrong", STRANGER, name=f"account-{place}").status_code for place in range(62)]
    assert answers == [200] * 60 + [429] * 2


def test_asking_for_a_new_password_is_restrained(moment: Any) -> None:
    answers = [Client().post("/accounts/password/reset/", {"email": "a@example.org"}).status_code for _ in range(7)]
    assert answers[5:] == [429, 429] and 429 not in answers[:5]
