"""Where a person is reached: the holder says it, the mailbox confirms it, and only then does anything go there."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hengjian.authorities.acts.contact import DOOR, change_contact, confirm_mail, send_password_link
from hengjian.authorities.holder import Holder
from hengjian.authorities.holders import addresses_of
from hengjian.authorities.models import Account
from hengjian.authorities.roles import Role
from hengjian.kernel import clock
from hengjian.messages.channels import Letter
from hengjian.messages.models import Message
from hengjian.messages.sending import send_due
from tests.world import a_seat, refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_march", "province")]
MAIL = "wang@unit.example"
POST: list[Letter] = []


class Postman:
    """Takes every letter."""

    def __init__(self, channel: str) -> None:
        self.channel = channel

    def reaches(self, address: Any) -> bool:
        return bool(address.mail)

    def send(self, letter: Letter) -> str:
        POST.append(letter)
        return "taken"


@pytest.fixture(autouse=True)
def post(settings: Any) -> None:
    POST.clear()
    settings.MESSAGE_WAYS = {"mail": {"class": "tests.acts.authorities.test_contact.Postman"}}


@pytest.fixture
def account() -> Account:
    return Account.objects.select_related("user").get(user=a_seat(Role.CENTRE_REVIEWER).user)


def sent() -> str:
    """The link in the one letter that is sent now."""
    POST.clear()
    send_due(clock.now())
    (letter,) = POST
    return re.search(r"https?://[^/]+(/\S+/)", letter.text)[1]  # type: ignore[index]


def with_mail(account: Account) -> str:
    change_contact(Holder(account), account, phone=account.phone, mail=MAIL)
    return sent().rstrip("/").rsplit("/", 1)[1]


def test_an_address_counts_once_its_reader_has_confirmed_it(account: Account) -> None:
    person = f"user:{account.user_id}"
    token = with_mail(account)
    assert POST[0].to.mail == MAIL
    assert addresses_of([person])[person].mail == ""
    confirm_mail(Holder(account), account, token=token)
    assert addresses_of([person])[person].mail == MAIL


def test_a_link_for_an_address_that_was_changed_since_confirms_nothing(account: Account) -> None:
    token = with_mail(account)
    change_contact(Holder(account), account, phone=account.phone, mail="other@unit.example")
    with refused("authorities.mail_link"):
        confirm_mail(Holder(account), account, token=token)


def test_another_person_s_link_confirms_nothing(account: Account) -> None:
    token = with_mail(account)
    other = Account.objects.select_related("user").get(user=a_seat(Role.CENTRE_HEAD).user)
    change_contact(Holder(other), other, phone=other.phone, mail=MAIL)
    with refused("authorities.mail_link"):
        confirm_mail(Holder(other), other, token=token)


@pytest.mark.parametrize(("field", "values"), [("mail", {"mail": "wang"}), ("phone", {"phone": "12"})])
def test_a_wrong_address_is_refused_at_its_field(account: Account, field: str, values: dict[str, str]) -> None:
    with refused(f"authorities.{field}"):
        change_contact(Holder(account), account, **{"phone": account.phone, "mail": MAIL, **values})


def test_a_forgotten_password_is_set_by_the_link_in_the_mail(account: Account, client: Client) -> None:
    confirm_mail(Holder(account), account, token=with_mail(account))
    before = account.user.password
    client.post(reverse("password_forgotten"), {"username": account.user.username})
    account.user.refresh_from_db()
    assert account.user.password == before, "asking locks nobody out"
    link = sent()
    assert client.get(link).status_code == 200
    client.post(link, {"password1": "一二三四 correct horse 9", "password2": "一二三四 correct horse 9"})
    account.user.refresh_from_db()
    assert account.user.check_password("一二三四 correct horse 9")
    assert client.get(link).status_code == 404, "the link is spent"


def test_the_letter_stands_nowhere_once_it_has_left(account: Account) -> None:
    confirm_mail(Holder(account), account, token=with_mail(account))
    send_password_link(DOOR, account, code="x" * 43)
    kept = Message.objects.get(template="authorities.password_link")
    assert "x" * 43 in kept.enclosed and "x" * 43 not in str(kept.text)
    sent()
    kept.refresh_from_db()
    assert (kept.enclosed, kept.enclosed_to) == ("", "")


def test_the_answer_tells_nothing_about_the_account(account: Account, client: Client) -> None:
    answers = []
    for name in (account.user.username, "nobody-of-this-name"):
        answer = client.post(reverse("password_forgotten"), {"username": name}, follow=True)
        answers.append(re.sub(r'value="[^"]{20,}"|nonce-\S+', "", answer.content.decode()))
    assert answers[0] == answers[1]


def test_without_a_confirmed_address_nothing_is_sent(account: Account) -> None:
    with refused("authorities.mail_is_confirmed"):
        send_password_link(DOOR, account, code="x" * 43)


def test_the_profile_shows_and_changes_the_own_and_keeps_what_was_entered(account: Account, client_of: Any) -> None:
    seat = a_seat(Role.CENTRE_REVIEWER)
    seat.user.set_password("现在的口令 correct 9")
    seat.user.save()
    client, mine = client_of(seat), Account.objects.get(user=seat.user)
    page = client.post(
        reverse("profile"), {"phone": mine.phone, "mail": "not an address", "password": "现在的口令 correct 9"}
    )
    assert page.status_code == 422
    assert "not an address" in page.content.decode() and "写法不正确" in page.content.decode()
    for password in ("", "别人的口令"):
        page = client.post(reverse("profile"), {"phone": mine.phone, "mail": MAIL, "password": password})
        assert page.status_code == 422 and "口令不正确" in page.content.decode()
    mine.refresh_from_db()
    assert mine.mail == "", "who only found the screen unlocked changes no address"
    client.post(reverse("profile"), {"phone": mine.phone, "mail": MAIL, "password": "现在的口令 correct 9"})
    mine.refresh_from_db()
    assert mine.mail == MAIL
    assert "待确认" in client.get(reverse("profile")).content.decode()


def test_a_confirmation_runs_out(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    token = with_mail(account)
    import time

    later = time.time() + timedelta(days=30).total_seconds()
    monkeypatch.setattr("time.time", lambda: later)
    with refused("authorities.mail_link"):
        confirm_mail(Holder(account), account, token=token)


def test_where_no_mail_leaves_the_house_a_letter_is_not_kept(account: Account, settings: Any) -> None:
    confirm_mail(Holder(account), account, token=with_mail(account))
    settings.MESSAGE_WAYS = {}
    send_password_link(DOOR, account, code="x" * 43)
    assert send_due(clock.now()) == 0
    assert Message.objects.get(template="authorities.password_link").enclosed == ""
