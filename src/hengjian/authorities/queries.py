"""To whom areas, offices, seats and log-ins are disclosed; who holds a seat, whose log-in it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet, Subquery

from hengjian.authorities.exports import Export
from hengjian.authorities.file_openings import FileOpening
from hengjian.authorities.models import Account, Area, Office, Seat
from hengjian.authorities.roles import Role
from hengjian.authorities.tokens import ApiToken, TokenUse
from hengjian.kernel.actor import Actor
from hengjian.kernel.disclosure import Disclosures, along_jurisdiction, disclosed
from hengjian.kernel.words import say


def openings_disclosed_to(actor: Actor) -> QuerySet[FileOpening]:
    """Who opened which file, to the auditor of the area where the case lies."""
    if not isinstance(actor, Seat) or actor.role != Role.AUDITOR:
        return FileOpening.objects.none()
    found = FileOpening.objects.filter(area_path__startswith=actor.area_path)
    return found.order_by("-pk")


DISCLOSED: Disclosures = {
    **along_jurisdiction(Account, ApiToken, Area, Export, Office, Seat),
    FileOpening: openings_disclosed_to,
}


def account_of_link(digest: str, now: datetime) -> Account | None:
    """The open log-in whose password link has this digest and has not run out: the link is what admits to it."""
    rows = Account.objects.filter(state=Account.State.OPEN, link_digest=digest, link_until__gt=now)
    return rows.select_related("user").order_by("pk").first()


def account_named(username: str) -> Account | None:
    """The open log-in of this name, for whoever has forgotten its password; nothing of it is shown."""
    rows = Account.objects.filter(user__username__iexact=username.strip(), state=Account.State.OPEN)
    return rows.select_related("user").order_by("pk").first()


def account_of(user: int) -> Account:
    """The log-in of this person, for themselves."""
    return Account.objects.select_related("user").get(user_id=user)


def account_held(user: int) -> Account | None:
    """The log-in of this person, held until the end of the transaction; for themselves."""
    return Account.objects.select_for_update().filter(user_id=user).order_by("id").first()


def last_use(actor: Actor, token: int) -> datetime | None:
    """When this token was last used, for those who see it."""
    rows = TokenUse.objects.filter(token__in=disclosed(ApiToken, actor).filter(pk=token).order_by().values("pk"))
    return rows.order_by("pk").values_list("last_used_at", flat=True).first()


def expires_of(digest: str) -> datetime | None:
    """When the token of this digest expires, for whoever has just opened it and so knows its text."""
    return ApiToken.objects.filter(digest=digest).order_by("pk").values_list("expires_at", flat=True).first()


def only_administrators(actor: Actor) -> bool:
    """Whether nobody but administrators sits in the area yet: the installation has just been made."""
    seats = disclosed(Seat, actor).filter(state__in=[Seat.State.PENDING, Seat.State.ACTIVE])
    return not seats.exclude(role=Role.ADMINISTRATOR).exists()


def cities() -> list[tuple[str, str]]:
    """Path and name of each area that counts as a city, for anybody to choose from."""
    kinds = [Area.Kind.CITY, Area.Kind.COUNTY, Area.Kind.ZONE]
    rows = Area.objects.filter(kind__in=kinds, path__regex=r"^\d+/\d+/$").order_by("path")
    return list(rows.values_list("path", "name"))


def holders(actors: Iterable[str]) -> dict[str, str]:
    """Acting id (`seat:12`) → the name of the person who holds that seat; for time lines that say who decided."""
    keys = {int(each.removeprefix("seat:")) for each in actors if each.startswith("seat:")}
    held = Seat.objects.filter(pk__in=keys).order_by("pk").values_list("pk", "user__name")
    return {f"seat:{pk}": name for pk, name in held if name}


@dataclass(frozen=True)
class OfficeRow:
    """An office by the area it is responsible for."""

    office: int
    path: str
    code: str
    name: str


def offices_within(path: str) -> list[OfficeRow]:
    """The office of this area and those of the areas within it, in the order of the areas."""
    rows = Office.objects.filter(area__path__startswith=path).order_by("area__path")
    return [OfficeRow(*row) for row in rows.values_list("pk", "area__path", "area__code", "area__name")]


ALONE = ".own"  # behind the code of an area: what its own office is responsible for, without those below


def office_options() -> list[tuple[str, str]]:
    """Whom a list can be narrowed to: an office with those below it or, where it has some below, itself alone."""
    offices = offices_within("")
    found = []
    for at, office in enumerate(offices):
        found.append((office.code, office.name))
        if at + 1 < len(offices) and offices[at + 1].path.startswith(office.path):
            found.append((office.code + ALONE, say("{name}本级", name=office.name)))
    return found


def of_offices(rows: Any, lookup: str, value: str) -> Any:
    """Those for which the chosen office, or one below it, is responsible; `lookup` leads to the number of an office."""
    code = value.removesuffix(ALONE)
    if code != value:
        own = Office.objects.filter(area__code=code)
    else:
        path = Area.objects.filter(code=code).order_by().values("path")[:1]
        own = Office.objects.filter(area__path__startswith=Subquery(path))
    return rows.filter(**{f"{lookup}__in": own.order_by().values("pk")})
