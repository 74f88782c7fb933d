"""`hengjian token`: a seat's tokens listed, opened and ended from the command line, by the acts of the page."""

from __future__ import annotations

import pytest
from django.test import Client

from hengjian.authorities.roles import Role
from tests.cli.running import Hengjian
from tests.world import a_seat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_march", "province")]


def test_a_token_is_opened_listed_used_and_ended(run: Hengjian) -> None:
    seat = a_seat(Role.CENTRE_REVIEWER)
    own = ("--as", str(seat.pk), "--json")
    opened = run("token", "open", *own, "--label", "业务系统", "--may", "read", "--days", "30")
    program = Client(headers={"Authorization": f"Bearer {opened.data['token']}"})
    assert program.get("/api/me").status_code == 200
    (row,) = run("token", "list", *own).data["tokens"]
    assert (row["label"], row["scope"], row["state"]) == ("业务系统", ["read"], "open")
    assert row["last_used_at"]
    assert row["expires_at"].startswith("2026-04-01")
    assert run("token", "end", str(row["token"]), *own, "--reason", "系统停用。").status == 0
    assert program.get("/api/me").status_code == 401
    assert run("token", "end", str(row["token"]), *own, "--reason", "再来一次。").status == 1


def test_what_the_page_refuses_the_command_refuses(run: Hengjian) -> None:
    own = ("--as", str(a_seat(Role.CENTRE_REVIEWER).pk), "--label", "业务系统")
    for more in (("--may", "results.enter_scores"), ("--may", "read", "--days", "400")):
        ran = run("token", "open", *own, *more)
        assert ran.status == 1, more
        assert "有效期" in ran.err + ran.out or "results.enter_scores" in ran.err + ran.out
    assert run("token", "open", "--as", "987654", "--label", "x", "--may", "read").status == 2
    assert run("token", "end", "987654", *own[:2], "--reason", "没有这个。").status == 2
