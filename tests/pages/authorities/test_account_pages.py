"""Accounts, links and tokens on their pages: opened, shown once, used, ended; what is recorded when a holder changes a log-in."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse

from hengjian.authorities.acts.own_login import change_password
from hengjian.authorities.holder import Holder
from hengjian.authorities.logins import is_as_committed
from hengjian.authorities.models import Account, Seat, User
from hengjian.authorities.roles import Role
from hengjian.authorities.tokens import ApiToken
from hengjian.kernel import clock
from hengjian.kernel.ledger import course_of
from hengjian.kernel.verification import verify
from hengjian.web.closed import CLOSED
from tests import world
from tests.pages.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_march", "province")]
PASSWORD, NEW = "一个足够长的口令用于测试", "另一个足够长的口令用于测试"


def form(**change: str) -> dict[str, str]:
    number = next(world.numbers)
    given = {
        "key": f"k{number}",
        "username": f"jiang{number}",
        "name": "江月白",
        "identity_number": world.an_identity_number(number),
        "phone": f"137{number:08d}",
        "office_id": str(world.a_province().office(world.TANGSHAN).pk),
    }
    return given | change


def the_link(page: str) -> str:
    found = re.search(r"/password-link/[\w-]+/", page)
    assert found is not None
    return found[0]


def signed_in(seat: Seat) -> Client:
    """A client signed in with a password, and a moment ago."""
    account = Account.objects.get(user=seat.user)
    change_password(Holder(account), account, encoded=make_password(PASSWORD))
    client = Client()
    assert client.post(reverse("account_login"), {"login": seat.user.username, "password": PASSWORD}).status_code == 302
    assert client.post(reverse("account_reauthenticate"), {"password": PASSWORD}).status_code == 302
    return client


def test_an_account_is_opened_its_link_shown_once_and_the_password_set_with_it(client_of: Any) -> None:
    administrator = client_of(world.a_seat(Role.ADMINISTRATOR))
    address = reverse("open_account")
    assert 'name="link_digest"' not in read(administrator, address)
    posted = form()
    answer = administrator.post(address, posted)
    assert answer.status_code == 200
    link = the_link(answer.content.decode())
    account = Account.objects.get(user__username=posted["username"])
    shown = read(administrator, reverse("account", kwargs={"pk": account.pk}))
    assert link not in shown
    assert posted["identity_number"] not in shown
    anybody = Client()
    assert posted["username"] in read(anybody, link)
    weak = anybody.post(link, {"password1": "short", "password2": "short"})
    assert weak.status_code == 422
    assert "至少 12 位" in weak.content.decode()
    assert anybody.post(link, {"password1": NEW, "password2": "x"}).status_code == 422
    assert anybody.post(link, {"password1": NEW, "password2": NEW})["Location"] == reverse("account_login")
    assert anybody.get(link).status_code == 404, "a link opens once"
    entered = anybody.post(reverse("account_login"), {"login": posted["username"], "password": NEW})
    assert entered["Location"] == "/desk/"


def test_a_second_account_for_the_same_person_is_refused_at_the_field_and_nothing_is_lost(client_of: Any) -> None:
    administrator = client_of(world.a_seat(Role.ADMINISTRATOR))
    first = form()
    administrator.post(reverse("open_account"), first)
    answer = administrator.post(reverse("open_account"), form(identity_number=first["identity_number"]))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "这个身份证件号码已有账号" in text
    assert first["identity_number"] in text


def test_a_link_ends_by_the_policy(client_of: Any) -> None:
    administrator = client_of(world.a_seat(Role.ADMINISTRATOR))
    link = the_link(administrator.post(reverse("open_account"), form()).content.decode())
    with clock.at("2026-03-05T09:01"):
        assert Client().get(link).status_code == 404


def test_a_reset_shows_a_new_link_and_ends_the_session(client_of: Any) -> None:
    clerk = world.a_seat(Role.CLERK, institution=world.an_applicant())
    client = signed_in(clerk)
    assert client.get("/desk/").status_code == 200
    account = Account.objects.get(user=clerk.user)
    administrator = client_of(world.a_seat(Role.ADMINISTRATOR))
    address = reverse("reset_password", kwargs={"pk": account.pk})
    assert address in read(administrator, reverse("account", kwargs={"pk": account.pk}))
    answer = administrator.post(address, {"key": "r", "seen": str(account.revision), "reason": "本人到场，已核实。"})
    assert the_link(answer.content.decode())
    assert client.get("/desk/").status_code == 302


def test_only_administrators_of_the_area_see_accounts(client_of: Any) -> None:
    account = Account.objects.get(user=world.a_seat(Role.CENTRE_REVIEWER).user)
    address = reverse("account", kwargs={"pk": account.pk})
    read(client_of(world.a_seat(Role.ADMINISTRATOR)), address)
    for other in (world.a_seat(Role.ADMINISTRATOR, at=world.BAODING), world.a_seat(Role.CENTRE_HEAD)):
        read(client_of(other), address, status=404)
    read(client_of(world.a_seat(Role.CENTRE_HEAD)), reverse("account_list"), status=404)
    assert account.user.username in read(client_of(world.a_seat(Role.ADMINISTRATOR)), reverse("account_list"))


def test_a_token_is_shown_once_works_shows_its_last_use_and_is_ended(client_of: Any) -> None:
    client = client_of(world.a_seat(Role.CENTRE_REVIEWER))
    assert 'name="digest"' not in read(client, reverse("open_token"))
    answer = client.post(reverse("open_token"), {"key": "t", "label": "业务系统", "scope": ["read"]})
    found = re.search(r"hj_[\w-]{40,}", answer.content.decode())
    assert found is not None
    token = ApiToken.objects.get()
    listed = read(client, reverse("token_list"))
    assert "业务系统" in listed
    assert "从未使用" in listed
    assert found[0] not in listed
    program = Client(headers={"Authorization": f"Bearer {found[0]}"})
    assert program.get("/api/me").json()["role"] == "centre_reviewer"
    assert "从未使用" not in read(client, reverse("token", kwargs={"pk": token.pk}))
    ended = client.post(f"/do/authorities.end_token/{token.pk}/", {"key": "e", "seen": "1", "reason": "系统停用。"})
    assert ended.status_code == 302
    assert program.get("/api/me").status_code == 401


def test_the_api_is_explained_to_everybody(client_of: Any) -> None:
    for client in (Client(), client_of(world.a_seat(Role.CENTRE_REVIEWER))):
        text = read(client, reverse("api_guide"))
        assert "Authorization: Bearer" in text
        assert "/api/institutions/accept_filing/{id}" in text


def test_every_example_of_the_api_page_reads_and_can_be_sent(client_of: Any) -> None:
    """What the page shows for a shell is what the API answers; nothing that writes can be tried."""
    client = client_of(world.a_seat(Role.CENTRE_REVIEWER))
    groups = client.get(reverse("api_guide")).context["groups"]
    lines = [line for group in groups for line in group.lines]
    tried = [line for line in lines if line.example]
    assert {line.method for line in tried} == {"GET"}
    assert not [line for line in lines if line.method == "GET" and not line.example]
    for line in tried:
        found = re.search(r'"http://testserver(/api/[^"]*)"', line.example)
        assert found is not None, line.example
        assert client.get(found[1]).status_code in (200, 404, 422), line.example  # 422: what is searched for is missing
        assert ("Authorization" in line.example) != line.open
    assert len(tried) > 25


class TestWhatAHolderChanges:
    def test_a_password_changes_by_an_act(self) -> None:
        seat = world.a_seat(Role.CENTRE_REVIEWER)
        client = signed_in(seat)
        posted = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
        assert client.post(reverse("account_change_password"), posted).status_code == 302
        account = Account.objects.get(user=seat.user)
        assert course_of(account)[0].act == "authorities.change_password"
        assert User.objects.get(pk=seat.user_id).check_password(NEW)
        assert [item for item in verify().differences if item.table.startswith("authorities")] == []

    def test_a_factor_is_set_up_and_taken_off_by_acts(self) -> None:
        seat = world.a_seat(Role.CENTRE_REVIEWER)
        client = signed_in(seat)
        secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
        code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
        assert client.post(reverse("mfa_activate_totp"), {"code": code}).status_code == 302
        account = Account.objects.get(user=seat.user)
        fact: Any = course_of(account)[0].fact
        assert sorted(fact.added) == ["动态口令", "备用验证码"]
        assert is_as_committed(seat.user_id)
        assert client.post(reverse("mfa_deactivate_totp")).status_code == 302
        fact = course_of(account)[0].fact
        assert sorted(fact.removed) == ["动态口令", "备用验证码"]
        assert is_as_committed(seat.user_id)

    def test_what_was_changed_by_hand_is_not_taken_over_by_the_next_change(self) -> None:
        seat = world.a_seat(Role.CENTRE_REVIEWER)
        client = signed_in(seat)
        secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
        User.objects.filter(pk=seat.user_id).update(is_superuser=True)
        code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
        assert client.post(reverse("mfa_activate_totp"), {"code": code}).status_code == 409
        assert not is_as_committed(seat.user_id)


class TestWhatTheLibraryWouldShow:
    def test_nobody_signs_up_and_no_account_hangs_on_an_e_mail(self) -> None:
        client = signed_in(world.a_seat(Role.CENTRE_REVIEWER))
        for pattern in CLOSED:
            address = "/" + str(pattern.pattern).replace("<path:key>", "x")
            assert client.get(address).status_code == 404, address
            assert Client().get(address).status_code == 404, address
        for name in ("account_change_password", "mfa_index", "devices"):
            assert "电子邮件" not in client.get(reverse(name)).content.decode()
