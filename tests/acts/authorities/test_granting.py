"""Who is given a seat: by somebody else, confirmed by a second person, at a real place, never regulator and regulated."""

from __future__ import annotations

from typing import Any

import pytest

from hengjian.authorities.acts.open_seat import confirm_seat, decline_seat, end_seat, open_seat
from hengjian.authorities.models import Seat
from hengjian.authorities.roles import OFFICE_ROLES, Role
from hengjian.institutions.acts.open_institution_seat import open_institution_seat
from hengjian.kernel.actor import OPERATOR
from hengjian.kernel.arguments import annotations_of
from hengjian.kernel.refusal import Kind
from hengjian.personnel.acts.open_supervisor_seat import open_supervisor_seat
from tests.world import (
    BAODING,
    PROVINCE,
    TANGSHAN,
    a_province,
    a_seat,
    a_seat_at,
    a_supervisor,
    a_user,
    an_applicant,
    another_seat,
    refused,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_march", "province")]


def office(at: str = TANGSHAN) -> int:
    return int(a_province().office(at).pk)


def administrator(at: str = TANGSHAN) -> Seat:
    return a_seat(Role.ADMINISTRATOR, at=at)


def proposed(role: Role = Role.CENTRE_REVIEWER, **values: Any) -> Seat:
    return open_seat(administrator(), **({"user_id": a_user().pk, "role": role, "office_id": office()} | values))


def test_nothing_that_can_be_derived_is_asked_for() -> None:
    derived = {"place_name", "area_path", "institution_id", "person_id"}
    for act in (open_seat, open_institution_seat, open_supervisor_seat):
        assert not derived & set(annotations_of(act.body)), act.header.code


@pytest.mark.parametrize("role", OFFICE_ROLES)
def test_a_regulators_seat_stands_once_a_second_person_has_confirmed_it(role: Role) -> None:
    seat = proposed(role)
    place = a_province().office(TANGSHAN)
    assert (seat.state, seat.is_held, seat.place_name, seat.area_path) == ("pending", False, place.name, TANGSHAN)
    confirm_seat(another_seat(administrator()), seat)
    assert (seat.state, seat.is_held) == ("active", True)


def test_the_head_of_the_office_confirms_too_and_nobody_elses_head() -> None:
    seat = proposed()
    assert confirm_seat.why_not(a_seat(Role.CENTRE_HEAD, at=BAODING), seat).kind is Kind.ROLE  # type: ignore[union-attr]
    assert confirm_seat.why_not(administrator(BAODING), seat).kind is Kind.ROLE  # type: ignore[union-attr]
    assert confirm_seat.why_not(a_seat(Role.CENTRE_REVIEWER), seat).kind is Kind.ROLE  # type: ignore[union-attr]
    confirm_seat(a_seat(Role.CENTRE_HEAD), seat)
    assert seat.is_held


def test_whoever_proposed_it_does_not_confirm_it_from_any_seat_of_theirs() -> None:
    first = administrator()
    of_the_province = open_seat(OPERATOR, user_id=first.user_id, role=Role.ADMINISTRATOR, office_id=office(PROVINCE))
    seat = proposed()
    for own in (first, of_the_province):
        with refused("authorities.seat_by_a_second_person", Kind.RULE):
            confirm_seat(own, seat)
        with refused("authorities.seat_by_a_second_person", Kind.RULE):
            decline_seat(own, seat, reason="不合适这个岗位。")
    assert seat.state == "pending"


def test_whoever_is_to_hold_it_does_not_confirm_it() -> None:
    second = another_seat(administrator())
    seat = open_seat(administrator(), user_id=second.user_id, role=Role.AUDITOR, office_id=office())
    with refused("authorities.seat_by_a_second_person", Kind.RULE):
        confirm_seat(second, seat)


def test_a_seat_that_is_declined_never_stands_and_may_be_proposed_again() -> None:
    seat = proposed()
    with refused("kernel.argument", Kind.INPUT):
        decline_seat(a_seat(Role.CENTRE_HEAD), seat, reason=" ")
    decline_seat(a_seat(Role.CENTRE_HEAD), seat, reason="并非本单位人员。")
    assert (seat.state, seat.is_held) == ("declined", False)
    assert confirm_seat.why_not(a_seat(Role.CENTRE_HEAD), seat).kind is Kind.STATE  # type: ignore[union-attr]
    assert proposed(user_id=seat.user_id).state == "pending"


def test_nobody_grants_to_oneself() -> None:
    own = administrator()
    for role in (Role.CENTRE_HEAD, Role.AUDITOR, Role.ADMINISTRATOR):
        with refused("authorities.grant_to_oneself", Kind.INPUT):
            open_seat(own, user_id=own.user_id, role=role, office_id=office())
    reviewer = a_seat(Role.CENTRE_REVIEWER)
    with refused("authorities.grant_to_oneself", Kind.INPUT):
        open_institution_seat(reviewer, an_applicant(), user_id=reviewer.user_id, role=Role.CLERK)


def test_one_human_is_not_regulator_and_regulated() -> None:
    institution = an_applicant()
    clerk = a_seat_at(institution, Role.CLERK, a_user("经办人"))
    for role in OFFICE_ROLES:
        with refused("authorities.regulator_and_regulated", Kind.INPUT):
            proposed(role, user_id=clerk.user_id)
    waiting = proposed()
    supervising = a_seat(Role.SUPERVISOR)
    for regulator in (a_seat(Role.CENTRE_HEAD), waiting, supervising):
        with refused("authorities.regulator_and_regulated", Kind.INPUT):
            open_institution_seat(OPERATOR, institution, user_id=regulator.user_id, role=Role.CLERK)
    end_seat(OPERATOR, clerk, reason="离职，已核实。")
    assert proposed(user_id=clerk.user_id).state == "pending"


@pytest.mark.parametrize("role", [Role.CLERK, Role.RESPONSIBLE_PERSON, Role.SUPERVISOR, "emperor"])
def test_an_office_has_seats_of_regulators_only(role: str) -> None:
    with refused("authorities.no_such_role", Kind.INPUT):
        proposed(role)  # type: ignore[arg-type]


def test_places_exist_and_lie_in_the_granters_area() -> None:
    for place in (987654321, office(BAODING), office(PROVINCE)):
        with refused("authorities.seat_out_of_area", Kind.INPUT):
            proposed(office_id=place)
    assert proposed(office_id=office("13/1302/130203/")).area_path == "13/1302/130203/"


def test_persons_are_known_in_the_granters_area() -> None:
    stranger, nobody = a_user("外地人", at=BAODING), 987654321
    for user_id in (stranger.pk, nobody):
        with refused("authorities.no_such_user", Kind.INPUT):
            proposed(user_id=user_id)
    with refused("authorities.no_such_user", Kind.INPUT):
        open_institution_seat(a_seat(Role.CENTRE_REVIEWER), an_applicant(), user_id=stranger.pk, role=Role.CLERK)


def test_a_seat_is_held_once_and_an_ended_one_can_be_opened_again() -> None:
    seat = proposed()
    with refused("authorities.seat_known", Kind.INPUT):
        proposed(user_id=seat.user_id)
    confirm_seat(a_seat(Role.CENTRE_HEAD), seat)
    with refused("kernel.argument", Kind.INPUT):
        end_seat(administrator(), seat, reason="")
    end_seat(administrator(), seat, reason="调离，已核实。")
    with refused("authorities.seat_is_held", Kind.RULE):
        end_seat(another_seat(administrator()), seat, reason="再次撤销。")
    again = proposed(user_id=seat.user_id)
    assert (again.state, seat.state, again.pk != seat.pk) == ("pending", "ended", True)
    clerk = a_seat_at(an_applicant(), Role.CLERK, a_user())
    end_seat(OPERATOR, clerk, reason="离职，已核实。")
    back = type(clerk).objects.get(pk=clerk.pk)
    open_institution_seat(OPERATOR, _institution(back), user_id=back.user_id, role=Role.CLERK)
    assert Seat.objects.filter(user=back.user_id, state=Seat.State.ACTIVE).count() == 1


def _institution(seat: Seat) -> Any:
    from hengjian.institutions.models import Institution

    return Institution.objects.get(pk=seat.institution_id)


def test_seats_of_another_area_are_not_ended() -> None:
    refusal = end_seat.why_not(administrator(), a_seat(Role.CENTRE_REVIEWER, at=BAODING))
    assert refusal
    assert refusal.kind is Kind.ROLE


def test_a_supervisors_seat_is_the_persons_own() -> None:
    supervisor = a_supervisor(name="唐明远")
    reviewer = a_seat(Role.CENTRE_REVIEWER)
    with refused("personnel.seat_of_another", Kind.INPUT):
        open_supervisor_seat(reviewer, supervisor, user_id=a_user("别人").pk)
    own = a_user("唐明远", exactly=True)
    open_supervisor_seat(reviewer, supervisor, user_id=own.pk)
    seat = Seat.objects.get(user=own)
    assert (seat.person_id, seat.office_id, seat.area_path) == (supervisor.pk, supervisor.office_id, TANGSHAN)
    with refused("authorities.seat_known", Kind.INPUT):
        open_supervisor_seat(reviewer, supervisor, user_id=a_user("唐明远", exactly=True).pk)


def test_a_token_grants_and_confirms_nothing() -> None:
    seat = proposed()
    granting, confirming = administrator(), a_seat(Role.CENTRE_HEAD)
    granting.by_token = confirming.by_token = 1
    with refused("authorities.granted_in_person", Kind.RULE):
        open_seat(granting, user_id=a_user().pk, role=Role.AUDITOR, office_id=office())
    with refused("authorities.granted_in_person", Kind.RULE):
        confirm_seat(confirming, seat)
