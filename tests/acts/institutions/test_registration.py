"""An institution registers itself: the code is checked, nothing is told of what is known, the office confirms or refuses."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from hengjian.authorities.acts.tokens import issue
from hengjian.authorities.models import Account, Seat
from hengjian.authorities.roles import Role
from hengjian.institutions.acts.invite_staff import invite_staff
from hengjian.institutions.acts.registration import ask_registration, confirm_registration, refuse_registration
from hengjian.institutions.models import Institution
from hengjian.institutions.policies import REGISTRATIONS_PER_HOUR
from hengjian.institutions.registration import Registration
from hengjian.kernel import clock
from hengjian.kernel.actor import PUBLIC
from hengjian.kernel.refusal import Kind
from hengjian.messages.models import Message
from tests.pages.reading import read
from tests.world import (
    BAODING,
    a_filed_institution,
    a_seat,
    a_uscc,
    a_user,
    an_identity_number,
    numbers,
    refused,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_march", "province")]
FORM = "/register-institution/"


def written(**change: str) -> dict[str, str]:
    number = next(numbers)
    given = {
        "name": f"示例精工有限公司第{number}厂",
        "uscc": a_uscc(),
        "kind": "Y",
        "ownership": "municipal",
        "area_code": "130203",
        "address": "示例路 9 号",
        "person_name": "江月白",
        "identity_number": an_identity_number(number),
        "phone": f"135{number:08d}",
        "username": f"first{number}",
    }
    return given | change


def asked(**change: str) -> Registration:
    return ask_registration(PUBLIC, **written(**change))


def confirmed(registration: Registration, by: Seat | None = None, **change: str) -> Registration:
    values = {"short_name": "示例精工", "username": registration.username} | change
    confirm_registration(by or a_seat(Role.CENTRE_REVIEWER), registration, **values)
    return registration


class TestWhoAsks:
    def test_it_waits_at_the_office_of_the_territory_with_the_reason(self) -> None:
        found = ask_registration(PUBLIC, **written())
        assert (found.state, found.office) == ("waiting", a_seat(Role.CENTRE_REVIEWER).office)
        assert "属地管理" in str(found.office_reason)
        assert not Institution.objects.filter(uscc=found.uscc).exists()
        central = asked(ownership="central")
        assert central.office.level == "province"

    @pytest.mark.parametrize(
        "change, code",
        [
            ({"uscc": "91130200MA0000000X"}, "institutions.uscc_invalid"),
            ({"identity_number": "130203199001011234"}, "authorities.identity_number"),
            ({"phone": "0315-1234567"}, "authorities.phone"),
            ({"mail": "no address"}, "authorities.mail"),
            ({"area_code": "999999"}, "institutions.area_unknown"),
            ({"kind": "Q"}, "institutions.kind"),
            ({"ownership": "own"}, "institutions.ownership"),
        ],
    )
    def test_what_is_wrong_is_named_at_its_field(self, change: dict[str, str], code: str) -> None:
        with refused(code, Kind.INPUT) as found:
            asked(**change)
        assert found[0].field == next(iter(change))

    def test_nobody_learns_whether_code_person_phone_or_name_are_known(self) -> None:
        """Page and API: status, text and queries are the same for what is known and what is not."""
        known = Account.objects.get(user=a_user("原有账号"))
        taken = {
            "uscc": a_filed_institution().uscc,
            "person_name": known.user.name,
            "identity_number": known.identity,
            "phone": known.phone,
            "username": known.user.username,
        }
        for send in (_by_page, _by_api):
            assert send(written()) == send(written(**taken))

    def test_it_cannot_be_asked_without_end(self) -> None:
        client = Client()
        for _ in range(REGISTRATIONS_PER_HOUR.on(clock.today())):
            assert client.post(FORM, written()).status_code == 200
        posted = written()
        answer = client.post(FORM, posted)
        assert answer.status_code == 429
        assert posted["name"] in answer.content.decode()

    def test_what_the_person_said_of_themselves_is_encrypted(self) -> None:
        found = asked(mail="jiang@unit.example")
        with connection.cursor() as cursor:
            cursor.execute("SELECT identity, phone, mail FROM institutions_registration WHERE id = %s", [found.pk])
            stored = b"".join(bytes(value) for value in cursor.fetchone())
        for value in (found.identity, found.phone, found.mail):
            assert value.encode() not in stored


SECRET = re.compile(r"csrfmiddlewaretoken[^>]*>|X-CSRFToken[^}]*}|DJ[2-9A-Z]{12}|示例精工有限公司第\d+厂")


def _by_page(values: dict[str, str]) -> tuple[int, str]:
    answer = Client().post(FORM, values)
    return answer.status_code, SECRET.sub("", answer.content.decode())


def _by_api(values: dict[str, str]) -> tuple[int, list[str]]:
    answer = Client().post("/api/institutions/ask_registration", values, content_type="application/json")
    return answer.status_code, sorted(answer.json()["fact"])


class TestTheOffice:
    def test_confirms_and_the_institution_has_its_first_administrator(self) -> None:
        found = confirmed(asked(), code="c" * 43)
        institution = found.institution
        assert (institution.state, institution.uscc, institution.office_id) == ("applying", found.uscc, found.office_id)
        seat = Seat.objects.get(institution_id=institution.pk)
        assert (seat.role, seat.state, seat.user.name) == (Role.INSTITUTION_ADMINISTRATOR, "active", "江月白")
        account = Account.objects.get(user=seat.user)
        assert account.link_digest
        assert account.area_path == institution.area_path
        number = next(numbers)
        clerk = invite_staff(
            seat,
            role="clerk",
            name="苗经办",
            identity_number=an_identity_number(number),
            phone=f"134{number:08d}",
            username=f"c{number}",
        )
        assert clerk.is_held

    def test_once_decided_nothing_of_the_person_is_kept_with_the_application(self) -> None:
        done, no = confirmed(asked(mail="a@unit.example")), asked(mail="b@unit.example")
        refuse_registration(a_seat(Role.CENTRE_REVIEWER), no, reason="营业执照已注销，不予登记。")
        for found in (done, no):
            found.refresh_from_db()
            assert (found.identity, found.phone, found.mail) == ("", "", "")

    def test_refuses_with_a_reason_which_the_code_tells_and_a_letter_brings(self) -> None:
        found = asked(mail="jiang@unit.example")
        with refused("kernel.argument", Kind.INPUT):
            refuse_registration(a_seat(Role.CENTRE_REVIEWER), found, reason=" ")
        refuse_registration(a_seat(Role.CENTRE_REVIEWER), found, reason="营业执照已注销，不予登记。")
        told = Client().post(reverse("registration_status"), {"code": found.code.lower()}).content.decode()
        assert "营业执照已注销" in told
        assert found.name not in told
        assert Message.objects.get(template="institutions.registration_refused").enclosed_to == "jiang@unit.example"
        assert confirm_registration.why_not(a_seat(Role.CENTRE_REVIEWER), found).kind is Kind.STATE  # type: ignore[union-attr]

    def test_does_not_register_a_code_twice(self) -> None:
        known = a_filed_institution()
        found = asked(uscc=known.uscc)
        with refused("institutions.registered_once", Kind.RULE):
            confirmed(found)
        first = asked()
        again = asked(uscc=first.uscc)
        confirmed(first)
        with refused("institutions.registered_once", Kind.RULE):
            confirmed(again)

    def test_only_the_responsible_one_and_nobody_by_a_token(self) -> None:
        found = asked()
        for seat in (
            a_seat(Role.CENTRE_REVIEWER, at=BAODING),
            a_seat(Role.CENTRE_HEAD),
            a_seat(Role.ADMINISTRATOR),
            a_seat(Role.INSTITUTION_ADMINISTRATOR),
        ):
            assert confirm_registration.why_not(seat, found).kind is Kind.ROLE  # type: ignore[union-attr]
        program = Client(headers={"Authorization": f"Bearer {issue(a_seat(Role.CENTRE_REVIEWER), '业务系统')}"})
        body = {"short_name": "示例精工", "username": "x1"}
        answer = program.post(
            f"/api/institutions/confirm_registration/{found.pk}", body, content_type="application/json"
        )
        assert (answer.status_code, answer.json()["code"]) == (403, "accounts.token_scope")

    def test_names_what_is_in_the_way_of_the_person(self) -> None:
        taken = a_user("已有的登录名")
        found = asked()
        with refused("authorities.username_known", Kind.INPUT):
            confirmed(found, username=taken.username)
        regulator = Account.objects.get(user=a_seat(Role.CENTRE_HEAD).user)
        other = asked(person_name=regulator.user.name, identity_number=regulator.identity, phone=regulator.phone)
        with refused("authorities.regulator_and_regulated", Kind.INPUT) as reasons:
            confirmed(other)
        assert reasons[0].field == ""
        assert not Institution.objects.filter(uscc__in=[found.uscc, other.uscc]).exists()

    def test_is_told_and_has_it_in_the_queue(self, client_of: Any) -> None:
        reviewer = a_seat(Role.CENTRE_REVIEWER)
        found = asked()
        assert Message.objects.filter(person=reviewer.person, subject_table="institutions_registration").count() == 1
        assert found.name in read(client_of(reviewer), reverse("desk"))


class TestOnThePages:
    def test_the_code_leads_to_the_state_and_the_link_is_shown_once(self, client_of: Any) -> None:
        answer = Client().post(FORM, written())
        code = answer.context["code"]
        status = reverse("registration_status")
        assert "待确认" in Client().post(status, {"code": code}).content.decode()
        assert Client().post(status, {"code": "DJ" + "2" * 12}).status_code == 422
        found = Registration.objects.get(code=code)
        reviewer = client_of(a_seat(Role.CENTRE_REVIEWER))
        page = read(reviewer, reverse("registration", kwargs={"pk": found.pk}))
        assert found.identity not in page
        posted = {"key": "c", "seen": str(found.revision), "short_name": "示例精工", "username": found.username}
        shown = reviewer.post(reverse("confirm_registration", kwargs={"pk": found.pk}), posted)
        link = shown.context["secret"]
        assert found.username in read(Client(), link.removeprefix("http://localhost:8000"))
        assert link not in read(reviewer, reverse("registration", kwargs={"pk": found.pk}))
        assert "已登记" in Client().post(status, {"code": code}).content.decode()

    def test_sent_twice_it_is_one_application(self) -> None:
        posted = written() | {"key": "once"}
        codes = {Client().post(FORM, posted).context["code"] for _ in range(2)}
        assert len(codes) == 1
        assert Registration.objects.count() == 1

    def test_what_was_entered_stays_when_something_is_wrong(self) -> None:
        posted = written(uscc="123")
        answer = Client().post(FORM, posted)
        assert answer.status_code == 422
        for name in ("name", "identity_number", "phone", "address"):
            assert posted[name] in answer.content.decode()
