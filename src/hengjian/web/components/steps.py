"""How far a case has come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from hengjian.web.components.component import Component

StepState = Literal["done", "present", "coming", "stopped"]


@dataclass(frozen=True, slots=True)
class Step(Component):
    label: str
    state: StepState
    note: str = ""


@dataclass(frozen=True, slots=True)
class Place(Component):
    """Which step of how many stands now; without a label all are done."""

    place: int
    of: int
    label: str = ""


def present_step(steps: Sequence[Step]) -> Place:
    for place, step in enumerate(steps, start=1):
        if step.state in ("present", "stopped"):
            return Place(place, len(steps), step.label)
    return Place(len(steps), len(steps))
