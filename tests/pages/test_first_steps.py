"""The empty desk of a fresh installation says what comes next; once anybody else sits there it does so no more."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from hengjian.authorities.models import Seat
from hengjian.authorities.roles import Role
from tests.kernel.places import offices, seat

pytestmark = pytest.mark.django_db
NEXT = "开立账号、设置席位"


def test_the_first_administrator_is_told_what_comes_next(client_of: Callable[[Seat], Client]) -> None:
    city = offices()["13/1302/"]
    first = seat(Role.ADMINISTRATOR, city)
    assert NEXT in client_of(first).get("/desk/").content.decode()
    reviewer = seat(Role.CENTRE_REVIEWER, city, "周闻达")
    for holder in (first, reviewer):
        page = client_of(holder).get("/desk/").content.decode()
        assert NEXT not in page and "有新的事项时会出现在这里" in page


def test_another_city_s_people_do_not_count(client_of: Callable[[Seat], Client]) -> None:
    places = offices()
    seat(Role.CENTRE_REVIEWER, places["13/1303/"], "周闻达")
    assert NEXT in client_of(seat(Role.ADMINISTRATOR, places["13/1302/"])).get("/desk/").content.decode()
