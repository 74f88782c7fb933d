"""统一身份认证, tried against a provider that is not ours: discovery, authorisation, token and keys are its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from django.contrib.auth.hashers import make_password
from django.test import Client, override_settings
from django.urls import reverse
from django.utils.translation import trans_real
from oidc_provider_mock import User as Identity
from oidc_provider_mock import run_server_in_thread

from hengjian.authorities.acts.own_login import change_password
from hengjian.authorities.holder import Holder
from hengjian.authorities.logins import is_as_committed
from hengjian.authorities.models import Account, Seat, User
from hengjian.authorities.roles import Role
from hengjian.cli.messages import compile_all
from hengjian.kernel.ledger import course_of
from hengjian.kernel.translations import LOCALE
from tests import world

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("in_march", "province"),
    # The provider's own library warns its own authors.
    pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning"),
]


@pytest.fixture(scope="module", autouse=True)
def compiled() -> None:
    """Django reads compiled catalogues, and may have looked for this one before it was there."""
    compile_all(LOCALE)
    trans_real._translations.clear()


PASSWORD = "一个足够长的口令用于测试"
SECONDS = 10


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    with run_server_in_thread(user_claims=[Identity(sub="zhou-of-the-office"), Identity(sub="stranger")]) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def connected(provider: str) -> Iterator[str]:
    app = {
        "provider_id": "office",
        "name": "统一身份认证",
        "client_id": "hengjian",
        "secret": "a-secret-of-the-test",
        "settings": {"server_url": provider},
    }
    with override_settings(SOCIALACCOUNT_PROVIDERS={"openid_connect": {"APPS": [app]}}):
        yield provider


@pytest.fixture
def seat() -> Seat:
    found = world.a_seat(Role.CENTRE_REVIEWER)
    account = Account.objects.get(user=found.user)
    change_password(Holder(account), account, encoded=make_password(PASSWORD))
    return found


def at_the_provider(client: Client, who: str, process: str = "login") -> Any:
    """Go there, say who one is, and come back with what it gave."""
    address = f"{reverse('openid_connect_login', kwargs={'provider_id': 'office'})}?process={process}"
    assert client.get(address).status_code == 200, "a page of ours says where one goes"
    away = client.post(address)
    assert away.status_code == 302, away.content.decode()[:500]
    data = {"sub": who} if who else {"action": "deny"}
    back = requests.post(away["Location"], data=data, allow_redirects=False, timeout=SECONDS)
    found = urlsplit(back.headers["Location"])
    return client.get(f"{found.path}?{found.query}")


def linked(seat: Seat) -> Client:
    client = Client()
    assert client.post(reverse("account_login"), {"login": seat.user.username, "password": PASSWORD}).status_code == 302
    at_the_provider(client, "zhou-of-the-office", "connect")
    return client


def test_an_identity_is_linked_by_an_act_and_signs_in(connected: str, seat: Seat) -> None:
    linked(seat)
    account = Account.objects.get(user=seat.user)
    assert is_as_committed(seat.user_id), "what the provider brought stands in the log"
    assert course_of(account)[0].act == "authorities.record_login_change"
    fresh = Client()
    answer = at_the_provider(fresh, "zhou-of-the-office")
    assert answer["Location"] == "/desk/"
    assert fresh.get("/desk/").status_code == 200


def test_who_is_not_linked_is_not_let_in_and_no_account_is_made(connected: str, seat: Seat) -> None:
    linked(seat)
    before = User.objects.count()
    client = Client()
    answer = at_the_provider(client, "stranger")
    assert "还没有关联账号" in answer.content.decode()
    assert client.get("/desk/").status_code == 302
    assert User.objects.count() == before


def test_an_identity_is_taken_off_by_an_act_and_opens_nothing_more(connected: str, seat: Seat) -> None:
    client = linked(seat)
    social = seat.user.socialaccount_set.get()
    assert client.post(reverse("socialaccount_connections"), {"account": social.pk}).status_code == 302
    assert is_as_committed(seat.user_id)
    assert "还没有关联账号" in at_the_provider(Client(), "zhou-of-the-office").content.decode()


def test_one_identity_stands_for_one_account(connected: str, seat: Seat) -> None:
    linked(seat)
    other = world.a_seat(Role.CENTRE_HEAD)
    account = Account.objects.get(user=other.user)
    change_password(Holder(account), account, encoded=make_password(PASSWORD))
    client = Client()
    client.post(reverse("account_login"), {"login": other.user.username, "password": PASSWORD})
    at_the_provider(client, "zhou-of-the-office", "connect")
    assert not other.user.socialaccount_set.exists()
    assert is_as_committed(other.user_id)


def test_a_deactivated_account_is_not_let_in(connected: str, seat: Seat) -> None:
    from hengjian.authorities.acts.accounts import close_account

    linked(seat)
    close_account(world.a_seat(Role.ADMINISTRATOR), Account.objects.get(user=seat.user), reason="离职，已核实。")
    client = Client()
    at_the_provider(client, "zhou-of-the-office")
    assert client.get("/desk/").status_code == 302


def test_whoever_says_no_there_is_told_so_here(connected: str) -> None:
    answer = at_the_provider(Client(), "")
    assert answer.status_code in (200, 302, 401)
    text = (Client().get(answer["Location"]) if answer.status_code == 302 else answer).content.decode()
    assert "统一身份认证" in text


def test_an_answer_nobody_asked_for_opens_nothing(connected: str, seat: Seat) -> None:
    client = Client()
    address = reverse("openid_connect_callback", kwargs={"provider_id": "office"})
    answer = client.get(f"{address}?code=stolen&state=invented")
    assert answer.status_code < 500
    assert client.get("/desk/").status_code == 302
