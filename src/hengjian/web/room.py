"""A room of the house as the web shows it: its pages, how its acts are asked, what of it waits in the queue, its entries in
the side bar, what it shows on the pages of others, what of it the search finds. `web/<domain>/room.py` holds one; `web/rooms.py` lists them, and nothing
is wired in any other way: a page no room names has no address (tested).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from django.db import models
from django.urls import URLPattern, path

from hengjian.authorities.models import Seat
from hengjian.authorities.roles import Role
from hengjian.kernel.case import CaseModel
from hengjian.kernel.finding import Finder
from hengjian.web.components import Card, Chip
from hengjian.web.occasions import Occasion
from hengjian.web.pages import Desk, View, declared
from hengjian.web.questions import Question
from hengjian.web.work import Kind, Line

Section = Callable[[Desk, Any], Card | None]
Alarm = Callable[[Seat], Sequence[Line]]  # what a day has brought about, though no case stands at this seat's turn
Dated = Callable[[Seat, date, date], Sequence[Occasion]]  # what of a room has a day from one day to another
GROUPS = ("", "事前", "事中", "事后", "公开")


@dataclass(frozen=True)
class MenuEntry:
    """A line of the side bar; `roles` are those it is of use to, everybody where none is named."""

    group: str
    label: str
    page: str
    roles: frozenset[Role] = frozenset()

    def shown_to(self, seat: Seat) -> bool:
        return not self.roles or Role(seat.role) in self.roles


@dataclass(frozen=True)
class Opening:
    """An act that opens a case and is offered on the start page, until `done` says it is done for this seat's place."""

    act: str
    done: Callable[[Seat], bool] | None = None


@dataclass(frozen=True)
class Search:
    """What the search page shows of a finder of the domain: `chip` is how a state looks there."""

    finder: Finder
    chip: Callable[[str], Chip]


@dataclass(frozen=True)
class AtHome:
    """A card of the start page for these roles; `aside` stands at its side. It is asked only where it is shown."""

    card: Callable[[Desk], Card | None]
    roles: frozenset[Role]
    aside: bool = False


@dataclass(frozen=True)
class Room:
    """`questions`: act → argument → how it is asked. `sections`: cards on the page of a case, of this room or another.
    What the API lists is declared by the domain, below page and API alike: a room has no `reads`."""

    name: str
    pages: tuple[View, ...] = ()
    questions: Mapping[str, Mapping[str, Question]] = field(default_factory=dict)
    queue: Mapping[type[CaseModel], Kind] = field(default_factory=dict)
    menu: tuple[MenuEntry, ...] = ()
    openings: tuple[Opening, ...] = ()
    sections: Mapping[type[CaseModel], tuple[Section, ...]] = field(default_factory=dict)
    alarms: tuple[Alarm, ...] = ()
    home: tuple[AtHome, ...] = ()
    agenda: tuple[Dated, ...] = ()
    search: tuple[Search, ...] = ()


def rooms() -> tuple[Room, ...]:
    """Every room, in the order of the side bar."""
    from hengjian.web.rooms import ROOMS  # a room imports its pages, and pages ask what rooms declare

    return ROOMS


@cache
def addresses() -> tuple[URLPattern, ...]:
    """The address of every page. Those asked for most come first, for addresses are tried in order."""
    found = [declared(view) for room in rooms() for view in room.pages]
    ordered = sorted(found, key=lambda page: page.first)
    return tuple(path(page.route, page.view, name=page.name) for page in ordered)


@cache
def case_pages() -> Mapping[type[models.Model], str]:
    """Case model → the page that shows one of its rows."""
    found = (declared(view) for room in rooms() for view in room.pages)
    return {page.of: page.name for page in found if page.of is not None}


@cache
def pages_of_acts() -> Mapping[str, str]:
    """Acts with a page of their own → its name: the button leads there instead of to the generic form."""
    found = (declared(view) for room in rooms() for view in room.pages)
    return {code: page.name for page in found for code in page.performs}


@cache
def questions() -> Mapping[str, Question]:
    """`act.argument` (and `act.argument.column`) → how it is asked."""
    return {
        f"{code}.{name}": question
        for room in rooms()
        for code, asked in room.questions.items()
        for name, question in asked.items()
    }


@cache
def queue() -> Mapping[type[CaseModel], Kind]:
    """Case model → how its rows become lines of the queue."""
    return {model: kind for room in rooms() for model, kind in room.queue.items()}


@cache
def alarms() -> tuple[Alarm, ...]:
    return tuple(alarm for room in rooms() for alarm in room.alarms)


def home(desk: Desk, *, aside: bool) -> list[Card]:
    """The cards of this desk's start page, in the order of the rooms."""
    assert desk.seat is not None
    shown = [each for room in rooms() for each in room.home if each.aside == aside and desk.seat.role in each.roles]
    cards = (each.card(desk) for each in shown)
    return [card for card in cards if card is not None]


def agenda(seat: Seat, first: date, last: date) -> list[Occasion]:
    """What has a day between these two, both included, in the order of days and hours."""
    found = [each for room in rooms() for dated in room.agenda for each in dated(seat, first, last)]
    return sorted(found, key=lambda each: (each.on, each.at is None, each.at.timestamp() if each.at else 0, each.key))


@cache
def searches() -> tuple[Search, ...]:
    """What can be searched, in the order of the rooms."""
    return tuple(search for room in rooms() for search in room.search)


@cache
def openings() -> tuple[Opening, ...]:
    return tuple(opening for room in rooms() for opening in room.openings)


@cache
def sections_on(model: type[CaseModel]) -> tuple[Section, ...]:
    """The cards that rooms show on the page of such a case, in the order of the rooms."""
    return tuple(section for room in rooms() for section in room.sections.get(model, ()))


def menu(seat: Seat) -> Sequence[tuple[str, Sequence[MenuEntry]]]:
    """Group → the entries this seat can use."""
    entries = [entry for room in rooms() for entry in room.menu if entry.shown_to(seat)]
    groups = [(group, [entry for entry in entries if entry.group == group]) for group in GROUPS]
    return [(group, found) for group, found in groups if found]
