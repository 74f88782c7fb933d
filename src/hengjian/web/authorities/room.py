"""Who sits where, which days count, what is waived."""

from __future__ import annotations

from hengjian.authorities.roles import Role
from hengjian.kernel.models import Waiver
from hengjian.web.authorities import calendar_page, clock_page, seat_pages, waiver_page
from hengjian.web.authorities.questions import QUESTIONS
from hengjian.web.room import MenuEntry, Opening, Room

ROOM = Room(
    "authorities",
    pages=(
        calendar_page.calendar_page,
        calendar_page.calendar_year_page,
        clock_page.clock_page,
        seat_pages.seat_list_page,
        seat_pages.open_seat_page,
        seat_pages.end_seat_page,
        seat_pages.seat_page,
        waiver_page.ask_waiver_page,
        waiver_page.waiver_page,
    ),
    questions=QUESTIONS,
    queue={Waiver: waiver_page.WAIVER_QUEUE},
    menu=(
        MenuEntry("公开", "工作日历", "calendar"),
        MenuEntry("公开", "席位", "seat_list", frozenset({Role.ADMINISTRATOR})),
    ),
    openings=(Opening("authorities.enact_local_value"),),
)
