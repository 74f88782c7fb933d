"""The form of an act: its fields are the act's arguments, no more and no less (tested).

Types come from the act's signature, labels and choices from `questions`. A file becomes an `Upload` before the act is
asked, so that a refusal loses nothing.
"""

from __future__ import annotations

import dataclasses
import inspect
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from pydantic import ValidationError

from hengjian.kernel import typed
from hengjian.kernel.actor import Actor
from hengjian.kernel.acts_catalogue import AnyAct
from hengjian.kernel.arguments import MOST_ROWS, adapter, annotations_of, bare, faults_of
from hengjian.kernel.clock import ZONE
from hengjian.kernel.disclosure import disclosed
from hengjian.kernel.models import Upload
from hengjian.kernel.uploads import keep_upload
from hengjian.kernel.words import say
from hengjian.web.components import Drop, Field, Option, Rows
from hengjian.web.questions import Question, question

_SEQUENCE = typing.get_origin(typing.Sequence[int])
EMPTY_ROWS = 3

# What an act is called with: each value as the act's own model has read it.
Arguments = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """One argument as a form asks it. `annotation` is the act's, with its bounds; `kind` the bare type that is shown."""

    name: str
    kind: Any
    annotation: Any
    question: Question
    required: bool
    columns: tuple[Asked, ...] = ()  # of a list of rows
    many: bool = False


def asked_by(act: AnyAct) -> list[Asked]:
    """The act's arguments in order."""
    return [
        _asked(act.header.code, name, annotation, default is inspect.Parameter.empty)
        for name, (annotation, default) in annotations_of(act.body).items()
    ]


def _asked(code: str, name: str, annotation: Any, no_default: bool) -> Asked:
    kind, optional = bare(annotation)
    required = no_default and not optional
    if typing.get_origin(kind) in (list, tuple, _SEQUENCE):
        inner, _ = bare(typing.get_args(kind)[0])
        columns: tuple[Asked, ...] = ()
        if dataclasses.is_dataclass(inner) and isinstance(inner, type):
            hints = typing.get_type_hints(inner, include_extras=True)
            columns = tuple(
                _asked(code, f"{name}.{item.name}", hints[item.name], item.default is dataclasses.MISSING)
                for item in dataclasses.fields(inner)
            )
        return Asked(name, inner, annotation, question(code, name), required, columns, True)
    return Asked(name, kind, annotation, question(code, name), required)


@dataclass
class Filled:
    """What was entered: the arguments for the act, and what is wrong with it, by field."""

    arguments: Arguments
    errors: dict[str, str]


def fill(fields: list[Asked], post: QueryDict, files: MultiValueDict[str, Any], actor: Actor, subject: Any) -> Filled:
    """Read a posted form by the act's own model; all faults at once. Nothing is written except an uploaded file."""
    filled = Filled({}, {})
    for field in fields:
        if field.question.kind == "given":
            filled.arguments[field.name] = field.question.given(actor, subject)
        elif field.question.kind == "own":
            if field.question.read is not None:
                filled.arguments[field.name], fault = field.question.read(post, actor, subject)
                filled.errors |= {field.name: fault} if fault else {}
        elif field.columns:
            _rows(field, post, filled)
        elif field.many:
            values = [value.strip() for part in post.getlist(field.name) for value in part.split("\n") if value.strip()]
            if field.required and not values:
                filled.errors[field.name] = say("请填写“{label}”。", label=field.question.label)
            _put(field, values, filled)
        elif field.question.kind == "file":
            upload = _upload(field, post, files, actor, filled.errors)
            if upload is not None:
                filled.arguments[field.name] = upload
        else:
            text = post.get(field.name, "").strip()
            if field.kind is bool and (text or field.question.kind != "radios"):
                filled.arguments[field.name] = typed.truth(text)
            elif field.kind is bool:
                filled.errors[field.name] = say("请选择“{label}”。", label=field.question.label)
            elif text:
                _put(field, text, filled)
            elif field.required:
                filled.errors[field.name] = say("请填写“{label}”。", label=field.question.label)
    return filled


def _put(field: Asked, value: Any, filled: Filled, places: list[int] | None = None) -> None:
    """The value as the act takes it, or its faults: each at its own cell where it is a list of rows."""
    try:
        filled.arguments[field.name] = adapter(field.name, field.annotation).validate_python(value)
    except ValidationError as error:
        columns = {_last(column): column for column in field.columns}
        for fault in faults_of(error):
            at, label, shown_value = field.name, field.question.label, value
            if places is not None and fault.place and isinstance(fault.place[0], int) and fault.place[0] < len(places):
                row, column = fault.place[0], str(fault.place[-1])
                if column in columns:
                    at, label = f"{field.name}-{places[row]}-{column}", columns[column].question.label
                    shown_value = value[row].get(column, "")
            elif fault.place and isinstance(fault.place[0], int) and isinstance(value, list):
                shown_value = value[fault.place[0]]
            now = (
                say("，现为“{shown_value}”", shown_value=shown_value[:40])
                if isinstance(shown_value, str) and "现为" not in fault.says
                else ""
            )
            filled.errors.setdefault(at, say("“{label}”{says}{now}。", label=label, says=fault.says, now=now))


def _rows(field: Asked, post: QueryDict, filled: Filled) -> None:
    given: list[dict[str, object]] = []
    places: list[int] = []
    fixed = {column.name for column in field.columns if column.question.kind == "fixed"}
    for number in range(_posted_rows(field, post)):
        texts = {
            column.name: post.get(f"{field.name}-{number}-{_last(column)}", "").strip() for column in field.columns
        }
        if not any(text for name, text in texts.items() if name not in fixed):
            continue
        values: dict[str, object] = {}
        for column in field.columns:
            text = texts[column.name]
            if column.kind is bool:
                values[_last(column)] = typed.truth(text)
            elif text:
                values[_last(column)] = text
            elif column.required:
                filled.errors[f"{field.name}-{number}-{_last(column)}"] = say(
                    "第 {number} 行请填写“{label}”。", number=number + 1, label=column.question.label
                )
            elif bare(column.annotation)[1]:
                values[_last(column)] = None
        given.append(values)
        places.append(number)
    if field.required and not given:
        filled.errors.setdefault(field.name, say("请至少填写一行“{label}”。", label=field.question.label))
    before = set(filled.errors)
    _put(field, given, filled, places)
    if before & {name for name in filled.errors if name.startswith(f"{field.name}-")}:
        filled.arguments.pop(field.name, None)


def _posted_rows(field: Asked, post: QueryDict) -> int:
    """How many rows the form says it sent; no more than were really sent, however large the number."""
    said = typed.whole_or(post.get(f"{field.name}-count", ""), 0, most=MOST_ROWS)
    prefix = f"{field.name}-"
    sent = [name[len(prefix) :].split("-", 1)[0] for name in post if name.startswith(prefix)]
    return min(
        said, max((typed.whole_or(number, -1, least=-1) for number in sent if number[:1].isalnum()), default=-1) + 1
    )


def _last(column: Asked) -> str:
    return column.name.rsplit(".", 1)[-1]


def _upload(
    field: Asked, post: QueryDict, files: MultiValueDict[str, Any], actor: Actor, errors: dict[str, str]
) -> int | None:
    given = files.get(field.name)
    if given is not None:
        limit = field.question.limit
        if given.size > limit:
            errors[field.name] = say(
                "文件有 {size:.1f} MB，超过上限 {limit} MB。请压缩或拆分后重新选择。",
                size=given.size / 1048576,
                limit=limit // 1048576,
            )
            return None
        return keep_upload(given.name, given.content_type or "", given.read(), actor).pk
    kept = post.get(f"{field.name}-kept", "")
    key = typed.key_or_none(kept)
    if key is not None and disclosed(Upload, actor).filter(pk=key).exists():
        return key
    if field.required:
        errors[field.name] = say("请选择“{label}”的文件。", label=field.question.label)
    return None


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(ZONE).strftime("%Y-%m-%dT%H:%M")
    if isinstance(value, Enum):
        return str(value.value)
    return str(value.isoformat() if isinstance(value, date) else value)


def shown(
    fields: list[Asked],
    actor: Actor,
    subject: Any,
    *,
    post: QueryDict | None = None,
    errors: Mapping[str, str] | None = None,
    arguments: Arguments | None = None,
) -> list[Field | Rows | Drop]:
    """The fields as the components want them: what was posted, else what the question starts from."""
    errors = errors or {}
    parts: list[Field | Rows | Drop] = []
    for field in fields:
        kind = field.question.kind
        if kind in ("given", "own"):
            continue
        if field.columns:
            parts.append(_shown_rows(field, actor, subject, post, errors))
        elif kind == "file":
            parts.append(_drop(field, (arguments or {}).get(field.name), errors))
        else:
            if post is not None:
                value: Any = "\n".join(post.getlist(field.name)) if field.many else post.get(field.name, "")
            else:
                value = field.question.initial(actor, subject) if field.question.initial else ""
                value = "\n".join(map(str, value)) if field.many and not isinstance(value, str) else value
            parts.append(_field(field, field.name, value, actor, subject, errors))
    return parts


def _drop(field: Asked, kept: int | None, errors: Mapping[str, str]) -> Drop:
    asked = field.question
    return Drop(
        field.name,
        asked.label,
        f"id_{field.name}",
        asked.help,
        asked.accept,
        required=field.required,
        errors=_said(errors, field.name),
        limit=asked.limit,
        kept=kept,
    )


def _said(errors: Mapping[str, str], name: str) -> tuple[str, ...]:
    return (errors[name],) if name in errors else ()


def _field(field: Asked, name: str, value: Any, actor: Actor, subject: Any, errors: Mapping[str, str]) -> Field:
    asked = field.question
    kinds = {int: "number", Decimal: "number", date: "date", datetime: "datetime-local", bool: "checkbox"}
    kind = asked.kind or ("textarea" if field.many else kinds.get(field.kind, "text"))
    choices = [(str(value), label) for value, label in asked.choices(actor, subject)] if asked.choices else []
    chosen = set(_shown(value).split("\n"))
    return Field(
        name,
        asked.label,
        f"id_{name}",
        kind,
        value if field.kind is bool else _shown(value),
        text=dict(choices).get(_shown(value), _shown(value)) if kind == "fixed" else "",
        help=asked.help,
        errors=_said(errors, name),
        required=field.required and (field.kind is not bool or kind == "radios"),
        sensitive=asked.sensitive,
        short=kind in ("number", "date", "datetime-local"),
        rows=4,
        options=[Option(value, label, value in chosen) for value, label in choices]
        if kind in ("select", "radios", "checkboxes")
        else (),
        suggest=reverse(asked.suggest) if asked.suggest else "",
        accept=asked.accept,
    )


def _shown_rows(field: Asked, actor: Actor, subject: Any, post: QueryDict | None, errors: Mapping[str, str]) -> Rows:
    given: list[Mapping[str, object]]
    if post is not None:
        given = [
            {_last(column): post.get(f"{field.name}-{number}-{_last(column)}", "") for column in field.columns}
            for number in range(_posted_rows(field, post))
        ]
    else:
        given = list(field.question.initial(actor, subject)) if field.question.initial else []
    fixed = any(column.question.kind == "fixed" for column in field.columns)
    if not fixed:
        given = [*given, *({} for _ in range(EMPTY_ROWS))]

    def cell(column: Asked, number: int, values: Mapping[str, object]) -> Field:
        last = _last(column)
        return _field(column, f"{field.name}-{number}-{last}", values.get(last, ""), actor, subject, errors)

    rows = [[cell(column, number, values) for column in field.columns] for number, values in enumerate(given)]
    return Rows(
        field.name,
        field.question.label,
        [column.question.label for column in field.columns],
        rows,
        len(rows),
        field.question.help,
        _said(errors, field.name),
        fixed,
    )
