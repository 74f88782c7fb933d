"""An act under way, as its body sees it: the subject, who acts, one reading of the clock, the policies it cites; and the
only ways to write."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.db import models

from hengjian.kernel import guard
from hengjian.kernel.actor import Actor
from hengjian.kernel.case import CaseModel, bulk_insert
from hengjian.kernel.header import Header
from hengjian.kernel.policy import Pin, Policy
from hengjian.kernel.workdays import Calendar

S = TypeVar("S", bound=CaseModel)
M = TypeVar("M", bound=CaseModel)
T = TypeVar("T")


class Writes:
    """The rows an act has written, in the order of writing."""

    def __init__(self) -> None:
        self.rows: dict[type[models.Model], dict[Any, None]] = {}

    def note(self, model: type[models.Model], pk: Any) -> None:
        self.rows.setdefault(model, {})[pk] = None


class Doing(Generic[S]):
    """An act under way: its subject, who acts, the one reading of the clock, the policies it cites."""

    subject: S
    subjects: list[S]

    def __init__(self, header: Header, actor: Actor, now: datetime) -> None:
        self.header = header
        self.actor = actor
        self.now = now
        self.pins: dict[str, Pin[Any]] = {}
        self.writes = Writes()
        self.area_path = ""
        self._calendar: Calendar | None = None
        self.reactions: list[Callable[[], object]] = []

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def calendar(self) -> Calendar:
        if self._calendar is None:
            from hengjian.kernel.calendar import stored_calendar

            self._calendar = stored_calendar()
        return self._calendar

    def policy(self, handle: Policy[T]) -> T:
        """The value in force today for the subject's area; the pin goes into the fact. Only what the header cites."""
        if handle not in self.header.cites:
            raise TypeError(f"{self.header.code} does not cite {handle.key}")
        from hengjian.kernel.local_values import local_values

        pin = self.pins.get(handle.key)
        if pin is None:
            pin = self.pins[handle.key] = handle.resolve(self.today, local_values(handle.key, self.area_path))
        value: T = pin.value
        return value

    def create(self, model: type[M], **values: Any) -> M:
        row = model(**values)
        row.save(force_insert=True)
        return row

    def save(self, row: CaseModel) -> None:
        row.save()

    def bulk(self, model: type[M], rows: Sequence[M]) -> None:
        """Insert many rows; the fact carries one root over all of them."""
        for row in rows:
            row.revision = 1
        bulk_insert(model, rows)
        for row in rows:
            self.writes.note(model, row.pk)

    def bulk_save(self, model: type[M], rows: Sequence[M], fields: Sequence[str]) -> None:
        """Change many rows of one table at once."""
        for row in rows:
            row.revision += 1
        with guard.opened("act"):
            plain: models.QuerySet[M] = models.QuerySet(model)
            plain.bulk_update(rows, [*fields, "revision"], batch_size=400)
        for row in rows:
            self.writes.note(model, row.pk)

    def afterwards(self, reaction: Callable[[], object]) -> None:
        """Runs after commit; it may notify, never decide."""
        self.reactions.append(reaction)
