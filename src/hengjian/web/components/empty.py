"""Nothing here, and what that means."""

from __future__ import annotations

from dataclasses import dataclass

from hengjian.web.components.component import Component
from hengjian.web.components.link import Link


@dataclass(frozen=True, slots=True)
class Empty(Component):
    title: str
    text: str = ""
    link: Link | None = None
