"""Something that has a day: what a room puts into the agenda."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

OccasionKind = Literal["exam", "deadline", "visit", "notice", "draw"]
LABELS: dict[str, str] = {"exam": "考试", "deadline": "期限", "visit": "考察", "notice": "公示", "draw": "抽取"}


@dataclass(frozen=True, slots=True)
class Occasion:
    """From `on` to `until`, both included; with `at` and `ends` at an hour. `key` tells it apart in a calendar file."""

    key: str
    kind: OccasionKind
    on: date
    until: date
    title: str
    href: str
    note: str = ""
    place: str = ""
    at: datetime | None = None
    ends: datetime | None = None
    late: bool = False

    @property
    def label(self) -> str:
        return LABELS[self.kind]
