"""Stands where a part of the page could not be fetched."""

from __future__ import annotations

from dataclasses import dataclass

from hengjian.web.components.component import Component


@dataclass(frozen=True, slots=True)
class Broken(Component):
    sentence: str
    retry: str = ""
