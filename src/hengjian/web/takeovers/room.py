"""Taking over what existed before this system: every kind of table, its check, its act and its undoing."""

from __future__ import annotations

from hengjian.authorities.roles import Role
from hengjian.web.room import MenuEntry, Opening, Room
from hengjian.web.takeovers import check_pages, takeover_pages
from hengjian.web.takeovers.questions import QUESTIONS

# Whoever may take over some kind of table.
TAKING = frozenset({Role.PROVINCE_OFFICER, Role.CENTRE_REVIEWER, Role.CENTRE_HEAD})

ROOM = Room(
    "takeovers",
    pages=(
        takeover_pages.takeovers_page,
        takeover_pages.template_file,
        takeover_pages.upload_page,
        takeover_pages.takeover_page,
        check_pages.check_page,
        check_pages.progress_page,
        check_pages.cancel_page,
        check_pages.take_page,
        check_pages.copy_file,
    ),
    questions=QUESTIONS,
    menu=(MenuEntry("事前", "承接", "takeovers", TAKING),),
    openings=(Opening("institutions.take_over"),),
)
