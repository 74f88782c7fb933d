"""An undefined template variable fails the test: a page never shows a silent blank where a value was meant.

So does a field that a component does not have, even in a condition, where Django would take it for false.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class UndefinedTemplateVariable(AssertionError):
    pass


class _Refusing(str):
    """Django puts a missing name into `string_if_invalid` with `%`; this one answers with an error."""

    __slots__ = ()

    def __contains__(self, part: object) -> bool:
        return part == "%s" or super().__contains__(part)  # type: ignore[operator]

    def __mod__(self, name: Any) -> str:
        raise UndefinedTemplateVariable(f"undefined template variable: {getattr(name, 'var', name)}")


def _no_such_field(self: object, name: str) -> Any:
    if sys._getframe(1).f_code.co_name != "_resolve_lookup":  # asked by something else than a template
        raise AttributeError(name)
    raise UndefinedTemplateVariable(f"{type(self).__name__} has no field {name}")


@contextmanager
def strict_variables() -> Iterator[None]:
    from django.template import engines

    from hengjian.web.components.component import Component

    engine: Any = engines["django"].engine  # type: ignore[attr-defined]
    before = engine.string_if_invalid
    engine.string_if_invalid = _Refusing("(undefined)")
    Component.__getattr__ = _no_such_field  # type: ignore[attr-defined]
    try:
        yield
    finally:
        engine.string_if_invalid = before
        del Component.__getattr__  # type: ignore[attr-defined]
