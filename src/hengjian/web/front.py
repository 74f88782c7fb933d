"""The hall: start page, search, the generic page of an act, the log, the law."""

from __future__ import annotations

from hengjian.web import agenda, deadlines, desk_page, log_pages, outbox, performing, policy_pages, search_page
from hengjian.web.room import MenuEntry, Room
from hengjian.web.seats_of import CASE_ROLES, SUPERVISORS

ROOM = Room(
    "front",
    pages=(
        desk_page.desk_page,
        desk_page.in_hand_page,
        agenda.agenda_page,
        agenda.agenda_file,
        desk_page.seats_page,
        outbox.outbox_page,
        search_page.search_page,
        performing.perform_page,
        performing.open_case_page,
        log_pages.log_page,
        log_pages.entry_page,
        log_pages.receipt_file,
        log_pages.checkpoint_file,
        log_pages.text_to_keep_file,
        log_pages.key_file,
        log_pages.bundle_file,
        log_pages.tile_file,
        policy_pages.policies_page,
        policy_pages.policy_page,
    ),
    agenda=(deadlines.deadlines,),
    menu=(
        MenuEntry("", "待办", "desk"),
        MenuEntry("", "日程", "agenda", CASE_ROLES | SUPERVISORS),
        MenuEntry("公开", "存证日志", "log"),
        MenuEntry("公开", "规则与依据", "policies"),
    ),
)
