"""Every room of the house, in the order of the side bar. A new one is a line here."""

from __future__ import annotations

from hengjian.web import front
from hengjian.web.authorities import room as authorities
from hengjian.web.certificates import room as certificates
from hengjian.web.institutions import room as institutions
from hengjian.web.messages import room as messages
from hengjian.web.occupations import room as occupations
from hengjian.web.papers import room as papers
from hengjian.web.personnel import room as personnel
from hengjian.web.plans import room as plans
from hengjian.web.public import room as public
from hengjian.web.results import room as results
from hengjian.web.room import Room
from hengjian.web.rosters import room as rosters
from hengjian.web.supervision import room as supervision
from hengjian.web.takeovers import room as takeovers

ROOMS: tuple[Room, ...] = (
    public.ROOM,
    front.ROOM,
    messages.ROOM,
    institutions.ROOM,
    personnel.ROOM,
    takeovers.ROOM,
    occupations.ROOM,
    plans.ROOM,
    rosters.ROOM,
    supervision.ROOM,
    results.ROOM,
    certificates.ROOM,
    papers.ROOM,
    authorities.ROOM,
)
