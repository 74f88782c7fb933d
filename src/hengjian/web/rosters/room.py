"""Who may sit: rosters read, checked, sampled, admitted."""

from __future__ import annotations

from hengjian.plans.models import Batch
from hengjian.rosters.search import CANDIDATES
from hengjian.web.room import MenuEntry, Room, Search
from hengjian.web.rosters import check_pages, roster_pages, sections, ticket_pages
from hengjian.web.rosters.questions import QUESTIONS
from hengjian.web.rosters.roster_parts import candidate_chip
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
    search=(Search(CANDIDATES, candidate_chip),),
)
