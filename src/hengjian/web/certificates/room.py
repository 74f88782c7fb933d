"""What is issued."""

from __future__ import annotations

from hengjian.certificates.search import CERTIFICATES
from hengjian.web.certificates import alarms, certificate_pages
from hengjian.web.certificates.questions import QUESTIONS
from hengjian.web.room import MenuEntry, Room, Search
from hengjian.web.seats_of import CASE_ROLES

ROOM = Room(
    "certificates",
    pages=(
        certificate_pages.certificates_page,
        certificate_pages.online_page,
        certificate_pages.certificate_page,
        certificate_pages.paper_page,
    ),
    questions=QUESTIONS,
    alarms=(alarms.certificates_to_put_online,),
    menu=(MenuEntry("事后", "证书", "certificates", CASE_ROLES),),
    search=(Search(CERTIFICATES, certificate_pages.standing_chip),),
)
