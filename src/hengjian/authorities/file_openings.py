"""Who opened which file of which case: noted before the first byte is given out, shown to the auditor of the area."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import models

from hengjian.kernel import clock, stored_files
from hengjian.kernel.actor import Actor
from hengjian.kernel.case import CaseModel
from hengjian.kernel.law import nationwide
from hengjian.kernel.policy import Policy

KEPT_DAYS = Policy("files.openings_kept_days", int)
ONCE_WITHIN = timedelta(minutes=10)  # pages of one file turned one after the other are one opening


class FileOpening(models.Model):
    """One opening. `name` is the store's keyed name of the file, `what` names it by its kind and nobody by name, `area_path`
    is where the case lies. Free table: it decides nothing."""

    class How(models.TextChoices):
        SHOWN = "shown"
        TAKEN = "taken"

    decides_nothing = True

    at = models.DateTimeField(db_index=True)
    actor = models.CharField(max_length=64)
    who = models.CharField(max_length=200)
    name = models.BinaryField(max_length=32)
    how = models.CharField(max_length=8, choices=How.choices)
    what = models.CharField(max_length=60)
    case_table = models.CharField(max_length=64)
    case_id = models.BigIntegerField()
    area_path = models.CharField(max_length=60)

    class Meta:
        ordering: ClassVar[Any] = ["-id"]
        indexes: ClassVar[Any] = [models.Index(fields=["case_table", "case_id"], name="opening_by_case")]

    def __str__(self) -> str:
        return self.what


def opened(actor: Actor, digest: str, case: CaseModel, how: FileOpening.How, *, what: str, area_path: str) -> bytes:
    """The file of this SHA-256 for this seat, the opening noted. Raises what `stored_files.contents` raises; then nothing was
    given out and nothing is noted."""
    data = stored_files.contents(digest)
    now = clock.now()
    values = {
        "actor": actor.actor_id,
        "name": stored_files.name_of(digest),
        "how": how,
        "case_table": case._meta.db_table,
        "case_id": case.pk,
    }
    if not FileOpening.objects.filter(**values, at__gt=now - ONCE_WITHIN, at__lte=now).exists():
        FileOpening.objects.create(**values, at=now, who=actor.label[:200], what=what[:60], area_path=area_path)
    return data


def kept_since(now: datetime) -> datetime:
    """Openings of before this moment are no longer kept."""
    return now - timedelta(days=nationwide(now.date()).policy(KEPT_DAYS))


def forget_old(now: datetime) -> int:
    """Delete what is no longer kept; how many."""
    return FileOpening.objects.filter(at__lt=kept_since(now)).delete()[0]
