"""Kinds of papers: what a room declares in its own `papers.py`, next to the dataclass of what such a paper says.

    ACCEPTANCE = PaperKind("institutions.filing_receipt", "受理通知书", case=Filing, facts=FilingAcceptance)

The face is the template `papers/templates/<code>.typ`, Chinese and English, beside it `<code>.json` with the mark of its
numbers and a sample; the title in English is a message like any other.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, TypeVar

from django.apps import apps

from hengjian.kernel.case import CaseModel

TEMPLATES = Path(__file__).parent / "templates"
S = TypeVar("S", bound=CaseModel)
F = TypeVar("F")
_KINDS: dict[str, PaperKind[Any, Any]] = {}


@dataclass(frozen=True, eq=False)
class PaperKind(Generic[S, F]):
    """`facts` is the dataclass of what it says."""

    code: str
    title: str
    case: type[S]
    facts: type[F]

    def __post_init__(self) -> None:
        if self.code in _KINDS:
            raise TypeError(f"paper kind {self.code} is declared twice")
        _KINDS[self.code] = self

    @cached_property
    def data(self) -> dict[str, Any]:
        """What lies beside the template: mark, and the sample with its addressee."""
        found: dict[str, Any] = json.loads((TEMPLATES / f"{self.code}.json").read_text(encoding="utf-8"))
        return found

    @property
    def mark(self) -> str:
        """Stands in the number before the year: 唐职鉴`受`〔2026〕31号."""
        return str(self.data["mark"])


def kinds() -> Mapping[str, PaperKind[Any, Any]]:
    """Code → kind, of all rooms."""
    for config in apps.get_app_configs():
        if config.name.startswith("hengjian.") and config.name != "hengjian.papers":
            name = f"{config.name}.papers"
            if importlib.util.find_spec(name) is not None:
                importlib.import_module(name)
    return _KINDS
