"""The form of an act: its fields are the act's arguments, no more and no less (tested).

Types come from the act's signature, labels and choices from `questions`. A file becomes an `Upload` before the act is
asked, so that a refusal loses nothing.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from hengjian.kernel.act import arguments_of
from hengjian.kernel.actor import Actor
from hengjian.kernel.acts_catalogue import AnyAct
from hengjian.kernel.clock import ZONE
from hengjian.kernel.models import Upload
from hengjian.kernel.uploads import keep_upload
from hengjian.web.questions import Question, question

EMPTY_ROWS = 3


@dataclass(frozen=True)
class Asked:
    """One argument as a form asks it."""

    name: str
    kind: Any
    question: Question
    required: bool
    columns: tuple[Asked, ...] = ()  # of a list of rows
    many: bool = False


def _bare(kind: Any) -> tuple[Any, bool]:
    """The type without `| None`, and whether it may be absent."""
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        inner = [item for item in typing.get_args(kind) if item is not type(None)]
        return inner[0], len(inner) < len(typing.get_args(kind))
    return kind, False


def asked_by(act: AnyAct) -> list[Asked]:
    """The act's arguments in order."""
    import inspect

    signature = inspect.signature(act.body)
    fields: list[Asked] = []
    for name, annotation in arguments_of(act).items():
        default = signature.parameters[name].default
        kind, optional = _bare(annotation)
        required = not optional and default is inspect.Parameter.empty
        fields.append(_asked(act.header.code, name, kind, required))
    return fields


def _asked(code: str, name: str, kind: Any, required: bool) -> Asked:
    origin = typing.get_origin(kind)
    if origin in (list, tuple, typing.get_origin(typing.Sequence[int])):
        inner = typing.get_args(kind)[0]
        if dataclasses.is_dataclass(inner) and isinstance(inner, type):
            hints = typing.get_type_hints(inner)
            columns = tuple(
                _asked(
                    code,
                    f"{name}.{item.name}",
                    _bare(hints[item.name])[0],
                    not _bare(hints[item.name])[1] and item.default is dataclasses.MISSING,
                )
                for item in dataclasses.fields(inner)
            )
            return Asked(name, inner, question(code, name), required, columns, True)
        return Asked(name, inner, question(code, name), required, (), True)
    return Asked(name, kind, question(code, name), required)


@dataclass
class Filled:
    """What was entered: the arguments for the act, the text to show again, and what is wrong with it."""

    arguments: dict[str, Any]
    errors: dict[str, str]


def fill(fields: list[Asked], post: QueryDict, files: MultiValueDict[str, Any], actor: Actor, subject: Any) -> Filled:
    """Parse a posted form; nothing is written except an uploaded file."""
    filled = Filled({}, {})
    for field in fields:
        if field.question.kind == "given":
            filled.arguments[field.name] = field.question.given(actor, subject)
        elif field.question.kind == "own":
            if field.question.read is not None:
                filled.arguments[field.name], fault = field.question.read(post, actor, subject)
                filled.errors |= {field.name: fault} if fault else {}
        elif field.columns:
            filled.arguments[field.name] = _rows(field, post, filled.errors)
        elif field.many:
            values = [value.strip() for part in post.getlist(field.name) for value in part.split("\n") if value.strip()]
            filled.arguments[field.name] = [_parsed(field, value, field.name, filled.errors) for value in values]
            if field.required and not values:
                filled.errors[field.name] = f"请填写“{field.question.label}”。"
        elif field.question.kind == "file":
            upload = _upload(field, post, files, actor, filled.errors)
            if upload is not None:
                filled.arguments[field.name] = upload
        else:
            text = post.get(field.name, "").strip()
            if field.kind is bool and field.question.kind == "radios" and not text:
                filled.errors[field.name] = f"请选择“{field.question.label}”。"
            elif field.kind is bool:
                filled.arguments[field.name] = text in ("on", "true", "1", "yes")
            elif not text:
                if field.required:
                    filled.errors[field.name] = f"请填写“{field.question.label}”。"
            else:
                filled.arguments[field.name] = _parsed(field, text, field.name, filled.errors)
    return filled


def _rows(field: Asked, post: QueryDict, errors: dict[str, str]) -> list[Any]:
    rows: list[Any] = []
    count = int(post.get(f"{field.name}-count", "0") or 0)
    for number in range(min(count, 20_000)):
        texts = {
            column.name: post.get(f"{field.name}-{number}-{_last(column)}", "").strip() for column in field.columns
        }
        fixed = {column.name for column in field.columns if column.question.kind == "fixed"}
        if not any(text for name, text in texts.items() if name not in fixed):
            continue
        values: dict[str, Any] = {}
        for column in field.columns:
            text, at = texts[column.name], f"{field.name}-{number}-{_last(column)}"
            if column.kind is bool:
                values[_last(column)] = text in ("on", "true", "1", "yes")
            elif text:
                values[_last(column)] = _parsed(column, text, at, errors)
            elif column.required:
                errors[at] = f"第 {number + 1} 行请填写“{column.question.label}”。"
            else:
                default = next(item.default for item in dataclasses.fields(field.kind) if item.name == _last(column))
                values[_last(column)] = None if default is dataclasses.MISSING else default
        if len(values) == len(field.columns):
            rows.append(field.kind(**values))
    if field.required and not rows and not errors:
        errors[field.name] = f"请至少填写一行“{field.question.label}”。"
    return rows


def _last(column: Asked) -> str:
    return column.name.rsplit(".", 1)[-1]


def _parsed(field: Asked, text: str, at: str, errors: dict[str, str]) -> Any:
    kind, label = field.kind, field.question.label
    try:
        if kind is int:
            return int(text)
        if kind is Decimal:
            return Decimal(text)
        if kind is date:
            return date.fromisoformat(text)
        if kind is datetime:
            return datetime.fromisoformat(text).replace(tzinfo=ZONE)
        if isinstance(kind, type) and issubclass(kind, Enum):
            return kind(text)
    except (ValueError, InvalidOperation):
        forms = {
            int: "整数，例如 60",
            Decimal: "数字，例如 78.5",
            date: "日期，例如 2026-09-19",
            datetime: "日期和时间，例如 2026-09-19 09:00",
        }
        errors[at] = f"“{label}”应为{forms.get(kind, '列出的选项之一')}，现为“{text[:40]}”。"
        return None
    return text


def _upload(
    field: Asked, post: QueryDict, files: MultiValueDict[str, Any], actor: Actor, errors: dict[str, str]
) -> int | None:
    given = files.get(field.name)
    if given is not None:
        limit = field.question.limit
        if given.size > limit:
            errors[field.name] = (
                f"文件有 {given.size / 1_048_576:.1f} MB，超过上限 {limit // 1_048_576} MB。请压缩或拆分后重新选择。"
            )
            return None
        return keep_upload(given.name, given.content_type or "", given.read(), actor).pk
    kept = post.get(f"{field.name}-kept", "")
    if kept.isdigit() and Upload.objects.filter(pk=int(kept), owner=actor.actor_id).exists():
        return int(kept)
    if field.required:
        errors[field.name] = f"请选择“{field.question.label}”的文件。"
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
    arguments: Mapping[str, Any] | None = None,
) -> list[dict[str, Any]]:
    """The fields as the components want them: what was posted, else what the question starts from."""
    errors = errors or {}
    parts: list[dict[str, Any]] = []
    for field in fields:
        if field.question.kind in ("given", "own"):
            continue
        if field.columns:
            parts.append(_shown_rows(field, actor, subject, post, errors))
            continue
        if post is not None:
            value: Any = "\n".join(post.getlist(field.name)) if field.many else post.get(field.name, "")
        else:
            value = field.question.initial(actor, subject) if field.question.initial else ""
            value = "\n".join(map(str, value)) if field.many and not isinstance(value, str) else value
        part = _field(field, field.name, value, actor, subject, errors)
        if field.question.kind == "file" and arguments and arguments.get(field.name):
            part["kept"] = arguments[field.name]
        parts.append(part)
    return parts


def _field(
    field: Asked, name: str, value: Any, actor: Actor, subject: Any, errors: Mapping[str, str]
) -> dict[str, Any]:
    asked = field.question
    kinds = {int: "number", Decimal: "number", date: "date", datetime: "datetime-local", bool: "checkbox"}
    kind = asked.kind or ("textarea" if field.many else kinds.get(field.kind, "text"))
    part: dict[str, Any] = {
        "name": name,
        "id": f"id_{name}",
        "label": asked.label,
        "kind": kind,
        "value": value if field.kind is bool else _shown(value),
        "help": asked.help,
        "required": field.required and (field.kind is not bool or kind == "radios"),
        "errors": [errors[name]] if name in errors else [],
        "sensitive": asked.sensitive,
        "rows": 4,
        "short": kind in ("number", "date", "datetime-local"),
        "accept": asked.accept,
        "limit": asked.limit,
        "suggest": reverse(asked.suggest) if asked.suggest else "",
    }
    if kind == "fixed":
        words = {str(option): label for option, label in asked.choices(actor, subject)} if asked.choices else {}
        part["text"] = words.get(_shown(value), _shown(value))
    if kind in ("select", "radios", "checkboxes"):
        chosen = set(_shown(value).split("\n"))
        options = asked.choices(actor, subject) if asked.choices else []
        part["options"] = [
            {"value": option, "label": label, "chosen": str(option) in chosen} for option, label in options
        ]
    return part


def _shown_rows(
    field: Asked, actor: Actor, subject: Any, post: QueryDict | None, errors: Mapping[str, str]
) -> dict[str, Any]:
    rows: list[list[dict[str, Any]]] = []
    if post is not None:
        count = int(post.get(f"{field.name}-count", "0") or 0)
        given = [
            {_last(column): post.get(f"{field.name}-{number}-{_last(column)}", "") for column in field.columns}
            for number in range(count)
        ]
    else:
        given = list(field.question.initial(actor, subject)) if field.question.initial else []
    fixed = any(column.question.kind == "fixed" for column in field.columns)
    if not fixed:
        given = [*given, *({} for _ in range(EMPTY_ROWS))]
    for number, values in enumerate(given):
        rows.append(
            [
                _field(
                    column,
                    f"{field.name}-{number}-{_last(column)}",
                    values.get(_last(column), ""),
                    actor,
                    subject,
                    errors,
                )
                for column in field.columns
            ]
        )
    return {
        "kind": "rows",
        "name": field.name,
        "label": field.question.label,
        "help": field.question.help,
        "columns": [column.question.label for column in field.columns],
        "rows": rows,
        "count": len(rows),
        "fixed": fixed,
        "errors": [errors[field.name]] if field.name in errors else [],
    }
