"""The trace of an entry of the log: the small number behind an act, and the whole proof."""

from __future__ import annotations

from dataclasses import dataclass

from hengjian.web.components.component import Component


@dataclass(frozen=True, slots=True)
class ProofLink(Component):
    """#18377 with the way to its proof."""

    index: int
    href: str = ""


@dataclass(frozen=True, slots=True)
class Checkpoint(Component):
    size: int
    time: str
    href: str


@dataclass(frozen=True, slots=True)
class Proof(Component):
    """What this server says of an entry; `leaf` and `root` are hexadecimal. A server cannot prove itself, so nothing here says
    that it is verified: `receipt`, `command` and `verify` are how the reader finds out, `fault` is what does not fit even by
    the server's own reckoning."""

    index: int
    act: str
    time: str
    leaf: str
    root: str = ""
    checkpoint: Checkpoint | None = None
    receipt: str = ""
    verify: str = ""
    command: str = ""
    fault: str = ""
