"""How much of something is done."""

from __future__ import annotations

from dataclasses import dataclass

from hengjian.web.components.component import Component, Tone


@dataclass(frozen=True, slots=True)
class Progress(Component):
    """Without a value it runs and the end is unknown. `label` stands above, `spoken` is for a screen reader."""

    max: int
    value: int | None = None
    label: str = ""
    spoken: str = ""
    tone: Tone = ""
