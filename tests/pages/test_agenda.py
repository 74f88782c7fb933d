"""日程: what has a day stands on that day, for whom it is disclosed, as a month and as a calendar file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hengjian.authorities.models import Seat
from hengjian.authorities.roles import Role
from hengjian.kernel import clock
from hengjian.web.ics import calendar_file
from hengjian.web.occasions import Occasion
from hengjian.web.room import agenda
from tests.pages.stage import stage
from tests.world import PROVINCE, a_seat, a_visiting_filing

ClientOf = Callable[[Seat], Client]
pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 9, 1), date(2026, 10, 31)


def by_kind(seat: Seat) -> dict[str, list[Occasion]]:
    found: dict[str, list[Occasion]] = {}
    for each in agenda(seat, FIRST, LAST):
        found.setdefault(each.kind, []).append(each)
    return found


def test_exams_deadlines_and_notices_stand_on_their_days_for_whoever_may_see_them() -> None:
    with clock.at("2026-09-30T10:00"):
        made = stage(candidates=4).objected()
        for seat in (made.reviewer, made.clerk, a_seat(Role.PROVINCE_OFFICER, at=PROVINCE)):
            found = by_kind(seat)
            (exam,) = found["exam"]
            assert exam.on == made.plan.held_on and exam.at is not None and exam.at.astimezone(clock.ZONE).hour == 9
            assert [each.on for each in found["notice"]] == [made.sheet.notice_closes_on]
            assert any("异议" in str(each.title) for each in found["deadline"])
        assert by_kind(made.foreign) == {}
        (own,) = by_kind(made.supervisor)["exam"]
        assert own.href == reverse("duty", kwargs={"pk": made.duty.pk})


def test_the_moment_of_a_sealed_draw_is_told_to_offices_alone() -> None:
    made = stage(candidates=4).sealed_draw()
    with clock.at("2026-09-10T09:30"):
        assert len(by_kind(made.reviewer)["draw"]) == 1
        assert "draw" not in by_kind(made.clerk)


def test_a_planned_visit_stands_in_the_agenda_until_it_is_concluded(in_march: object) -> None:
    filing = a_visiting_filing()
    visit = filing.visits.get()
    head = a_seat(Role.CENTRE_HEAD, office=filing.office)
    (found,) = [each for each in agenda(head, visit.planned_on, visit.planned_on) if each.kind == "visit"]
    assert found.place == visit.place


def test_the_page_shows_the_month_and_an_unreadable_month_is_this_one(client_of: ClientOf) -> None:
    with clock.at("2026-09-30T10:00"):
        made = stage(candidates=4).objected()
        client = client_of(made.reviewer)
        page = client.get(reverse("agenda") + "?month=2026-09")
        shown = [day for week in page.context["weeks"] for day in week if day.number]
        assert len(shown) == 30
        exam = next(day for day in shown if day.number == made.plan.held_on.day)
        assert [each.kind for each in exam.occasions] == ["exam"]
        for hostile in ("x", "2026-13", "0000-00", "9999-99", "²"):
            answer = client.get(reverse("agenda"), {"month": hostile})
            assert answer.status_code == 200 and "2026 年 9 月" in answer.content.decode(), hostile


def test_the_file_is_what_rfc_5545_says_and_holds_what_the_page_holds(client_of: ClientOf) -> None:
    with clock.at("2026-09-15T10:00"):
        made = stage(candidates=4).drawn()
        answer = client_of(made.reviewer).get(reverse("agenda_file"))
    assert answer["Content-Type"].startswith("text/calendar")
    lines = answer.content.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR" and lines[-2] == b"END:VCALENDAR" and max(map(len, lines)) <= 75
    text = answer.content.replace(b"\r\n ", b"").decode()
    assert text.count("BEGIN:VEVENT") == text.count("END:VEVENT") >= 1
    assert "DTSTART:20260919T010000Z" in text, "nine o'clock in China"


def test_what_means_something_in_a_calendar_file_is_written_so_that_it_does_not() -> None:
    day = date(2026, 9, 19)
    odd = Occasion("k", "visit", day, day, "甲;乙,丙\\丁\n戊" * 20, "/x/")
    data = calendar_file([odd], datetime(2026, 9, 1, tzinfo=clock.ZONE), "https://rd.example")
    assert max(map(len, data.split(b"\r\n"))) <= 75
    data.decode()
    text = data.replace(b"\r\n ", b"").decode()
    assert "甲\\;乙\\,丙\\\\丁\\n戊" in text
    assert "DTSTART;VALUE=DATE:20260919" in text and "DTEND;VALUE=DATE:20260920" in text


def test_many_exams_cost_as_many_statements_as_one() -> None:
    with clock.at("2026-09-30T10:00"):
        made = stage(candidates=4).objected()
        with CaptureQueriesContext(connection) as one:
            agenda(made.head, FIRST, LAST)
        stage(candidates=4).objected()
        with CaptureQueriesContext(connection) as two:
            assert len(agenda(made.head, FIRST, LAST)) > 3
        assert len(two) == len(one)
