"""What page tests share: fetch a page, count its queries, and insist that no model reaches a template."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from pydantic import BaseModel


def read(client: Any, address: str, status: int = 200) -> str:
    """The text of a page, after its context was searched for models."""
    return read_answer(client.get(address), address, status)


def read_answer(answer: Any, address: str, status: int = 200) -> str:
    """The text of an answer, after its context was searched for models."""
    assert answer.status_code == status, f"{address} answered {answer.status_code}"
    for context in answer.context or ():
        for values in context.dicts:
            for name, value in values.items():
                if name not in OF_THE_FRAME:
                    assert_plain(value, name)
    text: str = answer.content.decode()
    return text


# Django's own context: the request and what its processors add.
OF_THE_FRAME = {
    "request",
    "user",
    "perms",
    "messages",
    "csrf_token",
    "block",
    "forloop",
    "shell",
    "DEFAULT_MESSAGE_LEVELS",
}


def assert_plain(value: Any, where: str) -> None:
    assert not isinstance(value, models.Model | models.QuerySet), f"{where} holds a {type(value).__name__}"
    if isinstance(value, Mapping):
        for name, item in value.items():
            assert_plain(item, f"{where}.{name}")
    elif isinstance(value, list | tuple):
        for item in value:
            assert_plain(item, f"{where}[]")
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            assert_plain(getattr(value, field.name), f"{where}.{field.name}")
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            assert_plain(getattr(value, name), f"{where}.{name}")


def queries(work: Callable[[], Any]) -> int:
    """How many statements the database was asked."""
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)
