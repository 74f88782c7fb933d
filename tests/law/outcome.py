"""What comes out of an act or a computation, as far as it can be compared, and whether another value changes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

from django.db import models, transaction

from hengjian.kernel.refusal import Refused
from tests.law.enacted import OTHERWISE, enacted, in_force, others

Outcome = Mapping[str, Any]


@dataclass(frozen=True)
class Probe:
    """Something to be done or worked out, and the keys of the law it may hang on."""

    title: str
    keys: tuple[str, ...]
    run: Callable[[], Any]
    database: bool = True
    values: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)

    def outcome(self) -> Outcome:
        """Run for nothing: what was written is taken back."""
        if not self.database:
            return self._told()
        with transaction.atomic():
            found = self._told()
            transaction.set_rollback(True)
        return found

    def _told(self) -> Outcome:
        try:
            with transaction.atomic() if self.database else nullcontext():
                return told(self.run())
        except Refused as refused:
            return {"refused": refused.refusal.code}


def told(found: Any) -> Outcome:
    """A fact, a row or a value, flat; what only names rows of the database is left out."""
    if isinstance(found, models.Model):
        plain_fields = [each for each in found._meta.concrete_fields if not each.primary_key and not each.is_relation]
        return {each.attname: getattr(found, each.attname) for each in plain_fields}
    if is_dataclass(found) and not isinstance(found, type):
        return {each.name: getattr(found, each.name) for each in fields(found)}
    if isinstance(found, tuple | list):
        return {f"{place}.{name}": value for place, each in enumerate(found) for name, value in told(each).items()}
    if isinstance(found, Mapping):
        return {str(name): value for name, value in found.items()}
    return {"": found}


def decided_by(probe: Probe, keys: Iterable[str]) -> dict[str, Any]:
    """Of these keys those whose value another one would have changed the outcome of, with that other value."""
    wanted = [key for key in keys if key in probe.keys]
    if not wanted:
        return {}
    if "refused" in probe.outcome():
        raise AssertionError(f"{probe.title}: as the law stands this is refused: {probe.outcome()['refused']}")
    once, again = probe.outcome(), probe.outcome()
    firm = {name for name, value in once.items() if name in again and again[name] == value}
    found: dict[str, Any] = {}
    for key in wanted:
        for other in probe.values.get(key) or OTHERWISE.get(key) or others(in_force(key)):
            with enacted(key, other):
                try:
                    after = probe.outcome()
                except (LookupError, ValueError, TypeError, AssertionError):
                    continue  # a value that no law could have shows nothing
            if set(after) != set(once) or any(after[name] != once[name] for name in firm):
                found[key] = other
                break
    return found
