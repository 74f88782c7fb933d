"""The form of an act: its fields are the act's arguments, no more and no less (tested).

Types come from the act's signature, labels and choices from `questions`. What was entered is read by `entered`.
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

from hengjian.kernel import typed
from hengjian.kernel.actor import Actor
from hengjian.kernel.acts_catalogue import AnyAct
from hengjian.kernel.arguments import MOST_ROWS, annotations_of, bare
from hengjian.kernel.clock import ZONE
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


def posted_rows(field: Asked, post: QueryDict) -> int:
    """How many rows the form says it sent; no more than were really sent, and all of these where the number is none."""
    prefix = f"{field.name}-"
    numbers = [name[len(prefix) :].split("-", 1)[0] for name in post if name.startswith(prefix)]
    sent = max((typed.whole_or(number, -1, least=-1) for number in numbers if number[:1].isalnum()), default=-1) + 1
    return min(typed.whole_or(post.get(f"{field.name}-TOTAL_FORMS", ""), sent), sent, MOST_ROWS)


def last_part(column: Asked) -> str:
    return column.name.rsplit(".", 1)[-1]


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
            {last_part(column): post.get(f"{field.name}-{number}-{last_part(column)}", "") for column in field.columns}
            for number in range(posted_rows(field, post))
        ]
    else:
        given = list(field.question.initial(actor, subject)) if field.question.initial else []
    fixed = any(column.question.kind == "fixed" for column in field.columns)
    if not fixed:
        given = [*given, *({} for _ in range(EMPTY_ROWS))]

    def cell(column: Asked, number: int, values: Mapping[str, object]) -> Field:
        last = last_part(column)
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
