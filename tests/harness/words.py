"""A sentence the house composed is kept so that it can be said again: a plain column would keep its Chinese and lose the rest.
What somebody typed, a name and a message without parameters are texts like any other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models import CharField, Field, JSONField, TextField

from hengjian.kernel.kept_field import SaidField, SaidJSONField
from hengjian.kernel.kept_words import kept_text
from hengjian.kernel.sealed import EncryptedTextField
from hengjian.kernel.words import IDEOGRAPH


class SentenceInPlainColumn(TypeError):
    pass


def composed_in(value: Any) -> Iterator[str]:
    """The sentences with parameters in a value, however deep."""
    if isinstance(value, str):
        if IDEOGRAPH.search(value) and not isinstance(kept_text(value), str):
            yield value
    elif isinstance(value, dict):
        yield from (found for item in value.values() for found in composed_in(item))
    elif isinstance(value, list | tuple):
        yield from (found for item in value for found in composed_in(item))


@contextmanager
def sentences_stay_sayable() -> Iterator[None]:
    ordinary = Field.get_db_prep_save
    encrypted = EncryptedTextField.get_db_prep_value

    def get_db_prep_save(field: Any, value: Any, connection: Any) -> Any:
        if isinstance(field, CharField | TextField | JSONField) and not isinstance(field, SaidField | SaidJSONField):
            _refuse(field, value)
        return ordinary(field, value, connection)

    def get_db_prep_value(field: Any, value: Any, connection: Any, prepared: bool = False) -> Any:
        _refuse(field, value)
        return encrypted(field, value, connection, prepared)

    Field.get_db_prep_save = get_db_prep_save  # type: ignore[method-assign]
    EncryptedTextField.get_db_prep_value = get_db_prep_value  # type: ignore[method-assign]
    try:
        yield
    finally:
        Field.get_db_prep_save = ordinary  # type: ignore[method-assign]
        EncryptedTextField.get_db_prep_value = encrypted  # type: ignore[method-assign]


def _refuse(field: Any, value: Any) -> None:
    for sentence in composed_in(value):
        raise SentenceInPlainColumn(f"{field} was given “{sentence}”: a SaidField keeps it as message and parameters")
