"""The rows an act has written: the ground floor, on which case tables and acts both stand."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

from django.db import models


class Writes:
    """The rows an act has written, in the order of writing."""

    def __init__(self) -> None:
        self.rows: dict[type[models.Model], dict[Any, None]] = {}
        self.created: dict[type[models.Model], list[Any]] = {}

    def note(self, model: type[models.Model], pk: Any, created: models.Model | None = None) -> None:
        self.rows.setdefault(model, {})[pk] = None
        if created is not None:
            self.created.setdefault(model, []).append(created)


writes_now: ContextVar[Writes | None] = ContextVar("hengjian_writes", default=None)
