"""Papers: the register, one paper, and its check by anybody."""

from __future__ import annotations

from hengjian.institutions.models import Filing
from hengjian.papers.search import PAPERS
from hengjian.plans.models import Plan
from hengjian.results.models import Objection
from hengjian.web.papers import check_pages, register_pages
from hengjian.web.papers.parts import paper_chip, papers_card
from hengjian.web.papers.questions import QUESTIONS
from hengjian.web.room import MenuEntry, Room, Search
from hengjian.web.seats_of import CASE_ROLES

ROOM = Room(
    "papers",
    pages=(
        register_pages.papers_page,
        register_pages.paper_page,
        register_pages.paper_file,
        register_pages.translation_file,
        check_pages.code_page,
        check_pages.paper_check_page,
    ),
    questions=QUESTIONS,
    menu=(MenuEntry("公开", "公文", "paper_register", CASE_ROLES),),
    search=(Search(PAPERS, paper_chip),),
    sections={Filing: (papers_card,), Plan: (papers_card,), Objection: (papers_card,)},
)
