"""A paper of a case."""

from __future__ import annotations

from dataclasses import dataclass

from hengjian.web.components.chip import Chip
from hengjian.web.components.clause import Clause
from hengjian.web.components.component import Component
from hengjian.web.components.proof import ProofLink


@dataclass(frozen=True, slots=True)
class Document(Component):
    """`meta`: kind, size and day in one line; `missing`: it should be there and is not."""

    name: str
    href: str = ""
    meta: str = ""
    missing: bool = False
    chip: Chip | None = None
    proof: ProofLink | None = None
    clause: Clause | None = None
