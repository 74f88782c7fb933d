"""The ways out of the house: e-mail, SMS, a work chat. Which are open, and by whom, the settings say; a demonstration writes
every message into a folder instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from hengjian.messages.declared import Address


@dataclass(frozen=True)
class Letter:
    """What is sent: to one person, in the language of that person. `key` is the same at every try."""

    key: str
    to: Address
    title: str
    text: str
    link: str


class Undeliverable(Exception):
    """It was not taken; `for_good`: no later try will change that."""

    def __init__(self, answer: str, *, for_good: bool = False) -> None:
        super().__init__(answer)
        self.answer = answer
        self.for_good = for_good


class Way(Protocol):
    """One way out. `send` returns what the other side answered, or raises Undeliverable."""

    channel: str

    def reaches(self, address: Address) -> bool: ...
    def send(self, letter: Letter) -> str: ...


def ways() -> Sequence[Way]:
    """The ways that are open here; made anew each time, so that settings may change under test."""
    return [_made(channel, said) for channel, said in settings.MESSAGE_WAYS.items()]


def _made(channel: str, said: dict[str, Any]) -> Way:
    options = {name: value for name, value in said.items() if name != "class"}
    way: Way = import_string(said["class"])(channel=channel, **options)
    return way
