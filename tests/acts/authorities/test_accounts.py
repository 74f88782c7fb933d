"""A person is one account, opened by an administrator; passwords, factors and tokens change by acts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import make_password
from django.db import connection

from hengjian.authorities.acts.accounts import (
    close_account,
    open_account,
    remove_factors,
    reset_password,
    restore_account,
)
from hengjian.authorities.acts.open_seat import confirm_seat
from hengjian.authorities.acts.own_login import change_password, record_login_change
from hengjian.authorities.acts.tokens import end_token, issue, open_token
from hengjian.authorities.holder import Holder
from hengjian.authorities.models import Account, Seat
from hengjian.authorities.roles import Role
from hengjian.authorities.tokens import ApiToken, a_new_token, digest_of
from hengjian.kernel import clock
from hengjian.kernel.actor import OPERATOR
from hengjian.kernel.ledger import course_of
from hengjian.kernel.refusal import Kind
from tests.world import (
    BAODING,
    TANGSHAN,
    a_province,
    a_seat,
    an_account,
    an_identity_number,
    another_seat,
    numbers,
    refused,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_march", "province")]
DIGEST = digest_of("一次性链接")


def administrator(at: str = TANGSHAN) -> Seat:
    return a_seat(Role.ADMINISTRATOR, at=at)


def opened(**change: Any) -> Account:
    number = next(numbers)
    given = {
        "username": f"person{number}",
        "name": "江月白",
        "identity_number": an_identity_number(number),
        "phone": f"138{number:08d}",
        "office_id": a_province().office(TANGSHAN).pk,
    }
    return open_account(administrator(), **(given | change))


def own(seat: Seat) -> Account:
    return Account.objects.get(user=seat.user)


def a_factor(account: Account) -> Authenticator:
    """Set up and recorded, as the library's page and the recorder do it."""
    factor = TOTP.activate(account.user, generate_totp_secret()).instance
    record_login_change(Holder(account), account, added=("动态口令",), removed=())
    return factor


class TestOneAccountForOnePerson:
    def test_a_second_account_for_the_same_number_is_refused_however_it_is_typed(self) -> None:
        number = an_identity_number(next(numbers))
        opened(identity_number=number)
        for typed in (number, number.lower(), f" {number[:6]} {number[6:]} ", number.translate(FULL_WIDTH)):
            with refused("authorities.person_known", Kind.INPUT) as found:
                opened(identity_number=typed)
            assert found[0].field == "identity_number"
            assert found[0].remedy

    def test_a_second_account_for_the_same_phone_is_refused_however_it_is_typed(self) -> None:
        opened(phone="13912345678")
        for typed in ("13912345678", "139-1234-5678", "+86 139 1234 5678", "１３９１２３４５６７８"):
            with refused("authorities.phone_known", Kind.INPUT):
                opened(phone=typed)

    @pytest.mark.parametrize(
        "change, code",
        [
            ({"identity_number": "130203199001011234"}, "authorities.identity_number"),
            ({"phone": "0315-1234567"}, "authorities.phone"),
            ({"username": "有 空格"}, "authorities.username"),
            ({"name": "  "}, "kernel.argument"),
            ({"link_digest": "abc"}, "authorities.link_digest"),
        ],
    )
    def test_what_is_wrong_is_named_at_its_field(self, change: dict[str, str], code: str) -> None:
        with refused(code, Kind.INPUT) as found:
            opened(**change)
        assert found[0].field == next(iter(change))

    def test_a_log_in_name_is_taken_once(self) -> None:
        opened(username="jiang")
        with refused("authorities.username_known", Kind.INPUT):
            opened(username="JIANG")

    def test_number_and_phone_are_stored_encrypted(self) -> None:
        account = opened(phone="13911112222")
        with connection.cursor() as cursor:
            cursor.execute("SELECT identity, phone FROM authorities_account WHERE id = %s", [account.pk])
            stored = [bytes(value) for value in cursor.fetchone()]
        assert account.identity.encode() not in stored[0]
        assert b"13911112222" not in stored[1]

    def test_an_account_opens_for_a_place_of_the_own_area(self) -> None:
        with refused("authorities.office_out_of_area", Kind.INPUT):
            opened(office_id=a_province().office(BAODING).pk)
        for seat in (a_seat(Role.CENTRE_HEAD), a_seat(Role.CENTRE_REVIEWER)):
            assert open_account.why_not(seat).kind is Kind.ROLE  # type: ignore[union-attr]


FULL_WIDTH = {ord("0") + place: chr(ord("０") + place) for place in range(10)}


class TestLettingAPersonInAgain:
    def test_a_reset_ends_the_old_password_and_opens_a_link_for_hours(self) -> None:
        account = opened()
        change_password(Holder(account), account, encoded=make_password("旧口令旧口令旧口令旧口令"))
        reset_password(administrator(), account, reason="本人到场核实。", link_digest=DIGEST)
        account.user.refresh_from_db()
        assert not account.user.has_usable_password()
        assert account.link_until is not None
        assert (account.link_until - clock.now()).total_seconds() == 72 * 3600
        change_password(Holder(account), account, encoded=make_password("新口令新口令新口令新口令"))
        assert (account.link_digest, account.link_until) == ("", None), "the link is spent"

    def test_whoever_lets_a_regulator_in_again_does_not_do_so_alone(self) -> None:
        head = a_seat(Role.CENTRE_HEAD)
        first = administrator()
        fact = reset_password(first, own(head), reason="遗失口令，电话核实。", link_digest=DIGEST)
        head.refresh_from_db()
        assert (fact.seats_to_confirm, head.state, head.is_held) == (1, "pending", False)
        with refused("authorities.seat_by_a_second_person"):
            confirm_seat(first, head)
        confirm_seat(another_seat(first), head)
        assert head.is_held

    def test_a_lost_factor_goes_with_all_the_others(self) -> None:
        reviewer = a_seat(Role.CENTRE_REVIEWER)
        account = own(reviewer)
        with refused("authorities.account_has_factors", Kind.RULE):
            remove_factors(administrator(), account, reason="手机遗失。")
        a_factor(account)
        fact = remove_factors(administrator(), account, reason="手机遗失，本人到场核实。")
        reviewer.refresh_from_db()
        assert (fact.kinds, fact.seats_to_confirm, reviewer.state) == (("动态口令",), 1, "pending")
        assert not Authenticator.objects.filter(user=account.user).exists()

    @pytest.mark.parametrize("verb", ["reset", "factors", "close"])
    def test_nobody_does_it_for_oneself_or_outside_the_area(self, verb: str) -> None:
        acts: dict[str, tuple[Any, dict[str, str]]] = {
            "reset": (reset_password, {"reason": "自己给自己办理。", "link_digest": DIGEST}),
            "factors": (remove_factors, {"reason": "自己给自己办理。"}),
            "close": (close_account, {"reason": "自己给自己办理。"}),
        }
        act, given = acts[verb]
        first = administrator()
        with refused("authorities.account_of_another", Kind.RULE):
            act(first, own(first), **given)
        for stranger in (administrator(BAODING), a_seat(Role.CENTRE_HEAD)):
            assert act.why_not(stranger, own(a_seat(Role.CENTRE_REVIEWER))).kind is Kind.ROLE

    def test_a_closed_account_rests_until_it_is_restored(self) -> None:
        account = opened()
        close_account(administrator(), account, reason="离职，已核实。")
        account.user.refresh_from_db()
        assert (account.state, account.user.is_active) == ("closed", False)
        assert reset_password.why_not(administrator(), account).kind is Kind.STATE  # type: ignore[union-attr]
        restore_account(administrator(), account, reason="返聘，已核实。")
        account.user.refresh_from_db()
        assert (account.state, account.user.is_active) == ("open", True)

    def test_a_holder_changes_only_the_own_password(self) -> None:
        account, other = opened(), opened()
        assert change_password.why_not(Holder(account), other).kind is Kind.ROLE  # type: ignore[union-attr]
        with refused("authorities.password_encoded", Kind.INPUT):
            change_password(Holder(account), account, encoded="明文")

    def test_what_a_holder_set_up_stands_in_the_log_by_its_name(self) -> None:
        account, other = opened(), opened()
        fact = record_login_change(Holder(account), account, added=("动态口令",), removed=())
        assert (fact.added, fact.removed) == (("动态口令",), ())
        assert record_login_change.why_not(Holder(other), account).kind is Kind.ROLE  # type: ignore[union-attr]

    def test_what_the_log_says_holds_no_password(self) -> None:
        account = opened()
        encoded = make_password("新口令新口令新口令新口令")
        change_password(Holder(account), account, encoded=encoded)
        assert [record.act for record in course_of(account)] == [
            "authorities.change_password",
            "authorities.open_account",
        ]
        assert encoded not in str(course_of(account))


class TestTokens:
    def test_a_token_is_told_once_and_ends_by_an_act(self) -> None:
        seat = a_seat(Role.CENTRE_REVIEWER)
        text = issue(seat, "业务系统")
        token = ApiToken.objects.get()
        assert text not in str(ApiToken.objects.values_list())
        assert ApiToken.valid(text) == token
        with refused("kernel.argument", Kind.INPUT):
            end_token(seat, token, reason=" ")
        end_token(seat, token, reason="系统停用。")
        assert ApiToken.valid(text) is None

    def test_it_expires_by_the_policy(self) -> None:
        text = issue(a_seat(Role.CENTRE_REVIEWER), "业务系统")
        with clock.at(clock.now() + timedelta(days=181)):
            assert ApiToken.valid(text) is None

    def test_a_token_opens_no_token(self) -> None:
        seat = a_seat(Role.CENTRE_REVIEWER)
        seat.by_token = 1
        with refused("authorities.token_by_token", Kind.RULE):
            open_token(seat, scope=("read",), label="后门", digest=digest_of(a_new_token()))

    @pytest.mark.parametrize(
        "label, digest, code", [("", DIGEST, "kernel.argument"), ("甲", "x", "authorities.token_digest")]
    )
    def test_what_is_wrong_with_one_is_named(self, label: str, digest: str, code: str) -> None:
        with refused(code, Kind.INPUT):
            open_token(a_seat(Role.CENTRE_REVIEWER), scope=("read",), label=label, digest=digest)

    def test_the_same_token_is_opened_once(self) -> None:
        open_token(a_seat(Role.CENTRE_REVIEWER), scope=("read",), label="甲", digest=DIGEST)
        with refused("authorities.token_known", Kind.INPUT):
            open_token(a_seat(Role.CENTRE_REVIEWER), scope=("read",), label="乙", digest=DIGEST)

    def test_others_end_it_only_as_administrators_of_the_area(self) -> None:
        issue(a_seat(Role.CENTRE_REVIEWER), "业务系统")
        token = ApiToken.objects.get()
        for stranger in (a_seat(Role.CENTRE_HEAD), administrator(BAODING), another_seat(a_seat(Role.CENTRE_REVIEWER))):
            assert end_token.why_not(stranger, token).kind is Kind.ROLE  # type: ignore[union-attr]
        end_token(administrator(), token, reason="疑似泄露。")


def test_the_installation_opens_the_first_accounts() -> None:
    account = an_account("first", "首任")
    assert change_password.why_not(OPERATOR, account) is None
