"""The trace of an entry of the log: the small number behind an act, and the whole proof."""

from __future__ import annotations

from dataclasses import dataclass

from hengjian.web.components.component import Component


@dataclass(frozen=True, slots=True)
class ProofLink(Component):
    """#18377 with the way to its proof."""

    index: int
    href: str = ""
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Checkpoint(Component):
    size: int
    time: str
    href: str


@dataclass(frozen=True, slots=True)
class Proof(Component):
    """`leaf` and `root` are hexadecimal; `why` says what failed where it is not verified."""

    index: int
    act: str
    time: str
    leaf: str
    verified: bool
    root: str = ""
    checkpoint: Checkpoint | None = None
    receipt: str = ""
    verify: str = ""
    why: str = ""
