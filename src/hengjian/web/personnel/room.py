"""Who supervises: the base of supervisors and their recusals."""

from __future__ import annotations

from hengjian.personnel.search import SUPERVISORS
from hengjian.web.personnel import supervisor_pages
from hengjian.web.personnel.parts import supervisor_chip
from hengjian.web.personnel.questions import QUESTIONS
from hengjian.web.room import MenuEntry, Room, Search
from hengjian.web.seats_of import OFFICES

ROOM = Room(
    "personnel",
    pages=(supervisor_pages.supervisors_page, supervisor_pages.supervisor_page),
    questions=QUESTIONS,
    menu=(MenuEntry("事前", "人员库", "supervisors", OFFICES),),
    search=(Search(SUPERVISORS, supervisor_chip),),
)
