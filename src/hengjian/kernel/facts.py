"""Facts: what the ledger can say. Frozen, typed, named in the past tense; a published one never changes its fields."""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, ClassVar

from hengjian.kernel.kept_words import kept_text, said_again

REGISTRY: dict[str, type[Fact]] = {}


@dataclass(frozen=True)
class Fact:
    """Base of every fact. `code` is declared once, never derived, never reused; `title` is the Chinese label."""

    code: ClassVar[str] = ""
    version: ClassVar[int] = 1
    title: ClassVar[str] = ""
    # The fields that are the SHA-256 of a stored file the act took up, or a list of several: verification looks whether
    # each still stands so.
    files: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        code = cls.__dict__.get("code")
        if not code:
            raise TypeError(f"{cls.__name__} declares no code")
        key = f"{code}/{cls.__dict__.get('version', 1)}"
        if key in REGISTRY and REGISTRY[key].__qualname__ != cls.__qualname__:
            raise TypeError(f"fact code {key} is declared twice")
        REGISTRY[key] = cls


_AS_IT_IS = frozenset({int, bool, type(None)})
_ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digests_in(fact: type[Fact], data: Mapping[str, Any]) -> Iterator[str]:
    """The SHA-256 of every stored file that a fact of this type, with these plain values, took up."""
    for name in fact.files:
        said = data.get(name) or ()
        yield from (said,) if isinstance(said, str) else (digest for digest in said if digest)


def plain(value: Any, text: Callable[[str], Any] | None = None) -> Any:
    """The value as JSON knows it; dates and times in ISO form, decimals as text. `text` says what becomes of sentences."""
    kind = type(value)
    if kind is str or kind in _AS_IT_IS:  # most are, at every write of every act
        return value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name), text) for field in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return value if text is None else text(value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, dict):
        return {str(key): plain(item, text) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item, text) for item in (sorted(value) if isinstance(value, set | frozenset) else value)]
    raise TypeError(f"{type(value).__name__} has no place in a fact")


def recorded(fact: Fact) -> Any:
    """The fact as the log keeps it: what was composed stands there as message and parameters, so that it can be said again."""
    return plain(fact, kept_text)


def canonical(value: Any) -> bytes:
    """RFC 8785 for what facts hold: ASCII or NFC keys, integers, no floats."""
    return _ENCODER.encode(plain(value)).encode()


@cache
def _hints(kind: type) -> dict[str, Any]:
    """The types of its fields, resolved once: for a time line of two hundred acts that was half of a page."""
    return typing.get_type_hints(kind)


def _restore(kind: Any, value: Any) -> Any:
    origin = typing.get_origin(kind)
    if value is None:
        return None
    if origin in (typing.Union, types.UnionType):
        return _restore(next(arg for arg in typing.get_args(kind) if arg is not type(None)), value)
    if origin in (list, tuple):
        (inner, *_) = typing.get_args(kind)
        return (
            tuple(_restore(inner, item) for item in value)
            if origin is tuple
            else [_restore(inner, item) for item in value]
        )
    if origin is dict:
        (_, inner) = typing.get_args(kind)
        return {name: _restore(inner, item) for name, item in value.items()}
    if kind is str and isinstance(value, Mapping):
        return said_again(value)
    if kind is datetime:
        return datetime.fromisoformat(value)
    if kind is date:
        return date.fromisoformat(value)
    if kind is Decimal:
        return Decimal(value)
    if kind is bytes:
        return bytes.fromhex(value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        return kind(**{name: _restore(hints[name], item) for name, item in value.items()})
    return value


def restore(code: str, version: int, data: dict[str, Any]) -> Fact:
    """The fact as it was recorded."""
    fact = _restore(REGISTRY[f"{code}/{version}"], data)
    assert isinstance(fact, Fact)
    return fact
