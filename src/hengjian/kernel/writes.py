"""The rows an act has written: the ground floor, on which case tables and acts both stand."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

from django.db import models


class Writes:
    """The rows an act has written, in the order of writing."""

    def __init__(self) -> None:
        self.rows: dict[type[models.Model], dict[Any, None]] = {}

    def note(self, model: type[models.Model], pk: Any) -> None:
        self.rows.setdefault(model, {})[pk] = None


writes_now: ContextVar[Writes | None] = ContextVar("hengjian_writes", default=None)
