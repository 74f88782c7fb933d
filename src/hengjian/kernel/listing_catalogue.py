"""Every list of the house by its name: what the `lists.py` of each domain declares, whoever asks first."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Mapping
from functools import cache
from typing import Any

from django.apps import apps

from hengjian.kernel.listing import Listing


@cache
def listings() -> Mapping[str, Listing[Any]]:
    """Name → list. Raises RuntimeError where two are called alike."""
    found: dict[str, Listing[Any]] = {}
    for config in apps.get_app_configs():
        place = f"{config.name}.lists"
        if not config.name.startswith("hengjian.") or importlib.util.find_spec(place) is None:
            continue
        for declared in vars(importlib.import_module(place)).values():
            if isinstance(declared, Listing) and found.setdefault(declared.name, declared) is not declared:
                raise RuntimeError(f"two lists are called {declared.name}")
    return found
