"""Brings every act into the catalogue: imports each module of each domain's `acts` package, once."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import Any

from django.apps import apps

from hengjian.kernel.act import CATALOGUE, Act, Creating, OnMany

AnyAct = Act[Any, Any, Any] | Creating[Any, Any] | OnMany[Any, Any, Any]


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
