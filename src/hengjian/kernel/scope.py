"""Who sees what: a row is visible along any dimension the actor holds and sees by. Deny by default."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q

from hengjian.kernel.actor import BY_PUBLIC, PATHS, Actor


@dataclass(frozen=True)
class HandedIn:
    """The look-up of the day on which a row was first handed in, and the dimension along which its writer sees it before."""

    day: str
    writer: str


def visible(rows: Any, actor: Actor) -> Any:
    """`rows` restricted to what `actor` may see; nothing where no dimension applies."""
    model: type[models.Model] = rows.model
    if getattr(model, "open_to_all", False) or "*" in actor.sees:
        return rows
    if actor.role_code == BY_PUBLIC.role_code:
        shown: Q | None = getattr(model, "open_to_public", None)
        return rows.none() if shown is None else rows.filter(shown)
    jurisdiction: dict[str, str] = getattr(model, "jurisdiction", {})
    any_of = Q(pk__in=())
    for dimension in actor.sees:
        lookup, held = jurisdiction.get(dimension), actor.reach.get(dimension)
        if lookup is None or held in (None, ""):
            continue
        covered = Q(**{f"{lookup}__startswith" if dimension in PATHS else lookup: held})
        handed_in: HandedIn | None = getattr(model, "handed_in", None)
        if handed_in is not None and dimension != handed_in.writer:
            covered &= Q(**{f"{handed_in.day}__isnull": False})
        any_of |= covered
    return rows.filter(any_of)


def closed(*codes: str) -> str:
    """`closed("13", "1302") == "13/1302/"`: each level ends in a slash, or a prefix test leaks one area into another."""
    return "".join(f"{code}/" for code in codes)
