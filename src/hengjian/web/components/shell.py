"""The frame of every page: who is signed in, from which seat, where one can go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hengjian.web.components.component import Component
from hengjian.web.components.refused import Hindrance


@dataclass(frozen=True, slots=True)
class MenuLink(Component):
    label: str
    href: str
    count: int = 0
    hot: bool = False
    current: bool = False


@dataclass(frozen=True, slots=True)
class MenuGroup(Component):
    title: str
    links: Sequence[MenuLink]


@dataclass(frozen=True, slots=True)
class SeatChoice(Component):
    label: str
    value: int
    current: bool = False


@dataclass(frozen=True, slots=True)
class Outbox(Component):
    """By what a page keeps, encrypted on its writer's device, what was submitted without network (`outbox.js`): `owner` tells
    accounts apart, `key` is 32 bytes in hex, `href` where receipts are asked for."""

    owner: str
    key: str
    href: str
    sign_in: str


@dataclass(frozen=True, slots=True)
class Shell(Component):
    """`frame` is the template of the frame; `large`: in large type; the fields after `foot` are those of a signed-in seat."""

    frame: str = ""
    home: str = ""
    demo: bool = False
    large: bool = False
    language: str = ""
    language_action: str = ""
    refused: Hindrance | None = None
    public_menu: Sequence[MenuLink] = ()
    login_href: str = ""
    foot: Sequence[MenuLink] = ()
    menu: Sequence[MenuGroup] = ()
    office: str = ""
    role: str = ""
    person: str = ""
    seats: Sequence[SeatChoice] = ()
    seat_action: str = ""
    seat_key: str = ""
    outbox: Outbox | None = None
    inbox_href: str = ""
    unread: int = 0
    account_href: str = ""
    tokens_href: str = ""
    logout_href: str = ""
    clock_href: str = ""
    search_action: str = ""
    search_value: str = ""
