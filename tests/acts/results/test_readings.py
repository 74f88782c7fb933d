"""Readings take a constant number of queries and show a seat no more than its own (design 4)."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

from hengjian.authorities.roles import Role
from hengjian.certificates.lists import CERTIFICATES
from hengjian.kernel.actor import PUBLIC
from hengjian.results import queries as results
from hengjian.results.lists import SHEETS
from hengjian.results.models import ResultSheet
from hengjian.rosters import queries as rosters
from hengjian.rosters.lists import ROSTERS
from hengjian.supervision import queries as supervision
from hengjian.supervision.lists import DRAWS
from tests.lists import listed
from tests.world import BAODING, Province, a_filed_institution, a_seat
from tests.world_after import a_certified_sheet, seats_of, some_people

At = Callable[[object], None]


def _queries(read: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        read()
    return len(captured)


def test_lists_cost_the_same_for_one_case_and_for_many(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    institution = a_filed_institution()
    sheet = a_certified_sheet(institution=institution, people=some_people(1))
    clerk, _, reviewer = seats_of(sheet.batch.plan)
    readings: dict[str, Callable[[], object]] = {
        "sheets": lambda: listed(SHEETS, reviewer),
        "own sheets": lambda: listed(SHEETS, clerk),
        "objections": lambda: results.objections(reviewer),
        "rosters": lambda: listed(ROSTERS, reviewer),
        "candidates": lambda: rosters.candidates(clerk, sheet.batch_id),
        "draws": lambda: listed(DRAWS, reviewer),
        "duties": lambda: supervision.duties(reviewer),
        "public draws": supervision.public_draws,
        "certificates": lambda: listed(CERTIFICATES, reviewer),
    }
    one = {name: _queries(read) for name, read in readings.items()}
    a_certified_sheet(institution=institution, people=some_people(4))
    many = {name: _queries(read) for name, read in readings.items()}
    assert one == many
    assert max(one.values()) <= 3, "a list reads its rows, what stands beside them, and the choices of its filters"


def test_another_city_and_the_public_see_no_case(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    sheet = a_certified_sheet(people=some_people(1))
    foreign = a_seat(Role.CENTRE_REVIEWER, at=BAODING)
    province_seat = a_seat(Role.PROVINCE_OFFICER, at="13/")
    administrator = a_seat(Role.ADMINISTRATOR)
    for seat in (foreign, administrator, PUBLIC):
        assert listed(SHEETS, seat) == []
        assert results.sheet(seat, sheet.pk) is None
        assert listed(ROSTERS, seat) == []
        assert list(rosters.candidates(seat, sheet.batch_id)) == []
        assert listed(CERTIFICATES, seat) == []
        assert supervision.duties(seat) == []
        assert listed(DRAWS, seat) == []
    assert len(listed(SHEETS, province_seat)) == 1
    assert ResultSheet.objects.count() == 1
    found = results.sheet(province_seat, sheet.pk)
    assert found is not None
    assert (found.totals.registered, found.totals.passed, len(found.lines)) == (1, 1, 1)
