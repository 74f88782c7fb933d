"""What the act is held against: the same write as anybody would write it by hand in Django, on models that know nothing of
the kernel. `Row` is the very table of the act; `Log` is the table a careful author would keep beside it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from hengjian.authorities.models import Seat


def row_model() -> Any:
    """A plain model over the table of seats, column for column."""
    fields = {
        field.attname: models.BigIntegerField(db_column=field.column, null=field.null)
        if isinstance(field, models.ForeignKey)
        else field.clone()
        for field in Seat._meta.concrete_fields
    }
    meta = type("Meta", (), {"app_label": "bench", "managed": False, "db_table": Seat._meta.db_table})
    return type("Row", (models.Model,), {**fields, "Meta": meta, "__module__": __name__})


class Log(models.Model):
    """Who did what to which row when and under which request number: one row, as an audit trail by hand has it."""

    key = models.CharField(max_length=160, null=True, unique=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=64)
    action = models.CharField(max_length=64)
    table = models.CharField(max_length=64)
    row = models.BigIntegerField()
    details = models.JSONField()

    class Meta:
        app_label = "bench"
        db_table = "bench_log"
        indexes: ClassVar[Any] = [models.Index(fields=["table", "row"], name="bench_log_by_row")]
