"""The clause something rests on."""

from __future__ import annotations

from dataclasses import dataclass

from hengjian.web.components.component import Component


@dataclass(frozen=True, slots=True)
class Clause(Component):
    """`note`: what kind of document it is and whether its original was read; `href`: the page of the policy; `why`: its title,
    on hover."""

    label: str
    href: str = ""
    note: str = ""
    why: str = ""
