"""The arguments of an act, as one model: API, forms, files and the act itself read and bound them by it.

A signature says `reason: Reason, held_on: date, rows: Sequence[ScoreRow]`; `model_of(act)` makes the pydantic model with the
bounds (a column of a database holds so much and no more), the readings of `kernel.typed` and a sentence for every fault.
Bare types have bounds too: nothing an act takes is unbounded.
"""

from __future__ import annotations

import dataclasses
import inspect
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Annotated, Any, cast

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    create_model,
)
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from hengjian.kernel import typed
from hengjian.kernel.argument_labels import place_in_words
from hengjian.kernel.clock import ZONE
from hengjian.kernel.refusal import Kind, Refusal
from hengjian.kernel.words import parameters_of, say, words_of

MOST_ROWS = 20_000
MOST_SIGNS = 20_000


class AboutText:
    """How a text is bounded: one line or several, at least and at most so many signs once blanks are out."""

    def __init__(self, *, several: bool, least: int, most: int) -> None:
        self.several, self.least, self.most = several, least, most

    def __call__(self, text: Any) -> Any:
        if not isinstance(text, str):
            return text
        plain = typed.lines(text) if self.several else typed.line(text)
        _storable(plain)
        if len(plain) > self.most:
            raise _typed(say("不超过 {most} 字，现为 {now} 字", most=self.most, now=len(plain)))
        if not plain and self.least:
            raise _typed("不能为空")
        if len(_substance(plain)) < self.least:
            raise _typed(say("至少写 {least} 个字，说清楚事实和依据", least=self.least))
        return plain


def _typed(says: str) -> PydanticCustomError:
    """Pydantic keeps a plain copy of a message; what was said travels beside it."""
    return PydanticCustomError("typed", "{says}", {"says": says})


def _substance(text: str) -> set[str] | str:
    """What of a text says something: letters and digits; a sign repeated over and over counts once."""
    signs = [sign for sign in text if sign.isalnum()]
    return "".join(signs) if len(set(signs)) > 1 else "".join(set(signs))


def _storable(text: str) -> str:
    if "\x00" in text:
        raise _typed("不能含有空字符")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise _typed("含有不能保存的字符") from None
    return text


def _read(reader: Callable[[str], Any]) -> BeforeValidator:
    """A text is read as people type it; what is no text goes to pydantic as it is."""

    def before(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        try:
            return reader(value)
        except typed.Unreadable as error:
            raise _typed(words_of(error)) from None

    return BeforeValidator(before)


def _iso_or_typed(value: str) -> Any:
    """An API sends moments with their offset; people type them without."""
    try:
        return typed.moment(value)
    except typed.Unreadable:
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            raise typed.Unreadable("应为日期和时间，例如 2026-09-19 09:00") from None


def _in_zone(value: datetime) -> datetime:
    if not typed.EARLIEST.year <= value.year <= typed.LATEST.year:
        raise _typed("时间应在 1900 年至 2199 年之间")
    return value if value.tzinfo is not None else value.replace(tzinfo=ZONE)


# Annotations an act's signature may use. A plain `str` is a text of several lines that may be empty.
Reason = Annotated[str, AboutText(several=True, least=4, most=2000)]
Explanation = Annotated[str, AboutText(several=True, least=12, most=400)]  # of a decision everybody will read
Statement = Annotated[str, AboutText(several=True, least=1, most=MOST_SIGNS)]
Line = Annotated[str, AboutText(several=False, least=1, most=200)]
Brief = Annotated[str, AboutText(several=False, least=0, most=200)]  # a line that may be empty
Count = Annotated[int, Field(ge=0, le=100_000)]
UploadId = Annotated[int, Field(ge=1, le=typed.KEY)]
Mark = Annotated[Decimal, Field(ge=0, max_digits=6, decimal_places=2)]

_PLAIN = AboutText(several=True, least=0, most=MOST_SIGNS)
Key = Annotated[
    int, _read(lambda text: typed.whole(text, least=1, most=typed.KEY)), Field(ge=1, le=typed.KEY, examples=[1])
]
_Whole = Annotated[int, _read(typed.whole), Field(ge=-typed.WHOLE - 1, le=typed.WHOLE, examples=[5])]
_Text = Annotated[str, Field(max_length=MOST_SIGNS, examples=["厂区公告栏及单位网站首页"]), AfterValidator(_PLAIN)]
_Day = Annotated[date, _read(typed.day), Field(ge=typed.EARLIEST, le=typed.LATEST, examples=["2026-09-19"])]
_Moment = Annotated[
    datetime, _read(_iso_or_typed), Field(examples=["2026-09-19T09:00:00+08:00"]), AfterValidator(_in_zone)
]
_Number = Annotated[Decimal, _read(typed.decimal), Field(max_digits=12, decimal_places=4, examples=["78.5"])]
_SEQUENCE = typing.get_origin(typing.Sequence[int])
_MAPPING = typing.get_origin(typing.Mapping[str, str])


def bare(kind: Any) -> tuple[Any, bool]:
    """The type without its bounds and without `| None`, and whether it may be absent."""
    if typing.get_origin(kind) is Annotated:
        return bare(typing.get_args(kind)[0])
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        inner = [item for item in typing.get_args(kind) if item is not type(None)]
        return bare(inner[0])[0], len(inner) < len(typing.get_args(kind))
    return kind, False


def taken(name: str, kind: Any) -> Any:
    """The pydantic type for an argument of this annotation; what it validates to is what the act's body wants."""
    origin = typing.get_origin(kind)
    if origin is Annotated:
        base, *more = typing.get_args(kind)
        return _annotated(name, base, more)
    if origin in (typing.Union, types.UnionType):
        kinds = [taken(name, item) for item in typing.get_args(kind) if item is not type(None)]
        return typing.Optional[kinds[0]]  # noqa: UP045 - built at run time
    if origin in (list, tuple, _SEQUENCE) and kind is not str:
        inner = taken(name, typing.get_args(kind)[0])
        many = Annotated[list[inner], Field(max_length=MOST_ROWS)]  # type: ignore[valid-type]
        return Annotated[many, AfterValidator(tuple)] if origin is tuple else many
    if origin in (dict, _MAPPING):
        key, value = (taken(name, item) for item in typing.get_args(kind))
        return Annotated[dict[key, value], Field(max_length=500)]  # type: ignore[valid-type]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _row(kind)
    if kind is int:
        return Key if name.endswith("_id") or name == "id" else _Whole
    known: dict[Any, Any] = {
        bool: Annotated[bool, _read(_truth)], str: _Text, date: _Day, datetime: _Moment, Decimal: _Number
    }  # fmt: skip
    return known.get(kind, Any)


def _truth(text: str) -> Any:
    if text.strip().lower() in ("on", "true", "1", "yes", "是"):
        return True
    if text.strip().lower() in ("", "off", "false", "0", "no", "否"):
        return False
    raise typed.Unreadable("应为是或否")


def _annotated(name: str, base: Any, more: list[Any]) -> Any:
    texts = [item for item in more if isinstance(item, AboutText)]
    if texts:
        return Annotated[
            str, Field(max_length=MOST_SIGNS, examples=["厂区公告栏及单位网站首页"]), AfterValidator(texts[0])
        ]
    return Annotated[(taken(name, base), *more)]


@cache
def _row(kind: type) -> Any:
    """A dataclass that acts take as a row: validated column by column, then made into itself."""
    hints = typing.get_type_hints(kind, include_extras=True)
    fields: dict[str, Any] = {}
    for item in dataclasses.fields(kind):
        default: Any = ...
        if item.default is not dataclasses.MISSING:
            default = item.default
        elif item.default_factory is not dataclasses.MISSING:
            default = FieldInfo(default_factory=item.default_factory)
        fields[item.name] = (taken(item.name, hints[item.name]), default)
    made = create_model(kind.__name__, __config__=ConfigDict(extra="forbid", from_attributes=True), **fields)

    def back(row: BaseModel) -> Any:
        return kind(**{name: getattr(row, name) for name in fields})

    return Annotated[made, AfterValidator(back)]


def annotations_of(body: Callable[..., Any]) -> dict[str, tuple[Any, Any]]:
    """Name → (annotation with its bounds, default or `inspect.Parameter.empty`) of the keyword arguments."""
    parameters = inspect.signature(body).parameters.items()
    keywords = {name: each for name, each in parameters if each.kind is inspect.Parameter.KEYWORD_ONLY}
    # Of the keyword arguments alone: what else the signature names may not be there at run time.
    asked = types.SimpleNamespace(__annotations__={name: each.annotation for name, each in keywords.items()})
    hints = typing.get_type_hints(asked, globalns=getattr(body, "__globals__", {}), include_extras=True)
    return {name: (hints[name], each.default) for name, each in keywords.items()}


@cache
def model_of(body: Callable[..., Any]) -> type[BaseModel]:
    """The model of an act's arguments; a field the act does not take is refused."""
    fields: dict[str, Any] = {
        name: (taken(name, kind), ... if default is inspect.Parameter.empty else default)
        for name, (kind, default) in annotations_of(body).items()
    }
    name = "".join(part.title() for part in body.__name__.split("_"))
    return create_model(name, __config__=ConfigDict(extra="forbid"), **fields)


@cache
def adapter(name: str, kind: Any) -> TypeAdapter[Any]:
    """One argument by itself, for a form that shows the faults of all fields at once."""
    return TypeAdapter(taken(name, kind), config=None)


@dataclasses.dataclass(frozen=True)
class Fault:
    """What is wrong with an argument: `place` is its name, then row and column where it is a list of rows."""

    place: tuple[str | int, ...]
    says: str


def faults_of(error: ValidationError) -> list[Fault]:
    """Every fault in Chinese, in the order of the fields."""
    return [Fault(tuple(item["loc"]), sentence(item)) for item in error.errors(include_url=False)]


def read(body: Callable[..., Any], given: Mapping[str, Any]) -> tuple[dict[str, Any], list[Fault]]:
    """The arguments as the body wants them, or everything that is wrong with them. Nothing absent is filled in."""
    try:
        model = model_of(body).model_validate(dict(given))
    except ValidationError as error:
        return {}, faults_of(error)
    return {name: getattr(model, name) for name in given}, []


def refusal_for(code: str, fault: Fault) -> Refusal:
    """The refusal act `code` gives for an argument; a rule of the product, for it is about what a record can hold."""
    place = ".".join(str(part) for part in fault.place)
    return Refusal(
        "kernel.argument",
        say("“{place}”{says}。", place=place_in_words(code, fault.place), says=fault.says),
        field=place,
        kind=Kind.INPUT,
        remedy="请改正后再办。",
    )


SENTENCES = {
    "missing": "请填写",
    "extra_forbidden": "没有这一项",
    "enum": "应为列出的选项之一",
    "literal_error": "应为列出的选项之一",
    "too_long": "至多 {max_length} 行",
    "too_short": "至少 {min_length} 行",
    "string_too_long": "不超过 {max_length} 字",
    "greater_than_equal": "不小于 {ge}",
    "greater_than": "应大于 {gt}",
    "less_than_equal": "不大于 {le}",
    "less_than": "应小于 {lt}",
    "decimal_max_digits": "至多 {max_digits} 位数字",
    "decimal_max_places": "小数至多 {decimal_places} 位",
    "decimal_whole_digits": "整数部分至多 {whole_digits} 位",
    "finite_number": "应为数字，例如 78.5",
}
_BY_KIND = {
    "int": "应为整数，例如 60",
    "decimal": "应为数字，例如 78.5",
    "float": "应为数字，例如 78.5",
    "datetime": "应为日期和时间，例如 2026-09-19 09:00",
    "timezone": "应为日期和时间，例如 2026-09-19 09:00",
    "date": "应为日期，例如 2026-09-19",
    "bool": "应为是或否",
    "string": "应为文字",
    "list": "应为若干行",
    "tuple": "应为若干行",
    "dict": "应为若干项",
    "model": "应为若干栏",
}


def sentence(error: Mapping[str, Any]) -> str:
    """The fault in Chinese; pydantic's own words are English and speak to programmers."""
    kind = str(error["type"])
    if kind == "typed":
        return cast(str, error["ctx"]["says"])
    if kind in SENTENCES:
        message, given = SENTENCES[kind], error.get("ctx", {})
        return say(message, **{name: given[name] for name in parameters_of(message)})
    return _BY_KIND.get(kind.split("_", 1)[0], "不合要求")
