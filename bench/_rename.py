"""The act of the benchmark: one rule, one column. A module of its own, because an act's annotations are read by name."""

from __future__ import annotations

from tests.kernel.scratch import Blanked

from hengjian.authorities.models import Seat
from hengjian.kernel.act import Doing, act
from hengjian.kernel.actor import BY_OPERATOR
from hengjian.kernel.asking import Asking
from hengjian.kernel.rule import rule


@rule("bench.seat_is_held")
def is_held(asking: Asking[Seat]) -> str | None:
    """席位有效。"""
    return None if asking.subject.ended_on is None else "席位已经撤销。"


@act("bench.rename", Seat, by=BY_OPERATOR, requires=[is_held])
def rename(doing: Doing[Seat], *, name: str) -> Blanked:
    """改写席位名称。"""
    doing.subject.place_name = name
    return Blanked(1)
