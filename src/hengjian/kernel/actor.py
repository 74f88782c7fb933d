"""Who acts: a seat, the clock or a member of the public; and by which relation to the subject."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from django.db import models

from hengjian.kernel.words import listed

M = TypeVar("M", bound=models.Model)


class Reaching(Protocol):
    """What decides which rows an act may be done on."""

    @property
    def role_code(self) -> str: ...
    @property
    def reach(self) -> Mapping[str, Any]:
        """Dimension → what this actor holds there: an id, or a closed area path for `area`."""
        ...


class Actor(Reaching, Protocol):
    """A seat fulfils this; so do the clock and the public."""

    @property
    def actor_id(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def person(self) -> str:
        """Who stands behind it, the same for all seats one person holds; empty where nobody does."""
        ...

    @property
    def sees(self) -> tuple[str, ...]:
        """The dimensions along which this actor sees rows; `*` sees everything."""
        ...


@dataclass(frozen=True)
class Impersonal:
    """The clock and the public: no seat, no reach."""

    actor_id: str
    label: str
    role_code: str
    reach: Mapping[str, Any] = field(default_factory=dict)
    sees: tuple[str, ...] = ()
    person: str = ""


CLOCK = Impersonal("clock", "时钟", "clock", sees=("*",))
PUBLIC = Impersonal("public", "社会公众", "public")
OPERATOR = Impersonal("operator", "系统安装程序", "operator", sees=("*",))

# Dimensions compared by prefix of a closed path; all others by equality.
PATHS = frozenset({"area", "held", "seats"})


@dataclass(frozen=True)
class By:
    """May a holder of `role` do it, standing in this relation to the subject? An empty `dimension` asks the role only."""

    role_code: str
    role_label: str
    dimension: str = ""
    relation_label: str = ""

    @property
    def label(self) -> str:
        return listed((self.relation_label, self.role_label), "")

    def admits(self, actor: Actor, subject: Any) -> bool:
        if actor.role_code != self.role_code:
            return False
        if not self.dimension:
            return True
        held = actor.reach.get(self.dimension)
        if held in (None, ""):
            return False
        if subject is None:
            return True
        lookup = subject.jurisdiction.get(self.dimension)
        if lookup is None:
            return False
        value: Any = subject
        for step in lookup.split("__"):
            value = getattr(value, step, None)
        if self.dimension in PATHS:
            return isinstance(value, str) and value.startswith(held)
        return value is not None and bool(value == held)

    def within(self, rows: models.QuerySet[M], actor: Reaching) -> models.QuerySet[M]:
        """The same question, set-wise."""
        if actor.role_code != self.role_code:
            return rows.none()
        if not self.dimension:
            return rows
        held = actor.reach.get(self.dimension)
        lookup = getattr(rows.model, "jurisdiction", {}).get(self.dimension)
        if held in (None, "") or lookup is None:
            return rows.none()
        return rows.filter(**{f"{lookup}__startswith" if self.dimension in PATHS else lookup: held})


BY_CLOCK = By("clock", "时钟")
BY_PUBLIC = By("public", "任何人")
BY_OPERATOR = By("operator", "系统安装程序")
