"""Whoever reads the law: `Asking` about a case, or one of the readers here for what concerns no case.

depth(batch, law: Law)                     # a computation takes the reader, not a day
nationwide(day).policy(LEVELS)             # a value that no area may change
National(day).policy(MINIMUM_AGE_YEARS)    # the nation's value where no place is known: the command line
Values(asking, [MINIMUM_AGE_YEARS])        # read once, by asking, for work that runs many times or elsewhere
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, TypeVar

from hengjian.kernel.policy import Policy
from hengjian.kernel.policy_files import written

T = TypeVar("T")


class Law(Protocol):
    """What a rule, a body, a page or a computation needs to know of the law."""

    def policy(self, handle: Policy[T], on: date | None = None) -> T:
        """The value of the day it is asked for, or of another one."""
        ...


@dataclass(frozen=True)
class National:
    """The law of a day as nation and province have it, for whoever stands in no area."""

    day: date

    def policy(self, handle: Policy[T], on: date | None = None) -> T:
        return handle.on(on or self.day)


@dataclass(frozen=True)
class _Nationwide(National):
    def policy(self, handle: Policy[T], on: date | None = None) -> T:
        if handle.text.stricter != "none":
            raise TypeError(f"{handle.key} may be stricter in an area: ask about a case")
        return super().policy(handle, on)


def nationwide(day: date) -> Law:
    """The law of a day as far as it is the same everywhere; a value that an area may change is refused."""
    return _Nationwide(day)


class Values:
    """Values read once of the law, equal where they say the same: a key for whatever is computed from them."""

    def __init__(self, law: Law, handles: Iterable[Policy[Any]], on: date | None = None) -> None:
        self._values = {handle.key: law.policy(handle, on) for handle in handles}
        self._said = tuple(sorted((key, written(value)) for key, value in self._values.items()))

    def policy(self, handle: Policy[T], on: date | None = None) -> T:
        value: T = self._values[handle.key]
        return value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Values) and other._said == self._said

    def __hash__(self) -> int:
        return hash(self._said)
