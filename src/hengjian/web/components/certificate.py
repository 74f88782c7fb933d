"""A certificate as a stranger sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hengjian.web.components.component import Component
from hengjian.web.components.facts import Fact


@dataclass(frozen=True, slots=True)
class CertificateFace(Component):
    """`void`: it is revoked; `photo` the address of one; `number` in full."""

    name: str
    id_masked: str
    number: str
    facts: Sequence[Fact] = ()
    photo: str = ""
    void: bool = False
