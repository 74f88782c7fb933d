"""Argument types of acts as the API takes them: bounded, so that no request is larger than what a database keeps."""

import dataclasses
import types
import typing
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any

from pydantic import AfterValidator, ConfigDict, Field, create_model
from pydantic.fields import FieldInfo

Key = Annotated[int, Field(ge=1, le=2**63 - 1, examples=[1])]
Whole = Annotated[int, Field(ge=-(2**31), le=2**31 - 1, examples=[5])]


def _no_null(text: str) -> str:
    if "\x00" in text:
        raise ValueError("不能含有空字符")
    return text


def _storable(text: str) -> str:
    text.encode()  # a lone surrogate raises here and becomes a refusal, not a failure
    return _no_null(text)


Text = Annotated[str, Field(max_length=20_000, examples=["厂区公告栏及单位网站首页"]), AfterValidator(_storable)]
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2199, 12, 31), examples=["2026-09-19"])]
Number = Annotated[Decimal, Field(max_digits=12, decimal_places=4, examples=["78.5"])]


def _within_two_centuries(value: datetime) -> datetime:
    if not 1900 <= value.year <= 2199:
        raise ValueError("时间应在 1900 年至 2199 年之间")
    return value


Moment = Annotated[datetime, Field(examples=["2026-09-19T09:00:00+08:00"]), AfterValidator(_within_two_centuries)]


def taken(name: str, kind: Any) -> Any:
    """The pydantic type for an argument of this annotation."""
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        inner = [taken(name, item) for item in typing.get_args(kind) if item is not type(None)]
        return typing.Optional[inner[0]]  # noqa: UP045 - built at run time
    if origin is not None and kind is not str and origin in (list, tuple, _SEQUENCE):
        return Annotated[list[taken(name, typing.get_args(kind)[0])], Field(max_length=20_000)]  # type: ignore[misc]
    if kind is bool:
        return bool
    if kind is int:
        return Key if name.endswith("_id") or name == "id" else Whole
    if kind is str:
        return Text
    if kind is date:
        return Day
    if kind is datetime:
        return Moment
    if kind is Decimal:
        return Number
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return row_model(kind)
    return Any


_SEQUENCE = typing.get_origin(typing.Sequence[int])
_rows: dict[type, Any] = {}


def row_model(kind: type) -> Any:
    """A dataclass that acts take as a row, as a pydantic model; `as_argument` brings it back."""
    if kind not in _rows:
        hints = typing.get_type_hints(kind)
        fields: dict[str, Any] = {}
        for item in dataclasses.fields(kind):
            default: Any = ...
            if item.default is not dataclasses.MISSING:
                default = item.default
            elif item.default_factory is not dataclasses.MISSING:
                default = FieldInfo(default_factory=item.default_factory)
            fields[item.name] = (taken(item.name, hints[item.name]), default)
        _rows[kind] = create_model(kind.__name__, __config__=ConfigDict(extra="forbid"), **fields)
    return _rows[kind]


def as_argument(kind: Any, value: Any) -> Any:
    """What pydantic parsed, as the act's own types want it."""
    if value is None:
        return None
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        return as_argument(next(item for item in typing.get_args(kind) if item is not type(None)), value)
    if origin in (list, tuple, _SEQUENCE):
        inner = typing.get_args(kind)[0]
        found = [as_argument(inner, item) for item in value]
        return tuple(found) if origin is tuple else found
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        hints = typing.get_type_hints(kind)
        return kind(**{name: as_argument(hint, getattr(value, name)) for name, hint in hints.items()})
    return value
