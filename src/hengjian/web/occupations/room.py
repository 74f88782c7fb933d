"""What is assessed: the catalogue of occupations and their standards."""

from __future__ import annotations

from hengjian.authorities.roles import Role
from hengjian.web.occupations import occupation_pages
from hengjian.web.occupations.questions import QUESTIONS
from hengjian.web.room import MenuEntry, Room
from hengjian.web.seats_of import CASE_ROLES

ROOM = Room(
    "occupations",
    pages=(
        occupation_pages.occupations_page,
        occupation_pages.occupation_options,
        occupation_pages.occupation_page,
        occupation_pages.standard_page,
    ),
    questions=QUESTIONS,
    menu=(
        MenuEntry(
            "事前", "职业与标准", "occupations", CASE_ROLES | {Role.ADMINISTRATOR, Role.INSTITUTION_ADMINISTRATOR}
        ),
    ),
)
