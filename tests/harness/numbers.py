"""The world's counters: names and numbers that nobody else in the database has. They begin anew where it is empty."""

from __future__ import annotations

ALL: list[Numbers] = []


class Numbers:
    """1, 2, 3 …"""

    def __init__(self) -> None:
        self.last = 0
        ALL.append(self)

    def __next__(self) -> int:
        self.last += 1
        return self.last


def counted() -> tuple[int, ...]:
    """How far each counter has come."""
    return tuple(each.last for each in ALL)


def count_from(last: tuple[int, ...]) -> None:
    for each, number in zip(ALL, last, strict=False):
        each.last = number


def begin_anew() -> None:
    for each in ALL:
        each.last = 0
