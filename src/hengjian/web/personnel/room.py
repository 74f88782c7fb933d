"""Who supervises and who assesses: the base of supervisors with their recusals, and that of assessors."""

from __future__ import annotations

from hengjian.personnel.search import ASSESSORS, SUPERVISORS
from hengjian.web.personnel import assessor_pages, supervisor_pages
from hengjian.web.personnel.parts import assessor_chip, supervisor_chip
from hengjian.web.personnel.questions import QUESTIONS
from hengjian.web.room import MenuEntry, Room, Search
from hengjian.web.seats_of import CASE_ROLES, OFFICES

ROOM = Room(
    "personnel",
    pages=(
        supervisor_pages.supervisors_page,
        supervisor_pages.supervisor_page,
        assessor_pages.assessors_page,
        assessor_pages.assessor_page,
    ),
    questions=QUESTIONS,
    menu=(
        MenuEntry("事前", "人员库", "supervisors", OFFICES),
        MenuEntry("事前", "考评人员", "assessors", CASE_ROLES),
    ),
    search=(Search(SUPERVISORS, supervisor_chip), Search(ASSESSORS, assessor_chip)),
)
