"""已备案机构定期复查: the same sheets, on time, and an overdue list that turns on the day (R20)."""

from datetime import date

import pytest

from hengjian.authorities.models import Seat
from hengjian.authorities.roles import Role
from hengjian.institutions.acts.open_institution_seat import open_institution_seat
from hengjian.institutions.acts.recheck import recheck
from hengjian.institutions.acts.site_visit import FIT, UNFIT
from hengjian.institutions.queries import recheck as due_of
from hengjian.institutions.sheets import SiteAssessor
from hengjian.kernel import clock
from hengjian.kernel.asking import Asking
from hengjian.kernel.refusal import Kind
from tests.world import (
    BAODING,
    ELECTRICIAN,
    TANGSHAN,
    TEAM,
    WELDER,
    a_filed_institution,
    a_seat,
    a_user,
    an_applicant,
    complete_sheets,
    refused,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_march", "province")]
SCOPE = ((ELECTRICIAN, "4"), (WELDER, "4"))


def reviewer():
    return a_seat(Role.CENTRE_REVIEWER, at=TANGSHAN)


def due_on(institution, day):
    with clock.at(f"{day}T09:00"):
        return due_of(Asking(reviewer(), institution))


def test_an_institution_turns_overdue_the_day_after_the_period():
    institution = a_filed_institution(scope=SCOPE)
    row = due_on(institution, "2027-03-02")
    assert (row.institution_id, row.due_on, row.overdue) == (institution.pk, date(2027, 3, 2), False)
    assert due_on(institution, "2027-03-03").overdue
    assert due_of(Asking(reviewer(), an_applicant())) is None


def test_a_recheck_uses_the_same_sheets_and_starts_the_period_again():
    institution = a_filed_institution(scope=SCOPE)
    filing = institution.filings.get()
    given = {"visited_on": date(2027, 2, 10), "team": TEAM, "conclusion": FIT}
    with clock.at("2027-02-12T09:00"):
        with refused("institutions.sheets_incomplete", Kind.INPUT):
            recheck(reviewer(), institution, sheets=complete_sheets(filing)[:1], **given)
        fact = recheck(reviewer(), institution, sheets=complete_sheets(filing), **given)
    assert fact.next_due == date(2028, 2, 10)
    row = due_on(institution, "2027-03-03")
    assert (row.last_visited_on, row.overdue) == (date(2027, 2, 10), False)
    assert filing.visits.count() == 2


@pytest.mark.parametrize(
    "change, code",
    [
        ({"team": TEAM[:1]}, "institutions.team_too_small"),
        ({"team": (TEAM[0], SiteAssessor("丙", "示例所"))}, "institutions.conflict_undeclared"),
        ({"visited_on": date(2026, 3, 3)}, "institutions.visit_date"),
        ({"conclusion": "perhaps"}, "institutions.visit_conclusion"),
        ({"conclusion": UNFIT}, "institutions.visit_findings"),
    ],
)
def test_what_is_wrong_with_a_recheck_is_named(change, code):
    institution = a_filed_institution(scope=SCOPE)
    given = {
        "visited_on": date(2026, 3, 2),
        "team": TEAM,
        "sheets": complete_sheets(institution.filings.get()),
        "conclusion": FIT,
    }
    with refused(code, Kind.INPUT):
        recheck(reviewer(), institution, **(given | change))


def test_only_a_filed_institution_is_rechecked_by_its_office():
    filed, applicant = a_filed_institution(), an_applicant()
    assert recheck.why_not(reviewer(), filed) is None
    refusal = recheck.why_not(a_seat(Role.CENTRE_REVIEWER, at=BAODING), filed)
    assert refusal and refusal.kind == Kind.ROLE
    refusal = recheck.why_not(reviewer(), applicant)
    assert refusal and refusal.kind == Kind.STATE


def test_a_seat_at_an_institution_takes_name_and_area_from_it():
    institution, user = an_applicant(), a_user()
    open_institution_seat(reviewer(), institution, user_id=user.pk, role=Role.CLERK)
    seat = Seat.objects.get(user=user)
    assert (seat.institution_id, seat.place_name, seat.area_path) == (
        institution.pk,
        institution.name,
        institution.area_path,
    )
    with refused("authorities.seat_known", Kind.INPUT):
        open_institution_seat(reviewer(), institution, user_id=user.pk, role=Role.CLERK)


def test_a_seat_at_an_institution_is_of_an_institution_and_opened_by_its_office():
    institution, user = an_applicant(), a_user()
    with refused("institutions.seat_role", Kind.INPUT):
        open_institution_seat(reviewer(), institution, user_id=user.pk, role=Role.CENTRE_HEAD)
    with refused("authorities.no_such_user", Kind.INPUT):
        open_institution_seat(reviewer(), institution, user_id=987654321, role=Role.CLERK)
    for seat, allowed in (
        (a_seat(Role.ADMINISTRATOR, at=TANGSHAN), True),
        (a_seat(Role.ADMINISTRATOR, at=BAODING), False),
        (a_seat(Role.CENTRE_REVIEWER, at=BAODING), False),
    ):
        assert (open_institution_seat.why_not(seat, institution) is None) == allowed
