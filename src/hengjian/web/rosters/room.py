"""Who may sit: rosters read, checked, sampled, admitted."""

from __future__ import annotations

from hengjian.plans.models import Batch
from hengjian.web.room import MenuEntry, Room, Search
from hengjian.web.rosters import check_pages, roster_pages, search, sections, ticket_pages
from hengjian.web.rosters.questions import QUESTIONS
from hengjian.web.seats_of import CASE_ROLES

ROOM = Room(
    "rosters",
    pages=(
        roster_pages.rosters_page,
        roster_pages.columns_page,
        roster_pages.roster_page,
        roster_pages.roster_template_file,
        check_pages.upload_page,
        check_pages.check_page,
        check_pages.progress_page,
        check_pages.cancel_page,
        check_pages.copy_file,
        check_pages.candidate_page,
        ticket_pages.tickets_page,
    ),
    questions=QUESTIONS,
    menu=(MenuEntry("事中", "考生核查", "rosters", CASE_ROLES),),
    sections={Batch: (sections.roster_section,)},
    search=(Search("考生证件号码后四位", search.candidates),),
)
