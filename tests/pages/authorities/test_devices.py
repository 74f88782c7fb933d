"""Where one is signed in: seen, ended one by one or all others; a new password ends them."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse

from hengjian.authorities.acts.own_login import change_password
from hengjian.authorities.devices import named
from hengjian.authorities.holder import Holder
from hengjian.authorities.models import Account, Seat
from hengjian.authorities.roles import Role
from tests import world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_march", "province")]
PASSWORD, NEW = "一个足够长的口令用于测试", "另一个足够长的口令用于测试"
CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36"
PHONE = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/141.0 Mobile Safari/537.36 MicroMessenger/8.0"


def signed_in(seat: Seat, browser: str, address: str = "192.0.2.7") -> Client:
    client = Client(headers={"User-Agent": browser}, REMOTE_ADDR=address)
    assert client.post(reverse("account_login"), {"login": seat.user.username, "password": PASSWORD}).status_code == 302
    assert client.get("/desk/").status_code == 200
    return client


@pytest.fixture
def seat() -> Seat:
    found = world.a_seat(Role.CENTRE_REVIEWER)
    account = Account.objects.get(user=found.user)
    change_password(Holder(account), account, encoded=make_password(PASSWORD))
    return found


def test_each_device_is_seen_and_ended_alone(seat: Seat) -> None:
    here, there, phone = signed_in(seat, CHROME), signed_in(seat, CHROME), signed_in(seat, PHONE, "192.0.2.9")
    answer = here.get(reverse("devices"))
    lines = answer.context["lines"]
    assert [line.name for line in lines].count("Chrome · Windows") == 2
    assert [line.number for line in lines].count(0) == 1, "the one that asks stands there without a button"
    (found,) = [line for line in lines if line.name == "微信 · Android"]
    assert found.network == "192.0.2.9"
    assert here.post(reverse("devices"), {"end": str(found.number)}).status_code == 302
    assert phone.get("/desk/").status_code == 302
    assert there.get("/desk/").status_code == here.get("/desk/").status_code == 200
    here.post(reverse("devices"), {"others": "1"})
    assert there.get("/desk/").status_code == 302
    assert here.get("/desk/").status_code == 200


def test_nobody_ends_anothers_session_or_by_nonsense(seat: Seat) -> None:
    own = signed_in(seat, CHROME)
    number = signed_in(seat, PHONE).session.session_key and own.get(reverse("devices")).context["lines"][1].number
    stranger = Client()
    stranger.force_login(
        world.a_seat(Role.CENTRE_HEAD).user, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    for sent in (str(number), "x", "-1", "9" * 30):
        assert stranger.post(reverse("devices"), {"end": sent}).status_code == 302
    assert len(own.get(reverse("devices")).context["lines"]) == 2
    assert Client().get(reverse("devices"))["Location"].startswith(reverse("account_login"))


def test_a_new_password_ends_the_other_devices(seat: Seat) -> None:
    here, there = signed_in(seat, CHROME), signed_in(seat, PHONE)
    posted = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert here.post(reverse("account_change_password"), posted).status_code == 302
    assert here.get("/desk/").status_code == 200
    assert there.get("/desk/").status_code == 302


def test_what_a_browser_does_not_say_is_not_made_up() -> None:
    assert named("") == "不明"
    assert named("curl/8.5") == "curl/8.5"
