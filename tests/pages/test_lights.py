"""The lights of a desk: each figure is what its list shows behind the link, areas sum up to it, and their number of statements
does not depend on rows or areas."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hengjian.authorities.models import Seat
from hengjian.authorities.roles import INSTITUTION_ROLES, Role
from hengjian.kernel import clock
from hengjian.kernel.asking import Asking
from hengjian.web.components import Areas, Lamp
from hengjian.web.lights import lit
from hengjian.web.seats_of import OFFICES
from tests.pages.stage import stage
from tests.world import PROVINCE, TANGSHAN, a_seat

ClientOf = Callable[[Seat], Client]
pytestmark = pytest.mark.django_db
NOW, LATER = "2026-09-30T10:00", "2026-12-01T10:00"


def shown_behind(client: Client, href: str) -> int:
    """How many rows the list has that a figure leads to; its filters are understood."""
    answer = client.get(href)
    assert answer.status_code == 200 and answer.context["faults"] is None, href
    total: int = answer.context["pager"].total
    return total


def of_seat(client_of: ClientOf, seat: Seat) -> tuple[list[Lamp], Areas | None, Client]:
    client = client_of(seat)
    context = client.get(reverse("desk")).context
    return list(context["lamps"]), context["areas"], client


def held_to_their_lists(client_of: ClientOf, seat: Seat) -> int:
    """Follows every figure of this desk; how many of them are not nought."""
    lamps, areas, client = of_seat(client_of, seat)
    every = [*lamps, *(lamp for row in areas.rows for lamp in row.lamps)] if areas else lamps
    for lamp in every:
        assert shown_behind(client, lamp.href) == lamp.value, (seat, lamp)
    if areas:
        for place, lamp in enumerate(lamps):
            assert sum(row.lamps[place].value for row in areas.rows) == lamp.value, lamp.label
        assert [total.value for total in areas.totals] == [lamp.value for lamp in lamps]
    return sum(bool(lamp.value) for lamp in every)


def test_every_figure_is_what_its_list_shows_and_areas_sum_up(client_of: ClientOf) -> None:
    with clock.at(NOW):
        made = stage(candidates=4).objected()
        seats = [made.reviewer, made.clerk, a_seat(Role.PROVINCE_OFFICER, at=PROVINCE), a_seat(Role.ADMINISTRATOR)]
        found = {seat.role: held_to_their_lists(client_of, seat) for seat in seats}
        assert all(found.values()), found
        _, areas, _ = of_seat(client_of, seats[2])
        assert areas is not None and len(areas.rows) > 1, "the province sees its areas and its own level"


def test_the_state_comes_from_the_deadline_and_not_from_the_number(client_of: ClientOf) -> None:
    def objected() -> Lamp:
        return next(lamp for lamp in of_seat(client_of, made.reviewer)[0] if lamp.label == "未结异议")

    with clock.at(NOW):
        made = stage(candidates=4).objected()
        before = objected()
        assert before.value == 1 and before.state != "late"
    with clock.at(LATER):
        after = objected()
        assert after.value == 1 and after.state == "late" and "1" in str(after.note)


def test_every_role_has_its_lights_but_a_supervisor_has_duties(client_of: ClientOf) -> None:
    with clock.at(NOW):
        made = stage(candidates=4).objected()
        assert of_seat(client_of, made.supervisor)[0] == []
        for role in (*OFFICES, *INSTITUTION_ROLES, Role.ADMINISTRATOR):
            seat = a_seat(role, at=TANGSHAN)
            assert len(of_seat(client_of, seat)[0]) == 4, role


def test_the_statements_are_as_many_for_the_province_as_for_a_district(client_of: ClientOf) -> None:
    with clock.at(NOW):
        stage(candidates=4).objected()
        province, city = a_seat(Role.PROVINCE_OFFICER, at=PROVINCE), a_seat(Role.CENTRE_REVIEWER)
        for seat in (province, city):
            with CaptureQueriesContext(connection) as sent:
                lit(seat, Asking(seat, None))
            assert len(sent) <= 16, [each["sql"][:120] for each in sent]


def test_an_institution_learns_from_no_filter_whether_anybody_comes(client_of: ClientOf) -> None:
    """Whether a supervisor is drawn stays secret until the day: a filter that answered it would tell."""
    with clock.at("2026-09-05T10:00"):
        made = stage(candidates=4)
        drawn = reverse("supervision") + "?attendance=vacant"
        assert shown_behind(client_of(made.reviewer), drawn) == 1, "none is drawn yet, the office knows"
        assert shown_behind(client_of(made.clerk), drawn) == 0


def test_a_link_says_the_filter_in_words_the_list_knows(client_of: ClientOf) -> None:
    with clock.at(NOW):
        stage(candidates=4).objected()
        lamps, areas, _ = of_seat(client_of, a_seat(Role.PROVINCE_OFFICER, at=PROVINCE))
        assert areas is not None
        for lamp in lamps:
            words = dict(parse_qsl(urlsplit(lamp.href).query))
            assert words["office"] == "130000"
        assert dict(parse_qsl(urlsplit(areas.rows[-1].lamps[0].href).query))["office"] == "130000.own"
