"""Templates get rows, never models: finds every model, query set and manager in what a template was given, however deep.

Watches every template that a test of `tests/pages` renders, which are all pages (`tests/pages/conftest.py`).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import models
from django.forms import BaseForm, BoundField
from django.template import Context, Template
from django.test.signals import template_rendered
from django.utils.functional import LazyObject, empty

# What Django's own context processors add to every page; `test_rows_only` holds that our templates take no model of it.
OF_THE_LIBRARY = frozenset({"request", "user", "perms", "messages", "DEFAULT_MESSAGE_LEVELS"})
# Pages whose views are the sign-in library's: what it hands to them is not ours to choose.
LIBRARYS_OWN = "allauth."
FORBIDDEN = (models.Model, models.QuerySet, models.Manager)
PLAIN = (str, bytes, int, float, bool, type(None), type)


def models_in(value: Any, place: str, seen: dict[int, Any]) -> Iterator[str]:
    """Where in `value` they are. `seen` keeps what was looked at, so that a tree is walked once."""
    if isinstance(value, LazyObject):
        if value._wrapped is empty:
            return  # looked at by the templates that ask for it
        value = value._wrapped
    if isinstance(value, PLAIN) or id(value) in seen:
        return
    seen[id(value)] = value
    if isinstance(value, BaseForm) and any(base.__module__.startswith(LIBRARYS_OWN) for base in type(value).__mro__):
        return  # a form of the sign-in library keeps its person for itself
    if isinstance(value, FORBIDDEN):
        yield f"{place}: {type(value).__name__}"
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from models_in(inner, f"{place}.{name}", seen)
    elif isinstance(value, list | tuple | set | frozenset):
        for number, inner in enumerate(value):
            yield from models_in(inner, f"{place}[{number}]", seen)
    elif isinstance(value, BaseForm | BoundField) or dataclasses.is_dataclass(value):
        for name, inner in vars(value).items() if hasattr(value, "__dict__") else _slots(value):
            yield from models_in(inner, f"{place}.{name}", seen)


def _slots(value: Any) -> Iterator[tuple[str, Any]]:
    for field in dataclasses.fields(value):
        yield field.name, getattr(value, field.name)


@contextmanager
def watched() -> Iterator[list[str]]:
    """Within the block every template rendered is looked through; the list holds what was found, with its template."""
    found: list[str] = []
    seen: dict[int, Any] = {}

    def look(template: Template, context: Context, **_: Any) -> None:
        match = getattr(context.get("request"), "resolver_match", None)
        if match is not None and match.func.__module__.startswith(LIBRARYS_OWN):
            return
        for name, value in context.flatten().items():
            if name not in OF_THE_LIBRARY:
                found.extend(f"{template.name} {fault}" for fault in models_in(value, str(name), seen))

    template_rendered.connect(look)
    try:
        yield found
    finally:
        template_rendered.disconnect(look)
