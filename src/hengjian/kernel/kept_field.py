"""A column for a text that either somebody typed or this system composed: the former stands as typed, the latter is kept so
that it can be said again in its reader's language.

    office_reason = SaidField("负责机关的依据")

A composed sentence stands behind a mark no keyboard writes, as message and parameters (`kernel.kept_words`); whatever has no
mark is a text as it is. Rows from before a column became one are texts, and said as they are.
"""

from __future__ import annotations

import json
from typing import Any

from django.db import models

from hengjian.kernel.facts import plain
from hengjian.kernel.kept_words import kept_text, said_again

MARK = "\x1e"  # RECORD SEPARATOR


def stored(value: Any) -> Any:
    """What stands in the column: the text itself, or the mark and what was said as JSON."""
    if not isinstance(value, str):
        return value
    held = kept_text(value)
    if isinstance(held, str) and not held.startswith(MARK):
        return held
    return MARK + json.dumps(held, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read(value: Any) -> Any:
    """The text of a column, as it can be said."""
    if isinstance(value, str) and value.startswith(MARK):
        return said_again(json.loads(value.removeprefix(MARK)))
    return value


class SaidField(models.TextField):  # type: ignore[type-arg]
    """Reads and writes as `str`; a `Said` comes back as one. It is not searched: what stands in it may be a message."""

    def get_prep_value(self, value: Any) -> Any:
        return stored(super().get_prep_value(value))

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return read(value)


class SaidJSONField(models.JSONField):
    """Plain values among which texts were composed; keys named `message`, `between` and `unstopped` are those of kept words."""

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(plain(value, kept_text))

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return _again(super().from_db_value(value, expression, connection))


def _again(value: Any) -> Any:
    if isinstance(value, dict):
        if value.keys() & {"message", "between", "unstopped"}:
            return said_again(value)
        return {name: _again(item) for name, item in value.items()}
    return [_again(item) for item in value] if isinstance(value, list) else value
