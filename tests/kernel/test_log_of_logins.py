"""Users, seats, tokens and factors are committed like cases: whatever is done to them behind the acts is found and named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test import Client

from hengjian.authorities.acts.own_login import change_password, record_login_change
from hengjian.authorities.acts.tokens import issue
from hengjian.authorities.holder import Holder
from hengjian.authorities.logins import is_as_committed
from hengjian.authorities.models import Account, Seat, User
from hengjian.authorities.roles import Role
from hengjian.authorities.tokens import ApiToken, TokenUse
from hengjian.kernel import guard, guard_sql, sealer
from hengjian.kernel.verification import verify
from tests.kernel.places import offices, seat

PASSWORD = "一个足够长的口令用于测试"


@dataclass
class Lived:
    seat: Seat
    account: Account
    factor: Authenticator
    codes: Authenticator
    token: ApiToken


@pytest.fixture
def lived(transactional_db) -> Lived:
    held = seat(Role.CENTRE_REVIEWER, offices()["13/1302/"])
    account = Account.objects.get(user=held.user)
    change_password(Holder(account), account, encoded=make_password(PASSWORD))
    factor = TOTP.activate(held.user, generate_totp_secret()).instance
    codes = RecoveryCodes.activate(held.user).instance
    SocialAccount.objects.create(user=held.user, provider="office", uid="7001")
    record_login_change(Holder(account), account, added=("动态口令",), removed=())
    issue(held, "业务系统")
    sealer.seal()
    assert verify().differences == []
    return Lived(held, account, factor, codes, ApiToken.objects.get())


Tampering = Callable[[Lived], tuple[str, list[object]]]
KINDS: dict[str, tuple[Tampering, str]] = {
    "a password changed by hand": (
        lambda it: ("UPDATE authorities_user SET password = %s WHERE id = %s", [make_password("x"), it.seat.user_id]),
        "authorities_user",
    ),
    "an account made active or a superuser by hand": (
        lambda it: ("UPDATE authorities_user SET is_superuser = %s WHERE id = %s", [True, it.seat.user_id]),
        "authorities_user",
    ),
    "a user inserted": (
        lambda it: (
            "INSERT INTO authorities_user (id, username, name, password, first_name, last_name, email, is_staff,"
            " is_active, is_superuser, date_joined) SELECT 987654321, 'ghost', name, password, first_name, last_name, email,"
            " is_staff, is_active, is_superuser, date_joined FROM authorities_user WHERE id = %s",
            [it.seat.user_id],
        ),
        "authorities_user",
    ),
    "a factor removed": (
        lambda it: ("DELETE FROM mfa_authenticator WHERE id = %s", [it.factor.pk]),
        "authorities_user",
    ),
    "a factor moved to another secret": (
        lambda it: (
            "UPDATE mfa_authenticator SET data = %s WHERE id = %s",
            ['{"secret": "00"}', it.factor.pk],
        ),
        "authorities_user",
    ),
    "recovery codes of another seed": (
        lambda it: (
            "UPDATE mfa_authenticator SET data = %s WHERE id = %s",
            ['{"seed": "00", "used_mask": 0}', it.codes.pk],
        ),
        "authorities_user",
    ),
    "an outside identity pointed to somebody else": (
        lambda it: ("UPDATE socialaccount_socialaccount SET uid = %s WHERE user_id = %s", ["7002", it.seat.user_id]),
        "authorities_user",
    ),
    "the digest of a log-in rewritten": (
        lambda it: ("UPDATE authorities_account SET login_digest = %s WHERE id = %s", ["0" * 64, it.account.pk]),
        "authorities_account",
    ),
    "a link for a password slipped in": (
        lambda it: (
            "UPDATE authorities_account SET link_digest = %s, link_until = '2099-01-01 00:00:00+00:00' WHERE id = %s",
            ["0" * 64, it.account.pk],
        ),
        "authorities_account",
    ),
    "a token inserted": (
        lambda it: (
            "INSERT INTO authorities_apitoken (id, revision, seat_id, label, digest, made_at, expires_at, state)"
            " SELECT 987654321, 1, seat_id, label, %s, made_at, expires_at, state FROM authorities_apitoken",
            ["0" * 64],
        ),
        "authorities_apitoken",
    ),
    "a token prolonged": (
        lambda it: ("UPDATE authorities_apitoken SET expires_at = '2099-01-01 00:00:00+00:00'", []),
        "authorities_apitoken",
    ),
    "a token taken away": (lambda it: ("DELETE FROM authorities_apitoken", []), "authorities_apitoken"),
    "a seat raised": (
        lambda it: ("UPDATE authorities_seat SET role = 'centre_head' WHERE id = %s", [it.seat.pk]),
        "authorities_seat",
    ),
    "a seat moved to another person": (
        lambda it: ("UPDATE authorities_seat SET proposed_by = 'seat:1' WHERE id = %s", [it.seat.pk]),
        "authorities_seat",
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_done_behind_the_acts_is_found_and_named(kind: str, lived: Lived) -> None:
    tampering, table = KINDS[kind]
    statement, values = tampering(lived)
    with guard.opened("tamper test"):
        guard_sql.remove(connection)
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
        guard_sql.install(connection)
    found = verify().differences
    assert table in {difference.table for difference in found}, found
    assert all(difference.sentence.endswith("。") for difference in found)


def test_what_a_log_in_changes_by_itself_is_no_difference(lived: Lived) -> None:
    user = User.objects.get(pk=lived.seat.user_id)
    assert user.check_password(PASSWORD)
    lived.factor.record_usage()
    lived.codes.wrap().validate_code(lived.codes.wrap().get_unused_codes()[0])
    TokenUse.objects.create(token=lived.token, last_used_at=lived.token.made_at)
    User.objects.filter(pk=user.pk).update(last_login=lived.token.made_at)
    assert verify().differences == []


def test_a_password_is_not_hashed_anew_behind_the_acts(lived: Lived, settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher", *settings.PASSWORD_HASHERS]
    user = User.objects.get(pk=lived.seat.user_id)
    before = user.password
    assert user.check_password(PASSWORD)
    user.refresh_from_db()
    assert user.password == before


def test_a_password_written_by_hand_opens_nothing(lived: Lived) -> None:
    Authenticator.objects.all().delete()
    User.objects.filter(pk=lived.seat.user_id).update(password=make_password("attacker-was-here"))
    assert not is_as_committed(lived.seat.user_id)
    client = Client()
    answer = client.post("/accounts/login/", {"login": lived.seat.user.username, "password": "attacker-was-here"})
    assert answer["Location"] == "/accounts/login/"
    assert client.get("/desk/").status_code == 302
