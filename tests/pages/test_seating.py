"""Each reason for which there is no seat, on each channel: page, file, list, question and act, by session and by token."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from hengjian.authorities.acts.accounts import close_account
from hengjian.authorities.acts.open_seat import end_seat
from hengjian.authorities.acts.tokens import end_token, issue
from hengjian.authorities.models import Account, Seat, User
from hengjian.authorities.roles import Role
from hengjian.authorities.seating import CHOSEN, SEEN, SINCE
from hengjian.authorities.tokens import ApiToken
from hengjian.institutions.models import Filing, Material
from hengjian.kernel import clock
from hengjian.kernel.actor import OPERATOR
from tests.world import a_seat, a_submitted_filing

pytestmark = pytest.mark.django_db


class Shown:
    """A head with a filing before it, and what the head shows at the door: a session and a token."""

    def __init__(self) -> None:
        self.filing: Filing = a_submitted_filing()
        self.seat: Seat = a_seat(Role.CENTRE_REVIEWER, office=self.filing.office)
        self.material = Material.objects.filter(filing=self.filing).order_by("pk").first()
        self.client = Client()
        self.client.force_login(self.seat.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        self.session(**{CHOSEN: self.seat.pk})
        self.token = issue(self.seat, "对接")
        self.later = clock.now()

    def session(self, **values: Any) -> None:
        session = self.client.session
        session.update(values)
        session.save()

    def proven(self, factor: Authenticator, *, by: User | None = None) -> None:
        """As after a log-in in which a code was asked for."""
        record = {"method": "mfa", "type": "totp", "at": time.time(), "id": factor.pk}
        self.session(
            account_authentication_methods=[record],
            account_authentication_methods_user=str((by or self.seat.user).pk),
        )

    def factor(self) -> Authenticator:
        """As the library stores one; the door looks for it in the library's table."""
        return TOTP.activate(self.seat.user, generate_totp_secret()).instance

    @property
    def by_token(self) -> Client:
        return Client(headers={"Authorization": f"Bearer {self.token}"})

    def answers(self, channel: str) -> bool:
        """Whether this channel treats the shown as the seat."""
        kind, _, way = channel.partition(" by ")
        client = self.by_token if way == "token" else self.client
        before = Filing.objects.get(pk=self.filing.pk).state
        address = {
            "page": f"/filings/{self.filing.pk}/",
            "file": f"/filings/materials/{self.material.pk}/file",
            "list": "/api/filings",
            "me": "/api/me",
            "question": f"/api/institutions/accept_filing/{self.filing.pk}/why-not",
            "act": f"/api/institutions/accept_filing/{self.filing.pk}",
            "page's act": f"/do/institutions.accept_filing/{self.filing.pk}/",
        }[kind]
        with clock.at(self.later):
            if kind == "act":
                answer = client.post(address, json.dumps({}), content_type="application/json")
            elif kind == "page's act":
                answer = client.post(address, {"key": "k", "seen": ""})
            else:
                answer = client.get(address)
        assert answer.status_code < 500, channel
        after = Filing.objects.get(pk=self.filing.pk).state
        if kind in ("act", "page's act"):
            assert (after != before) == (answer.status_code in (200, 302) and after == "accepted")
            return after != before
        assert after == before
        if answer.status_code == 401:
            assert answer.json()["detail"].endswith("。")
        return answer.status_code == 200


PAGES = ("page by session", "file by session", "page's act by session")
API = tuple(f"{kind} by {way}" for kind in ("list", "me", "question", "act") for way in ("session", "token"))
CHANNELS = PAGES + API
SESSIONS = tuple(channel for channel in CHANNELS if channel.endswith("session"))
TOKENS = tuple(channel for channel in CHANNELS if channel.endswith("token"))


def nobody(shown: Shown, settings: Any) -> None:
    shown.client, shown.token = Client(), "hj_nonsense"


def deactivated(shown: Shown, settings: Any) -> None:
    close_account(OPERATOR, Account.objects.get(user=shown.seat.user), reason="离职，已核实。")


def ended(shown: Shown, settings: Any) -> None:
    end_seat(OPERATOR, shown.seat, reason="调离本单位。")


def no_factor(shown: Shown, settings: Any) -> None:
    settings.MODE = "production"


def factor_set_up_elsewhere(shown: Shown, settings: Any) -> None:
    """A session opened with the password alone does not gain by the factor its owner sets up in another."""
    settings.MODE = "production"
    shown.factor()


def factor_removed_since(shown: Shown, settings: Any) -> None:
    """Though another has been set up in its place."""
    settings.MODE = "production"
    factor = shown.factor()
    shown.proven(factor)
    factor.delete()
    shown.factor()


def factor_of_somebody_else(shown: Shown, settings: Any) -> None:
    settings.MODE = "production"
    shown.proven(shown.factor(), by=a_seat(Role.CENTRE_HEAD).user)


def idle(shown: Shown, settings: Any) -> None:
    shown.session(**{SEEN: int(time.time()) - 31 * 60})


def open_too_long(shown: Shown, settings: Any) -> None:
    shown.session(**{SINCE: int(time.time()) - 13 * 3600})


def token_ended(shown: Shown, settings: Any) -> None:
    end_token(OPERATOR, ApiToken.objects.get(), reason="不再使用。")


def token_expired(shown: Shown, settings: Any) -> None:
    shown.later = clock.now() + timedelta(days=181)


REASONS: dict[Callable[[Shown, Any], None], tuple[str, ...]] = {
    nobody: CHANNELS,
    deactivated: CHANNELS,
    ended: CHANNELS,
    no_factor: CHANNELS,
    factor_removed_since: SESSIONS,
    factor_of_somebody_else: SESSIONS,
    factor_set_up_elsewhere: SESSIONS,
    idle: SESSIONS,
    open_too_long: SESSIONS,
    token_ended: TOKENS,
    token_expired: TOKENS,
}


@pytest.fixture
def shown(province: Any) -> Shown:
    return Shown()


@pytest.mark.parametrize("reason", REASONS, ids=lambda reason: reason.__name__)
def test_without_what_the_policy_asks_there_is_no_seat_on_any_channel(reason, shown, settings) -> None:
    reason(shown, settings)
    taken = [channel for channel in REASONS[reason] if shown.answers(channel)]
    assert taken == []


@pytest.mark.parametrize("channel", CHANNELS)
def test_with_it_there_is_one_on_every_channel(channel, shown, settings) -> None:
    settings.MODE = "production"
    shown.proven(shown.factor())
    assert shown.answers(channel)


def test_a_factor_set_up_in_this_session_counts_in_it(shown, settings) -> None:
    settings.MODE = "production"
    client = shown.client
    assert client.get("/desk/")["Location"] == "/accounts/2fa/"
    secret = client.get("/accounts/2fa/totp/activate/").context["form"].secret
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    assert client.post("/accounts/2fa/totp/activate/", {"code": code}).status_code == 302
    assert client.get("/desk/").status_code == 200


def test_a_session_without_its_factor_is_led_to_prove_it(shown, settings) -> None:
    settings.MODE = "production"
    shown.factor()
    assert shown.client.get("/desk/")["Location"] == "/accounts/2fa/reauthenticate/?next=%2Fdesk%2F"


def test_below_api_everything_answers_as_json(province) -> None:
    for address in ("/api/nothing", "/api/institutions/nothing/1", "/api/me"):
        answer = Client().get(address)
        assert answer.status_code in (401, 404), address
        assert answer.json()["detail"], address
