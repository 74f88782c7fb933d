"""What a desk has to look at first: four lights in fixed places, and the same four for every area below it.

A light counts the rows of a list as the list itself would show them, and leads there with the filter set: the figure and its
list cannot differ. Its state comes from deadlines, never from the size of a number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from hengjian.authorities.lists import ACCOUNTS, SEATS
from hengjian.authorities.models import Seat
from hengjian.authorities.queries import ALONE, OfficeRow, offices_within
from hengjian.authorities.roles import INSTITUTION_ROLES, Role
from hengjian.certificates.lists import CERTIFICATES
from hengjian.certificates.policies import GOING_ONLINE_WORKING_DAYS
from hengjian.institutions.lists import FILINGS
from hengjian.kernel.asking import Asking
from hengjian.kernel.due_filter import NEAR
from hengjian.kernel.listing import Listing, Wanted, tallied
from hengjian.kernel.words import say
from hengjian.plans.lists import PLANS
from hengjian.results.lists import OBJECTIONS
from hengjian.supervision.lists import EXAMS
from hengjian.web.components import AreaLights, Areas, Lamp
from hengjian.web.components.lamp import LampState
from hengjian.web.seats_of import OFFICES

Words = tuple[tuple[str, str | date], ...]
Said = Callable[[Asking[None]], Words | None]


def _always(*words: tuple[str, str]) -> Said:
    return lambda asking: words


def _never(asking: Asking[None]) -> None:
    return None


@dataclass(frozen=True)
class Light:
    """`all`, `late` and `near` are the words of an address of the list: what is counted, what of it is past its day, what
    comes to it within days. `office` is the look-up by which its rows fall to areas."""

    label: str
    unit: str
    listing: Listing[Any]
    page: str
    all: Said
    late: Said = _never
    near: Said = _never
    late_note: str = ""
    near_note: str = ""
    office: str = "office_id"


def _unattended(asking: Asking[None]) -> Words:
    return (("attendance", "vacant"), ("when", "week"))


def _unattended_now(asking: Asking[None]) -> Words:
    return (*_unattended(asking), ("held_until", asking.today + timedelta(days=1)))


def _issued_until(asking: Asking[None], due_before: date) -> date:
    """The last day of issue whose certificates had to be online before that day."""
    day = asking.today
    while True:
        due = asking.calendar.add_working_days(day, asking.policy(GOING_ONLINE_WORKING_DAYS, on=day))
        if due.on < due_before:
            return day
        day -= timedelta(days=1)


def _offline_late(asking: Asking[None]) -> Words:
    return (("state", "offline"), ("issued_until", _issued_until(asking, asking.today)))


def _offline_near(asking: Asking[None]) -> Words:
    return (
        ("state", "offline"),
        ("issued_from", _issued_until(asking, asking.today) + timedelta(days=1)),
        ("issued_until", _issued_until(asking, asking.today + NEAR + timedelta(days=1))),
    )


OVERDUE = "{number} {unit}已逾期"
NEARLY = "{number} {unit}三天内到期"
ONLINE = Light(
    "待上网证书",
    "张",
    CERTIFICATES,
    "certificates",
    _always(("state", "offline")),
    _offline_late,
    _offline_near,
    OVERDUE,
    NEARLY,
)
OBJECTED = Light(
    "未结异议",
    "件",
    OBJECTIONS,
    "objections",
    _always(("due", "open")),
    _always(("due", "overdue")),
    _always(("due", "soon")),
    OVERDUE,
    NEARLY,
    "sheet__batch__plan__office_id",
)
OF_OFFICES = (
    Light(
        "超期备案",
        "件",
        FILINGS,
        "filings",
        _always(("due", "overdue")),
        _always(("due", "overdue")),
        _always(("due", "soon")),
        "已过办理期限",
        "另有 {number} {unit}三天内到期",
    ),
    Light(
        "无督导考试",
        "场",
        EXAMS,
        "supervision",
        _unattended,
        _unattended_now,
        _unattended,
        "{number} {unit}今明开考",
        "七天内开考",
    ),
    OBJECTED,
    ONLINE,
)
OF_INSTITUTIONS = (
    Light(
        "退回的计划",
        "项",
        PLANS,
        "plans",
        _always(("state", "returned")),
        near=_always(("state", "returned")),
        near_note="修改后再报",
    ),
    Light("七天内考试", "场", EXAMS, "supervision", _always(("when", "week"))),
    OBJECTED,
    ONLINE,
)
OF_ADMINISTRATORS = (
    Light("在用账号", "个", ACCOUNTS, "account_list", _always(("state", "open"))),
    Light("停用账号", "个", ACCOUNTS, "account_list", _always(("state", "closed"))),
    Light("在用席位", "个", SEATS, "seat_list", _always(("state", "active"))),
    Light(
        "待确认席位",
        "个",
        SEATS,
        "seat_list",
        _always(("state", "pending")),
        near=_always(("state", "pending")),
        near_note="等人确认",
    ),
)


OF_STAFF = (
    *OF_ADMINISTRATORS[2:],  # seats, no accounts
    Light("未予确认席位", "个", SEATS, "seat_list", _always(("state", "declined"))),
    Light("已撤销席位", "个", SEATS, "seat_list", _always(("state", "ended"))),
)


def lights_of(seat: Seat) -> tuple[Light, ...]:
    """Four for whoever sees cases or keeps accounts; a supervisor has duties instead."""
    if seat.role == Role.INSTITUTION_ADMINISTRATOR:
        return OF_STAFF
    if seat.role in INSTITUTION_ROLES:
        return OF_INSTITUTIONS
    if seat.role == Role.ADMINISTRATOR:
        return OF_ADMINISTRATORS
    return OF_OFFICES if seat.role in OFFICES else ()


@dataclass(frozen=True)
class Counted:
    """A light with its numbers, by office where it has areas below, else under one key."""

    light: Light
    all: Mapping[Any, int]
    late: Mapping[Any, int]
    near: Mapping[Any, int]

    def lamp(self, asking: Asking[None], offices: Sequence[int] | None, narrowed: Words, name: str = "") -> Lamp:
        """What falls to these offices; to everybody where none are named."""

        def of(numbers: Mapping[Any, int]) -> int:
            return sum(number for office, number in numbers.items() if offices is None or office in offices)

        light, number, late, near = self.light, of(self.all), of(self.late), of(self.near)
        state: LampState = "calm"
        note = say("都在期限内") if number and light.late_note else ""
        if late:
            state, note = "late", say(light.late_note, number=late, unit=light.unit)
        elif near:
            state, note = "near", say(light.near_note, number=near, unit=light.unit)
        words = (*(light.all(asking) or ()), *narrowed)
        href = f"{reverse(light.page)}?{urlencode([(name, str(value)) for name, value in words])}"
        return Lamp(light.label, number, light.unit, href, state, note, name)


def counted(seat: Seat, asking: Asking[None], narrowed: Words) -> list[Counted]:
    """At most three statements for each light, however many areas and rows there are."""
    found = []
    for light in lights_of(seat):
        by = light.office if seat.role in OFFICES else "pk"

        def numbers(said: Said, light: Light = light, by: str = by) -> Mapping[Any, int]:
            words = said(asking)
            return {} if words is None else _numbers(light, asking, (*words, *narrowed), by)

        found.append(Counted(light, numbers(light.all), numbers(light.late), numbers(light.near)))
    return found


def _numbers(light: Light, asking: Asking[None], words: Words, by: str) -> Mapping[Any, int]:
    return tallied(light.listing, asking, Wanted(chosen=dict(words)), by)


def lit(seat: Seat, asking: Asking[None]) -> tuple[list[Lamp], Areas | None]:
    """The lights of this seat and, for an office with others below it, the same by area: its sums are the lights."""
    if seat.role not in OFFICES:
        return [each.lamp(asking, None, ()) for each in counted(seat, asking, ())], None
    offices = offices_within(seat.area_path)
    own = next((office for office in offices if office.path == seat.area_path), None)
    if own is None:
        return [each.lamp(asking, None, ()) for each in counted(seat, asking, ())], None
    narrowed: Words = (("office", own.code),)
    numbers = counted(seat, asking, narrowed)
    lamps = [each.lamp(asking, None, narrowed) for each in numbers]
    if len(offices) == 1:
        return lamps, None
    rows = []
    for name, code, keys in _areas(own, offices):
        rows.append(AreaLights(name, [each.lamp(asking, keys, (("office", code),), name) for each in numbers]))
    return lamps, Areas(say("各地四灯"), [each.light.label for each in numbers], rows, lamps)


def _areas(own: OfficeRow, offices: Sequence[OfficeRow]) -> list[tuple[str, str, list[int]]]:
    """Name, word of the address and offices of each area directly below, and last what is at this level itself."""
    below: dict[str, list[OfficeRow]] = {}
    for office in offices:
        if office is not own:
            below.setdefault(office.path[len(own.path) :].split("/")[0], []).append(office)
    found = [(group[0].name, group[0].code, [office.office for office in group]) for group in below.values()]
    return [*found, (say("{name}本级", name=own.name), own.code + ALONE, [own.office])]
