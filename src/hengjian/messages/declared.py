"""What an act declares of those it tells.

    @act(…, notify=[Notify("results.objection_received", to=[Role.RESPONSIBLE_PERSON.of_own_institution],
                           title="收到异议", says=received, claims=UNANSWERED)])

Whoever must act next (`turn=True` in the headers) is told without being declared: `telling`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from hengjian.kernel.actor import Actor, By

NOTIFIES: dict[str, Notify] = {}
AHEAD: dict[str, Ahead] = {}


class Recipient(Actor, Protocol):
    """A seat: who acts from it is told."""

    pk: Any


@dataclass(frozen=True)
class Notify:
    """`says(row, fact)` is the sentence; `about(subject, fact)` the rows it is about, where that is not the subject itself.
    What it claims, it claims while the row is in one of the states of `claims`: later it is not sent and is marked as
    lapsed. Empty only where it claims no effect."""

    code: str
    to: Sequence[By]
    title: str
    says: Callable[[Any, Any], str]
    claims: tuple[str, ...]
    about: Callable[[Any, Any], Iterable[Any]] | None = None
    urgent: bool = False

    def __post_init__(self) -> None:
        if self.code in NOTIFIES:
            raise TypeError(f"message {self.code} is declared twice")
        NOTIFIES[self.code] = self


@dataclass(frozen=True)
class Ahead:
    """What begins at a moment, such as an exam: whom it concerns is told some hours before, as often as the rule says.

    `begins(after, until)` gives rows with the moment each begins, between the two; `holds(row)` whether it is still to be.
    """

    code: str
    title: str
    to: Sequence[By]
    begins: Callable[[datetime, datetime], Iterable[tuple[Any, datetime]]]
    holds: Callable[[Any], bool]

    def __post_init__(self) -> None:
        if self.code in AHEAD:
            raise TypeError(f"reminder {self.code} is declared twice")
        AHEAD[self.code] = self


@dataclass(frozen=True)
class Address:
    """Where a person is reached, and in which language; empty where not."""

    mail: str = ""
    phone: str = ""
    language: str = ""
