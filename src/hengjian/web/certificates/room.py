"""What is issued."""

from __future__ import annotations

from hengjian.certificates.search import CERTIFICATES, EARLIER
from hengjian.web.certificates import alarms, certificate_pages, earlier_pages
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
        earlier_pages.earlier_certificates_page,
        earlier_pages.earlier_certificate_page,
    ),
    questions=QUESTIONS,
    alarms=(alarms.certificates_to_put_online,),
    menu=(
        MenuEntry("事后", "证书", "certificates", CASE_ROLES),
        MenuEntry("事后", "承接的证书", "earlier_certificates", CASE_ROLES),
    ),
    search=(
        Search(CERTIFICATES, certificate_pages.standing_chip),
        Search(EARLIER, earlier_pages.earlier_chip),
    ),
)
