"""An undefined template variable fails the test: a page never shows a silent blank where a value was meant."""

from __future__ import annotations

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


@contextmanager
def strict_variables() -> Iterator[None]:
    from django.template import engines

    engine: Any = engines["django"].engine  # type: ignore[attr-defined]
    before = engine.string_if_invalid
    engine.string_if_invalid = _Refusing("(undefined)")
    try:
        yield
    finally:
        engine.string_if_invalid = before
