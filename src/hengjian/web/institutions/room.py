"""Filing: who may assess, on paper, on site, in the register."""

from __future__ import annotations

from hengjian.authorities.roles import INSTITUTION_ROLES, Role
from hengjian.institutions.models import Filing
from hengjian.institutions.registration import Registration
from hengjian.institutions.search import INSTITUTIONS
from hengjian.web.institutions import (
    alarms,
    filing_pages,
    home,
    institution_pages,
    material_pages,
    register_pages,
    registration_pages,
    staff_pages,
    visit_pages,
)
from hengjian.web.institutions.agenda import visits
from hengjian.web.institutions.parts import institution_chip
from hengjian.web.institutions.questions import QUESTIONS
from hengjian.web.room import AtHome, MenuEntry, Opening, Room, Search
from hengjian.web.seats_of import CASE_ROLES, OFFICES

ROOM = Room(
    "institutions",
    pages=(
        filing_pages.filings_page,
        filing_pages.filing_page,
        material_pages.add_material_page,
        material_pages.review_material_page,
        material_pages.replace_material_page,
        material_pages.withdraw_material_page,
        material_pages.material_view,
        material_pages.material_picture,
        material_pages.material_file,
        visit_pages.conclude_visit_page,
        visit_pages.recheck_page,
        institution_pages.institutions_page,
        institution_pages.institution_page,
        staff_pages.invite_staff_page,
        registration_pages.registrations_page,
        registration_pages.registration_page,
        registration_pages.confirm_registration_page,
        register_pages.register_page,
        register_pages.register_entry_page,
    ),
    questions=QUESTIONS,
    queue={Filing: filing_pages.FILING_QUEUE, Registration: registration_pages.REGISTRATION_QUEUE},
    agenda=(visits,),
    alarms=(alarms.rechecks_due,),
    menu=(
        MenuEntry("事前", "登记申请", "registrations", OFFICES),
        MenuEntry("事前", "机构备案", "filings", CASE_ROLES),
        MenuEntry("事前", "机构名录", "institutions", CASE_ROLES),
    ),
    home=(
        AtHome(home.institutions_card, frozenset({Role.DISTRICT_OFFICER})),
        AtHome(home.own_card, frozenset(INSTITUTION_ROLES), aside=True),
    ),
    openings=(
        Opening("institutions.register_applicant"),
        Opening("institutions.draft_filing"),
        Opening("institutions.invite_staff"),
    ),
    search=(Search(INSTITUTIONS, institution_chip),),
)
