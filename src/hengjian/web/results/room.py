"""What came of it: scores, notice, objections."""

from __future__ import annotations

from hengjian.plans.models import Batch
from hengjian.results.models import Objection, ObjectionBurst, ResultSheet
from hengjian.results.search import OBJECTIONS
from hengjian.web.results import double_page, objection_pages, sections, sheet_pages
from hengjian.web.results.agenda import notices
from hengjian.web.results.objection_parts import BURST_QUEUE, OBJECTION_QUEUE, objection_chip
from hengjian.web.results.questions import QUESTIONS
from hengjian.web.room import MenuEntry, Room, Search
from hengjian.web.seats_of import CASE_ROLES

ROOM = Room(
    "results",
    pages=(
        sheet_pages.results_page,
        sheet_pages.sheet_page,
        double_page.double_entry_page,
        objection_pages.objections_page,
        objection_pages.objection_page,
    ),
    questions=QUESTIONS,
    queue={ResultSheet: sheet_pages.SHEET_QUEUE, Objection: OBJECTION_QUEUE, ObjectionBurst: BURST_QUEUE},
    agenda=(notices,),
    menu=(
        MenuEntry("事中", "结果与公示", "results", CASE_ROLES),
        MenuEntry("事后", "公示异议", "objections", CASE_ROLES),
    ),
    sections={Batch: (sections.results_section,)},
    search=(Search(OBJECTIONS, objection_chip),),
)
