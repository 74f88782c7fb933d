"""A sentence that must not be missed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hengjian.web.components.clause import Clause
from hengjian.web.components.component import Component, Tone
from hengjian.web.components.link import Link


@dataclass(frozen=True, slots=True)
class Alert(Component):
    """`verdict`: the large answer of a page that checks something."""

    title: str = ""
    text: str = ""
    tone: Tone = ""
    lines: Sequence[str] = ()
    clause: Clause | None = None
    link: Link | None = None
    verdict: bool = False
