"""What happened, newest first or as given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hengjian.web.components.clause import Clause
from hengjian.web.components.component import Component, Tone
from hengjian.web.components.link import Link
from hengjian.web.components.proof import ProofLink


@dataclass(frozen=True, slots=True)
class Entry(Component):
    act: str
    who: str = ""
    time: str = ""
    note: str = ""
    detail: str = ""
    proof: ProofLink | None = None
    link: Link | None = None
    clause: Clause | None = None
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Timeline(Component):
    """`inline`: one line each, for phones."""

    entries: Sequence[Entry]
    inline: bool = False
    link: Link | None = None
