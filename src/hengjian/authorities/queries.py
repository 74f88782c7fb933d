"""Readings of areas, offices and seats: the tree, who sits where, whose the case of an area is (R6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from hengjian.authorities.models import Account, Area, Office, Seat, User
from hengjian.authorities.roles import Role
from hengjian.authorities.tokens import ApiToken
from hengjian.kernel.actor import Actor
from hengjian.kernel.disclosure import Disclosures, along_jurisdiction


@dataclass(frozen=True)
class AreaRow:
    id: int
    code: str
    path: str
    name: str
    kind_label: str
    depth: int
    office_id: int | None
    office_name: str


@dataclass(frozen=True)
class OfficeRow:
    id: int
    name: str
    level: str
    level_label: str
    area_name: str
    area_path: str
    phone: str


@dataclass(frozen=True)
class SeatRow:
    id: int
    user_name: str
    role: str
    role_label: str
    place_name: str
    area_path: str
    ended_on: date | None

    @property
    def is_office(self) -> bool:
        return self.role not in (Role.CLERK, Role.RESPONSIBLE_PERSON)


DISCLOSED: Disclosures = along_jurisdiction(Account, ApiToken, Area, Office, Seat)


def areas(path: str = "") -> list[AreaRow]:
    """The areas at or below a closed path, parents before children."""
    rows = Area.objects.filter(path__startswith=path).select_related("office").order_by("path")
    return [
        AreaRow(
            row.pk,
            row.code,
            row.path,
            row.name,
            row.get_kind_display(),
            row.path.count("/"),
            office.pk if (office := getattr(row, "office", None)) else None,
            office.name if office else "",
        )
        for row in rows
    ]


def offices(path: str = "") -> list[OfficeRow]:
    """The offices at or below a closed path."""
    rows = Office.objects.filter(area__path__startswith=path).select_related("area").order_by("area__path")
    return [
        OfficeRow(row.pk, row.name, row.level, row.get_level_display(), row.area.name, row.area.path, row.phone)
        for row in rows
    ]


def seats_of(user: User) -> list[SeatRow]:
    """The seats a person may take after log-in."""
    rows = Seat.objects.filter(user=user, state=Seat.State.ACTIVE).select_related("user").order_by("id")
    return [_seat(row) for row in rows]


def account_of_link(digest: str, now: datetime) -> Account | None:
    """The open log-in whose password link has this digest and has not run out: the link is what admits to it."""
    rows = Account.objects.filter(state=Account.State.OPEN, link_digest=digest, link_until__gt=now)
    return rows.select_related("user").order_by("pk").first()


def account_of(user: int) -> Account:
    """The log-in of this person, for themselves."""
    return Account.objects.select_related("user").get(user_id=user)


def holders(actors: Iterable[str]) -> dict[str, str]:
    """Acting id (`seat:12`) → the name of the person who holds that seat; for time lines that say who decided."""
    keys = {int(each.removeprefix("seat:")) for each in actors if each.startswith("seat:")}
    held = Seat.objects.filter(pk__in=keys).order_by("pk").values_list("pk", "user__name")
    return {f"seat:{pk}": name for pk, name in held if name}


def seats(actor: Actor) -> list[SeatRow]:
    """The seats of the actor's area, for whoever administers them; nothing for anybody else."""
    path = str(actor.reach.get("area") or "")
    if actor.role_code != Role.ADMINISTRATOR or not path:
        return []
    rows = Seat.objects.filter(area_path__startswith=path).select_related("user").order_by("area_path", "id")
    return [_seat(row) for row in rows]


def office_above(office: Office) -> Office | None:
    """The next office up: where an overdue case is shown."""
    return office.parent


def _seat(row: Seat) -> SeatRow:
    return SeatRow(
        row.pk, row.user.name, row.role, str(Role(row.role).label), row.place_name, row.area_path, row.ended_on
    )
