"""Case tables: rows that only acts write, each saying along which dimensions somebody has jurisdiction over it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, ClassVar, NoReturn, TypeVar

from django.db import DEFAULT_DB_ALIAS, models

from hengjian.kernel import guard, one_row
from hengjian.kernel.deadline import Deadline
from hengjian.kernel.refusal import PRODUCT, refuse
from hengjian.kernel.scope import HandedIn
from hengjian.kernel.words import say
from hengjian.kernel.writes import writes_now

M = TypeVar("M", bound=models.Model)


def _by_acts_only(*_: Any, **__: Any) -> NoReturn:
    raise guard.WriteOutsideAct(
        "rows of a case table are written one act at a time: doing.create, doing.save, doing.bulk"
    )


class CaseQuerySet(models.QuerySet[M]):
    """Reads only; pages and the API reach rows by `kernel.disclosure`."""

    update = delete = create = bulk_create = bulk_update = get_or_create = update_or_create = _by_acts_only


class CaseModel(models.Model):
    """`jurisdiction` maps the named dimensions (institution, office, area, person …) to look-ups of this model."""

    revision = models.PositiveIntegerField(default=0, editable=False)

    jurisdiction: ClassVar[Mapping[str, str]] = {}
    # The field that leads to the case this one is a row of, if it is one: a score is part of its sheet.
    part_of: ClassVar[str] = ""
    # From when on others than its writer see the row: what has never been handed in is its writer's own.
    handed_in: ClassVar[HandedIn | None] = None
    deadlines: ClassVar[tuple[Deadline, ...]] = ()
    # Rows everybody may see (catalogue, areas); False means only along a dimension.
    open_to_all: ClassVar[bool] = False
    # Rows that stand on a public page, which anybody may therefore ask about; nothing means none.
    open_to_public: ClassVar[models.Q | None] = None

    objects: ClassVar[CaseQuerySet[Any]] = CaseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        writes = writes_now.get()
        if writes is None:
            raise guard.WriteOutsideAct(f"{self._meta.db_table} is written only by acts")
        self.revision = (self.revision or 0) + 1
        refuse_unfit(self)
        opened = self if self._state.adding else None
        with guard.opened("act"):
            super().save(*args, **kwargs)
        writes.note(type(self), self.pk, opened, self.__dict__.pop("_stands", None))

    def _do_update(self, base_qs: Any, using: Any, pk_val: Any, values: Any, *rest: Any) -> Any:
        """Django's own step of a save that changes a row (5.2's: whether there was one); `_stands` is the text the
        database gave back."""
        pairs = [(field, value) for field, _, value in values]
        if using != DEFAULT_DB_ALIAS or any(hasattr(value, "resolve_expression") for _, value in pairs):
            return super()._do_update(base_qs, using, pk_val, values, *rest)
        self.__dict__["_stands"] = text = one_row.changed(type(self), pk_val, pairs)
        return text is not None

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise guard.WriteOutsideAct("nothing is deleted: withdraw, replace, supersede")


@cache
def _texts(model: type[models.Model]) -> list[tuple[str, str, int | None]]:
    return [
        (field.attname, str(field.verbose_name), field.max_length)
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
    ]


def refuse_unfit(row: models.Model) -> None:
    """A text too long for its column, or with a character no database keeps, is refused with a sentence; SQLite would
    take the first in silence and PostgreSQL fail on both."""
    for name, label, limit in _texts(type(row)):
        value = getattr(row, name)
        if not isinstance(value, str):
            continue
        if limit is not None and len(value) > limit:
            raise refuse(
                "kernel.too_long",
                say("“{label}”最多 {limit} 个字符，现有 {value} 个。", label=label, limit=limit, value=len(value)),
                field=name,
                remedy=say("请删减到 {limit} 个字符以内。", limit=limit),
                clause=PRODUCT,
            )
        if "\x00" in value:
            raise refuse(
                "kernel.bad_character",
                say("“{label}”含有不能保存的空字符，请删除后重试。", label=label),
                field=name,
                remedy="请删除空字符后重新填写。",
                clause=PRODUCT,
            )


def case_models() -> list[type[CaseModel]]:
    from django.apps import apps

    return [model for model in apps.get_models() if issubclass(model, CaseModel)]


@cache
def _by_table() -> dict[str, type[CaseModel]]:
    return {model._meta.db_table: model for model in case_models()}


def case_of(table: str) -> type[CaseModel] | None:
    """The kind of case whose rows lie in this table: the log, messages, papers and waivers name a case by table and key."""
    return _by_table().get(table)


def bulk_insert(model: type[models.Model], objects: Sequence[Any], *, batch: int = 500) -> None:
    """Insert many at once and give every object its key; COPY on PostgreSQL where that pays."""
    from django.db import connection

    for item in objects:
        refuse_unfit(item)

    if connection.vendor == "postgresql" and len(objects) >= 2000:
        _copy(model, objects)
        return
    with guard.opened("act"):
        models.QuerySet(model).bulk_create(objects, batch_size=batch)


def _copy(model: type[models.Model], objects: Sequence[Any]) -> None:
    from django.db import connection

    meta = model._meta
    fields = list(meta.concrete_fields)
    key = meta.pk
    assert key is not None
    with guard.opened("act"), connection.cursor() as cursor:
        if any(item.pk is None for item in objects):
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [meta.db_table, key.column, len(objects)],
            )
            for item, (number,) in zip(objects, cursor.fetchall(), strict=True):
                item.pk = number
        names = ", ".join(f'"{field.column}"' for field in fields)
        with cursor.copy(f'COPY "{meta.db_table}" ({names}) FROM STDIN') as copy:
            for item in objects:
                copy.write_row(
                    [_copy_value(field.get_db_prep_save(field.pre_save(item, True), connection)) for field in fields]
                )
    for item in objects:
        item._state.adding = False


def _copy_value(value: Any) -> Any:
    # psycopg wraps binary and JSON for parameters; COPY takes the wrapped forms too, except memoryview.
    return bytes(value) if isinstance(value, memoryview) else value
