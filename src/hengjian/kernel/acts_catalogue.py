"""Brings every act into the catalogue: imports each module of each domain's `acts` package, once."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import Any

from django.apps import apps

from hengjian.kernel.act import CATALOGUE, Act, Creating, OnMany
from hengjian.kernel.case import CaseModel

AnyAct = Act[Any, Any, Any] | Creating[Any, Any] | OnMany[Any, Any, Any]


@cache
def acts_about(model: type[CaseModel], shape: str = "on") -> tuple[AnyAct, ...]:
    """The acts whose subject is a case of this kind, main path first."""
    found = [act for act in catalogue().values() if act.header.subject is model and act.header.shape == shape]
    return tuple(sorted(found, key=lambda act: not act.header.turn))


@cache
def turns_of(model: type[CaseModel], state: str) -> tuple[AnyAct, ...]:
    """What a case of this kind waits for in this state: the acts of its main path."""
    return tuple(
        act
        for act in catalogue().values()
        if act.header.subject is model and act.header.turn and act.header.step and state in act.header.step.sources
    )


@cache
def catalogue() -> dict[str, AnyAct]:
    """Code → act, in the order of the installed domains."""
    for config in apps.get_app_configs():
        if not config.name.startswith("hengjian."):
            continue
        try:
            package = importlib.import_module(f"{config.name}.acts")
        except ModuleNotFoundError:
            continue
        for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda found: found.name):
            importlib.import_module(f"{package.__name__}.{module.name}")
    return CATALOGUE
