"""An act under way, as its body sees it: all that can be asked, and the only ways to write."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import models

from hengjian.kernel import guard
from hengjian.kernel.actor import Actor
from hengjian.kernel.asking import Asking
from hengjian.kernel.case import CaseModel, bulk_insert
from hengjian.kernel.header import Header
from hengjian.kernel.policy import Pin, Policy
from hengjian.kernel.refusal import Kind, Refusal, Refused
from hengjian.kernel.words import say
from hengjian.kernel.workdays import Due
from hengjian.kernel.writes import Writes

S = TypeVar("S", covariant=True)
M = TypeVar("M", bound=CaseModel)
T = TypeVar("T")


class Doing(Asking[S]):
    """An act under way. On many, `subjects` are all of them and `subject` is the first; opening a case, `subject` is None.
    `prepared` is what the header's `before` worked out ahead of the transaction."""

    def __init__(self, header: Header, actor: Actor, now: datetime, subject: S, subjects: Sequence[S] = ()) -> None:
        super().__init__(actor, subject, now, citable=header.citable, of=header.code)
        self.header = header
        self.subjects = list(subjects)
        self.states_before = [str(getattr(subject, "state", "")) for subject in subjects]
        self.prepared: Any = None
        self.writes = Writes()
        self.reactions: list[Callable[[], object]] = []

    def pin(self, handle: Policy[T], on: date | None = None) -> Pin[T]:
        """On many cases at once the value must be one for all of them."""
        pin = super().pin(handle, on)
        for other in self.subjects[1:]:
            if self.about(other).pin(handle, on).value != pin.value:
                raise Refused(
                    Refusal(
                        "kernel.many_values",
                        say("所选各项所在区域的“{title}”数值不同，不能一并办理。", title=handle.text.title),
                        policy=handle.key,
                        remedy="请按区域分开办理。",
                        kind=Kind.STATE,
                    )
                )
        return pin

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
            self.writes.note(model, row.pk, row)

    def bulk_save(self, model: type[M], rows: Sequence[M], fields: Sequence[str]) -> None:
        """Change many rows of one table at once."""
        for row in rows:
            row.revision += 1
        with guard.opened("act"):
            plain: models.QuerySet[M] = models.QuerySet(model)
            plain.bulk_update(rows, [*fields, "revision"], batch_size=400)
        for row in rows:
            self.writes.note(model, row.pk)

    def set_all(self, model: type[M], keys: Sequence[int], **values: Any) -> None:
        """Give many rows of one table the same values, with one statement for each ten thousand."""
        with guard.opened("act"):
            plain: models.QuerySet[M] = models.QuerySet(model)
            for start in range(0, len(keys), 10_000):
                these = plain.filter(pk__among=keys[start : start + 10_000])
                these.update(revision=models.F("revision") + 1, **values)
        for key in keys:
            self.writes.note(model, key)

    def set_deadline(
        self, row: CaseModel, name: str, *, start: date | None = None, days: Policy[int] | None = None
    ) -> Due:
        """Fill the deadline that the row's model declares, counted from `start` (default: today); of several lengths
        `days` says which. The caller saves the row."""
        deadline = next(one for one in row.deadlines if one.name == name)
        begins, length = start or self.today, self.policy(deadline.length_of(days))
        due = self.calendar.add_working_days(begins, length)
        for column, value in zip(deadline.columns, (begins, length, due.on, due.provisional), strict=True):
            setattr(row, column, value)
        return due

    def clear_deadline(self, row: CaseModel, name: str) -> None:
        """Nobody has to do anything by then any more."""
        deadline = next(one for one in row.deadlines if one.name == name)
        setattr(row, deadline.on, None)
        setattr(row, deadline.provisional, False)

    def afterwards(self, reaction: Callable[[], object]) -> None:
        """Runs after commit; it may notify, never decide."""
        self.reactions.append(reaction)
