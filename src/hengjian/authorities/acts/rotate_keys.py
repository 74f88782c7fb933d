"""Encrypted columns change their key by an act on many rows: the runner saves them, and saving encrypts anew.

The log's own details stay under the key they were written with, since an entry never changes: an old key leaves the ring
only when nothing of its time has to be opened any more.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

from hengjian.authorities.facts import KeysRotated
from hengjian.kernel import sealed
from hengjian.kernel.act import Doing, on_many
from hengjian.kernel.actor import BY_OPERATOR
from hengjian.kernel.case import CaseModel
from hengjian.kernel.sealed import EncryptedTextField

BATCH = 500


@on_many(
    "authorities.rotate_keys",
    CaseModel,  # type: ignore[type-abstract]  # rows of any table; they are given, never made
    by=BY_OPERATOR,
    clause="《中华人民共和国个人信息保护法》第五十一条：加密",
)
def rotate_keys(doing: Doing[CaseModel]) -> KeysRotated:
    """换用新密钥。"""
    return KeysRotated(doing.subjects[0]._meta.db_table, len(doing.subjects), sealed.current_key())


def encrypted_models() -> list[type[CaseModel]]:
    """Every case table with an encrypted column."""
    return [
        model
        for model in apps.get_models()
        if issubclass(model, CaseModel)
        and any(isinstance(field, EncryptedTextField) for field in model._meta.concrete_fields)
    ]


def under_other_keys(model: type[CaseModel]) -> list[int]:
    """The rows of which some column is still encrypted under another key than the current one."""
    columns = [field.attname for field in model._meta.concrete_fields if isinstance(field, EncryptedTextField)]
    stored: dict[str, Any] = {
        f"stored{place}": models.ExpressionWrapper(models.F(name), output_field=models.BinaryField())
        for place, name in enumerate(columns)
    }
    rows: models.QuerySet[Any] = models.QuerySet(model).order_by("pk").annotate(**stored).values_list("pk", *stored)
    current = sealed.current_key()
    return [
        pk
        for pk, *values in rows.iterator(chunk_size=2000)
        if any(value and sealed.key_of(bytes(value)) != current for value in values)
    ]


def batches(model: type[CaseModel]) -> Iterator[list[CaseModel]]:
    """The rows that have to be rotated, a few hundred at a time."""
    waiting = under_other_keys(model)
    for start in range(0, len(waiting), BATCH):
        yield list(model._base_manager.filter(pk__in=waiting[start : start + BATCH]).order_by("pk"))
