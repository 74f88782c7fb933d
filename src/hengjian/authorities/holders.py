"""Who stands to a case in the relation a header names: the same question as `By.admits`, asked from the case's side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q

from hengjian.authorities.models import Account, Seat
from hengjian.kernel.actor import PATHS, By
from hengjian.messages.declared import Address

# Dimension → the column of a seat that holds it; `seat` is held by name, the paths by prefix.
COLUMNS: Mapping[str, str] = {
    "office": "office_id",
    "superior": "office_id",
    "institution": "institution_id",
    "staff": "institution_id",
    "person": "person_id",
    "seat_number": "pk",
    "area": "area_path",
    "held": "area_path",
    "seats": "area_path",
}


def seats_holding(rows: Sequence[Any], bys: Sequence[By]) -> list[tuple[Any, Seat]]:
    """Each row with each seat in use that may do on it what one of `bys` may do; one query, however many rows."""
    wanted = {found for row in rows for by in bys if (found := _held(row, by)) is not None}
    if not wanted:
        return []
    any_of = Q(pk__in=())
    for role, column, values in wanted:
        any_of |= Q(role=role) & (Q(**{f"{column}__in": values}) if column else Q())
    seats = list(Seat.objects.filter(any_of, state=Seat.State.ACTIVE).order_by("pk"))
    return [(row, seat) for row in rows for seat in seats if any(by.admits(seat, row) for by in bys)]


def _held(row: Any, by: By) -> tuple[str, str, tuple[Any, ...]] | None:
    """Role, column of the seat and the values one of which it must hold; None where no seat can."""
    if not by.dimension:
        return by.role_code, "", ()
    lookup = row.jurisdiction.get(by.dimension)
    if lookup is None:
        return None
    value: Any = row
    for step in lookup.split("__"):
        value = getattr(value, step, None)
    if value in (None, ""):
        return None
    if by.dimension == "seat":
        kind, _, number = str(value).partition(":")
        return (by.role_code, "pk", (int(number),)) if kind == "seat" else None
    column = COLUMNS.get(by.dimension)
    if column is None:
        return None
    return by.role_code, column, tuple(_prefixes(value)) if by.dimension in PATHS else (value,)


def _prefixes(path: str) -> list[str]:
    """A closed area path with every area above it."""
    parts = path.rstrip("/").split("/")
    return ["".join(f"{part}/" for part in parts[: end + 1]) for end in range(len(parts))]


def addresses_of(persons: Sequence[str]) -> dict[str, Address]:
    """Person (`user:5`) → where they are reached; who has no open account is reached nowhere, and by mail only where the
    address has been confirmed."""
    keys = [int(person.removeprefix("user:")) for person in persons if person.startswith("user:")]
    rows = Account.objects.filter(user_id__in=keys, state=Account.State.OPEN).order_by("pk")
    return {
        f"user:{row.user_id}": Address(mail=row.mail if row.mail_confirmed_at else "", phone=row.phone) for row in rows
    }
