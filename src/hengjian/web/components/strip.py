"""The counted days of a deadline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from hengjian.web.components.component import Component


@dataclass(frozen=True, slots=True)
class StripDay(Component):
    """`number` says which working day it is; `label` is what stands there instead (公布, 假, 日). A fold stands for days left out."""

    date: str
    kind: Literal["start", "working", "makeup", "holiday", "fold"]
    label: str = ""
    number: int | None = None
    today: bool = False
    last: bool = False


@dataclass(frozen=True, slots=True)
class Strip(Component):
    """`rule` is the sentence above; `provisional`: the calendar of the year is not published yet; `spoken`: the whole deadline
    in a sentence."""

    days: Sequence[StripDay]
    rule: str = ""
    provisional: bool = False
    spoken: str = ""
