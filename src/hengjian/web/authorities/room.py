"""Who sits where, which days count, what is waived."""

from __future__ import annotations

from hengjian.authorities.models import Seat
from hengjian.authorities.roles import Role
from hengjian.kernel.models import Waiver
from hengjian.web.authorities import (
    account_pages,
    alarms,
    api_page,
    audit_page,
    calendar_page,
    clock_page,
    device_pages,
    export_pages,
    home,
    opening_pages,
    password_page,
    profile_page,
    seat_pages,
    token_pages,
    waiver_page,
)
from hengjian.web.authorities.questions import QUESTIONS
from hengjian.web.room import AtHome, MenuEntry, Opening, Room

ROOM = Room(
    "authorities",
    pages=(
        calendar_page.calendar_page,
        calendar_page.calendar_year_page,
        clock_page.clock_page,
        account_pages.account_list_page,
        account_pages.open_account_page,
        account_pages.reset_password_page,
        account_pages.account_page,
        password_page.password_link_page,
        profile_page.password_forgotten_page,
        profile_page.profile_page,
        profile_page.confirm_mail_page,
        opening_pages.file_openings_page,
        device_pages.devices_page,
        export_pages.export_list_page,
        export_pages.export_file_page,
        export_pages.export_page,
        audit_page.audit_page,
        audit_page.audit_entry_page,
        token_pages.token_list_page,
        token_pages.open_token_page,
        token_pages.token_page,
        api_page.api_guide_page,
        seat_pages.seat_list_page,
        seat_pages.open_seat_page,
        seat_pages.end_seat_page,
        seat_pages.seat_page,
        waiver_page.ask_waiver_page,
        waiver_page.waiver_page,
    ),
    questions=QUESTIONS,
    queue={Waiver: waiver_page.WAIVER_QUEUE, Seat: seat_pages.SEAT_QUEUE},
    menu=(
        MenuEntry("", "办理记录", "audit", frozenset({Role.AUDITOR})),
        MenuEntry("公开", "工作日历", "calendar"),
        MenuEntry("公开", "账号", "account_list", frozenset({Role.ADMINISTRATOR})),
        MenuEntry("公开", "席位", "seat_list", frozenset({Role.ADMINISTRATOR, Role.INSTITUTION_ADMINISTRATOR})),
        MenuEntry("公开", "文件查阅记录", "file_openings", frozenset({Role.AUDITOR})),
    ),
    home=(
        AtHome(home.unusual_card, frozenset({Role.AUDITOR})),
        AtHome(home.audit_ways, frozenset({Role.AUDITOR}), aside=True),
        AtHome(home.health_card, frozenset({Role.ADMINISTRATOR})),
        AtHome(home.seats_card, frozenset({Role.ADMINISTRATOR}), aside=True),
    ),
    alarms=(alarms.provisional_deadlines,),
    openings=(Opening("authorities.enact_local_value"),),
)
