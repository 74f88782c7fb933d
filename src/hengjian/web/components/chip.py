"""A state in a word or two."""

from __future__ import annotations

from dataclasses import dataclass

from hengjian.web.components.component import Component, Tone


@dataclass(frozen=True, slots=True)
class Chip(Component):
    """`why` is spoken and shown on hover."""

    label: str
    tone: Tone = ""
    href: str = ""
    why: str = ""
