"""The tree of areas and offices, and who sits where (R6)."""

import pytest

from hengjian.authorities.acts.open_seat import end_seat
from hengjian.authorities.queries import areas, office_above, offices, seats, seats_of
from hengjian.authorities.roles import Role
from hengjian.kernel.actor import OPERATOR
from tests.world import BAODING, LUBEI, PROVINCE, TANGSHAN, Province, a_seat, an_applicant

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_march")]


def test_the_tree_is_read_from_any_branch_in_one_query(province: Province, django_assert_num_queries):
    with django_assert_num_queries(1):
        rows = areas(TANGSHAN)
    assert [row.path for row in rows] == sorted(row.path for row in rows)
    assert rows[0].office_name == province.office(TANGSHAN).name
    zone = next(row for row in rows if row.code == "130273")
    assert (zone.kind_label, zone.office_id, zone.depth) == ("开发区、新区", None, 3)
    assert len(areas()) == 11


def test_every_office_but_the_province_has_one_above(province: Province):
    assert office_above(province.office(LUBEI)) == province.office(TANGSHAN)
    assert office_above(province.office(TANGSHAN)) == province.office(PROVINCE)
    assert office_above(province.office(PROVINCE)) is None
    assert [row.level for row in offices(TANGSHAN)] == ["city", "district", "district"]


def test_an_ended_seat_is_no_longer_offered(province: Province):
    seat = a_seat(Role.CENTRE_REVIEWER, at=TANGSHAN)
    assert [row.id for row in seats_of(seat.user)] == [seat.pk]
    end_seat(OPERATOR, seat, reason="调离，情况属实")
    assert seats_of(seat.user) == []


def test_only_an_administrator_reads_the_seats_and_only_of_the_own_area(province: Province):
    own = a_seat(Role.CLERK, institution=an_applicant())
    a_seat(Role.CENTRE_REVIEWER, at=BAODING)
    administrator = a_seat(Role.ADMINISTRATOR, at=TANGSHAN)
    read = seats(administrator)
    assert {row.id for row in read} == {own.pk, administrator.pk}
    assert {row.is_office for row in read} == {True, False}
    assert seats(a_seat(Role.CENTRE_HEAD, at=TANGSHAN)) == []
