"""A log-in ends when it has been idle or open too long; deciding seats need a second factor where that is demanded."""

from __future__ import annotations

import time

import pytest

from hengjian.authorities.roles import Role
from hengjian.authorities.seating import SEEN, SINCE
from tests.world import a_seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(province, client_of):
    return client_of(a_seat(Role.CENTRE_REVIEWER))


def _set(client, **values: int) -> None:
    session = client.session
    session.update(values)
    session.save()


def test_half_an_hour_of_idleness_ends_it(signed_in) -> None:
    assert signed_in.get("/desk/").status_code == 200
    _set(signed_in, **{SEEN: int(time.time()) - 31 * 60})
    answer = signed_in.get("/desk/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/?next=/desk/")


def test_a_log_in_is_not_kept_open_for_ever(signed_in) -> None:
    assert signed_in.get("/desk/").status_code == 200
    _set(signed_in, **{SINCE: int(time.time()) - 100 * 3600})
    assert signed_in.get("/desk/").status_code == 302


def test_use_is_noted_once_a_minute_only(signed_in, django_assert_num_queries) -> None:
    signed_in.get("/desk/")
    before = signed_in.session[SEEN]
    signed_in.get("/desk/")
    assert signed_in.session[SEEN] == before


def test_deciding_seats_need_a_second_factor_where_it_is_demanded(province, client_of, settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    answer = client_of(a_seat(Role.CENTRE_HEAD)).get("/desk/")
    assert answer.status_code == 302
    assert answer["Location"] == "/accounts/2fa/"
    assert client_of(a_seat(Role.AUDITOR)).get("/desk/").status_code == 200
