"""An institution's administrator opens and closes the seats of the own institution, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hengjian.authorities.acts.accounts import close_account
from hengjian.authorities.acts.open_seat import confirm_seat, end_seat
from hengjian.authorities.acts.tokens import issue
from hengjian.authorities.models import Account, Seat, User
from hengjian.authorities.policies import INVITATIONS_PER_HOUR
from hengjian.authorities.roles import OFFICE_ROLES, Role
from hengjian.institutions.acts.invite_staff import invite_staff
from hengjian.kernel import clock
from hengjian.kernel.acts_catalogue import catalogue
from hengjian.kernel.refusal import Kind
from hengjian.messages.models import Message
from tests.pages.reading import read
from tests.world import (
    BAODING,
    a_filed_institution,
    a_seat,
    a_seat_at,
    a_user,
    an_applicant,
    an_identity_number,
    numbers,
    refused,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_march", "province")]


def a_person(**change: str) -> dict[str, str]:
    number = next(numbers)
    given = {
        "role": Role.CLERK.value,
        "name": "江月白",
        "identity_number": an_identity_number(number),
        "phone": f"136{number:08d}",
        "username": f"staff{number}",
    }
    return given | change


def administrator(institution: Any = None) -> Seat:
    return a_seat(Role.INSTITUTION_ADMINISTRATOR, institution=institution or an_applicant())


def known(user: User) -> dict[str, str]:
    """As somebody who knows this person would fill in the form."""
    account = Account.objects.get(user=user)
    return {"name": user.name, "identity_number": account.identity, "phone": account.phone, "username": "x1"}


class TestWhomTheyInvite:
    def test_a_clerk_sits_there_at_once_in_the_administrators_own_institution(self) -> None:
        own = administrator()
        seat = invite_staff(own, **a_person())
        assert (seat.state, seat.institution_id, seat.place_name) == ("active", own.institution_id, own.place_name)
        assert seat.user.account.area_path == own.area_path

    @pytest.mark.parametrize("role", [Role.RESPONSIBLE_PERSON, Role.INSTITUTION_ADMINISTRATOR])
    def test_who_answers_for_the_institution_waits_for_the_office(self, role: Role) -> None:
        own = administrator()
        seat = invite_staff(own, **a_person(role=role.value))
        assert (seat.state, seat.is_held) == ("pending", False)
        assert confirm_seat.why_not(own, seat).kind is Kind.ROLE  # type: ignore[union-attr]
        assert confirm_seat.why_not(a_seat(Role.ADMINISTRATOR, at=BAODING), seat).kind is Kind.ROLE  # type: ignore[union-attr]
        confirm_seat(a_seat(Role.ADMINISTRATOR), seat)
        assert seat.is_held

    @pytest.mark.parametrize("role", [*OFFICE_ROLES, Role.SUPERVISOR, "emperor"])
    def test_no_seat_but_those_of_an_institution(self, role: str) -> None:
        with refused("institutions.seat_role", Kind.INPUT):
            invite_staff(administrator(), **a_person(role=str(role)))

    def test_somebody_with_an_account_is_found_again_and_given_no_link(self) -> None:
        user = a_user("原有账号")
        Account.objects.get(user=user)
        seat = invite_staff(administrator(), **known(user), role=Role.CLERK, code="c" * 43)
        assert seat.user_id == user.pk
        assert Account.objects.get(user=user).link_digest == ""
        assert not Message.objects.filter(template="authorities.invitation").exists()

    @pytest.mark.parametrize("change", [{"name": "别的姓名"}, {"phone": "13600000001"}])
    def test_who_does_not_know_the_person_learns_nothing_of_the_account(self, change: dict[str, str]) -> None:
        with refused("authorities.person_differs", Kind.INPUT):
            invite_staff(administrator(), **known(a_user("原有账号")) | change, role=Role.CLERK)

    def test_not_oneself_not_twice_not_a_regulator_not_who_is_shut_out(self) -> None:
        own = administrator()
        with refused("authorities.grant_to_oneself", Kind.INPUT):
            invite_staff(own, **known(own.user), role=Role.CLERK)
        person = a_person()
        invite_staff(own, **person)
        with refused("authorities.seat_known", Kind.INPUT):
            invite_staff(own, **person)
        with refused("authorities.regulator_and_regulated", Kind.INPUT):
            invite_staff(own, **known(a_seat(Role.CENTRE_REVIEWER).user), role=Role.CLERK)
        left = a_user("已离开")
        close_account(a_seat(Role.ADMINISTRATOR), Account.objects.get(user=left), reason="离职，已核实。")
        with refused("authorities.account_is_closed", Kind.INPUT):
            invite_staff(own, **known(left), role=Role.CLERK)

    def test_what_is_wrong_is_named_at_its_field(self) -> None:
        own = administrator()
        for name, value in {
            "identity_number": "130203199001011234",
            "phone": "0315",
            "username": "有 空格",
            "mail": "x",
        }.items():
            with pytest.raises(Exception) as found:
                invite_staff(own, **a_person(**{name: value}))
            assert found.value.refusal.field == name

    def test_not_by_a_program_and_not_without_end(self) -> None:
        own = administrator()
        token = Client(headers={"Authorization": f"Bearer {issue(own, '人事系统')}"})
        answer = token.post("/api/institutions/invite_staff", a_person(), content_type="application/json")
        assert answer.status_code in (403, 409)
        assert not Seat.objects.filter(role=Role.CLERK, institution_id=own.institution_id).exists()
        for _ in range(INVITATIONS_PER_HOUR.on(clock.today())):
            invite_staff(own, **a_person())
        with refused("kernel.restraint", Kind.RESTRAINT):
            invite_staff(own, **a_person())


class TestWhatTheyMayElse:
    def test_they_end_seats_of_their_own_institution_only(self) -> None:
        institution, other = a_filed_institution(), an_applicant(area_code="130602")
        own = administrator(institution)
        clerk, foreign = a_seat(Role.CLERK, institution=institution), a_seat_at(other, Role.CLERK, a_user("别家"))
        regulator = a_seat(Role.CENTRE_REVIEWER)
        for seat in (foreign, regulator):
            assert end_seat.why_not(own, seat).kind is Kind.ROLE  # type: ignore[union-attr]
        end_seat(own, clerk, reason="离职，已核实。")
        assert not clerk.is_held

    def test_nothing_else_is_theirs(self) -> None:
        """By the headers: the own token, clock, export, log-in; inviting; ending."""
        own = {
            code
            for code, act in catalogue().items()
            if any(by.role_code == Role.INSTITUTION_ADMINISTRATOR for by in act.header.by)
        }
        assert own == {
            "institutions.invite_staff",
            "authorities.end_seat",
            "authorities.open_token",
            "authorities.end_token",
            "authorities.export_list",
            "authorities.move_demo_clock",
        }


class TestOnTheirPages:
    def test_the_link_is_shown_once_and_sets_the_password(self, client_of: Any) -> None:
        own = administrator()
        client = client_of(own)
        person = a_person()
        answer = client.post(reverse("invite_staff"), person | {"key": "i"})
        link = answer.context["secret"]
        assert person["username"] in answer.content.decode()
        assert person["username"] in read(Client(), link.removeprefix("http://localhost:8000"))
        listed = read(client, reverse("seat_list"))
        assert "江月白" in listed
        assert link not in listed

    def test_or_leaves_by_mail_and_is_not_shown(self, client_of: Any) -> None:
        answer = client_of(administrator()).post(
            reverse("invite_staff"), a_person(mail="jiang@unit.example") | {"key": "m"}
        )
        assert answer.status_code == 302
        letter = Message.objects.get(template="authorities.invitation")
        assert (letter.enclosed_to, letter.by_way) == ("jiang@unit.example", "mail")
        assert "/password-link/" in letter.enclosed

    def test_their_seats_are_listed_and_nobody_elses(self, client_of: Any) -> None:
        institution = a_filed_institution()
        own, clerk = administrator(institution), a_seat(Role.CLERK, institution=institution)
        foreign = a_seat_at(an_applicant(), Role.CLERK, a_user("别家的人"))
        text = read(client_of(own), reverse("seat_list"))
        assert clerk.user.username in text
        assert foreign.user.username not in text
        read(client_of(own), reverse("seat", kwargs={"pk": foreign.pk}), status=404)
        ended = client_of(own).post(
            reverse("end_seat", kwargs={"pk": clerk.pk}),
            {"key": "e", "seen": str(clerk.revision), "reason": "离职，已核实。"},
        )
        assert ended.status_code == 302
        for other in (a_seat(Role.RESPONSIBLE_PERSON, institution=institution), a_seat(Role.CENTRE_HEAD)):
            read(client_of(other), reverse("invite_staff"), status=404)
