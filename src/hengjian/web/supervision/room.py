"""Who attends: draws, duties, reports."""

from __future__ import annotations

from hengjian.authorities.models import Seat
from hengjian.kernel import clock
from hengjian.kernel.disclosure import disclosed
from hengjian.plans.models import Plan
from hengjian.supervision.models import CodeChain, Draw, Duty, Witness
from hengjian.supervision.search import DRAWS
from hengjian.web.room import AtHome, MenuEntry, Opening, Room, Search
from hengjian.web.seats_of import CASE_ROLES, OFFICES, SUPERVISORS
from hengjian.web.supervision import alarms, draw_pages, duty_pages, sections, witness_pages
from hengjian.web.supervision.agenda import draws
from hengjian.web.supervision.home import duty_card, exams_card
from hengjian.web.supervision.questions import QUESTIONS


def _chain_is_open(seat: Seat) -> bool:
    return bool(disclosed(CodeChain, seat).filter(office=seat.office_id, year=clock.today().year).exists())


ROOM = Room(
    "supervision",
    pages=(
        draw_pages.supervision_page,
        draw_pages.draws_page,
        draw_pages.seal_page,
        draw_pages.draw_page,
        duty_pages.duties_page,
        duty_pages.duty_page,
        duty_pages.report_page,
        witness_pages.commit_page,
        witness_pages.witness_page,
        witness_pages.reveal_page,
    ),
    questions=QUESTIONS,
    queue={
        Draw: draw_pages.DRAW_QUEUE,
        Duty: duty_pages.DUTY_QUEUE,
        Witness: witness_pages.WITNESS_QUEUE,
    },
    agenda=(draws,),
    menu=(
        MenuEntry("事中", "质量督导", "supervision", CASE_ROLES | SUPERVISORS),
        MenuEntry("公开", "抽取", "draws", OFFICES),
    ),
    openings=(Opening("supervision.open_chain", _chain_is_open),),
    home=(AtHome(duty_card, SUPERVISORS), AtHome(exams_card, CASE_ROLES)),
    alarms=(alarms.unattended_exams, alarms.often_declining),
    search=(Search(DRAWS, draw_pages.draw_chip),),
    sections={Plan: (sections.supervision_section, witness_pages.witness_section)},
)
