"""The samples of rosters as anybody may read them: a draw like the others, public in full once its files are read (M1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from hengjian.kernel.draw_chances import chances
from hengjian.kernel.models import Entry, EntryRow
from hengjian.plans.models import Batch
from hengjian.rosters.models import Sample
from hengjian.rosters.sampling.sample import STRATUM

FILED = ("rosters.file_roster", "rosters.replace_roster")
DRAWN, DISCLOSED = "rosters.draw_sample", "rosters.admit_candidates"


@dataclass(frozen=True)
class PublicSample:
    """From the drawing on in the register; whose roster it is, once disclosed."""

    code: str
    office: str
    drawn_at: datetime
    digest: str
    pool: int
    drawn: int
    disclosed: bool


@dataclass(frozen=True)
class PublicSampleDetail:
    """`chance` is that of each file, exact; `index` says where the acts stand in the log."""

    head: PublicSample
    published: dict[str, Any] | None
    institution: str
    plan_number: str
    held_on: date | None
    chance: str
    flagged: int
    accept: int
    bad: int | None
    index: dict[str, int]


def public_samples(limit: int | None = None) -> list[PublicSample]:
    """The register of samples, newest first."""
    rows = Sample.objects.filter(code__isnull=False).select_related("batch__plan__office").order_by("-pk")
    return [_head(row) for row in rows[:limit]]


def public_sample(code: str) -> PublicSampleDetail | None:
    rows = Sample.objects.filter(code=code).select_related("batch__plan__office", "batch__plan__institution")
    found = rows.order_by("pk").first()
    if found is None or found.published is None:
        return None
    plan, known = found.batch.plan, found.disclosed_on is not None
    (chance,) = (chances(found.published["manifest"])[STRATUM] or {}).values()
    return PublicSampleDetail(
        head=_head(found),
        published=found.published if known else None,
        institution=plan.institution.name if known else "",
        plan_number=(plan.number or "") if known else "",
        held_on=plan.held_on if known else None,
        chance=f"{chance.numerator}/{chance.denominator}",
        flagged=found.flagged,
        accept=found.accept,
        bad=found.bad,
        index=_places(found),
    )


def published_sample(code: str) -> dict[str, Any]:
    """Everything anybody needs to run it again. LookupError until its files are read."""
    found = Sample.objects.filter(code=code, disclosed_on__isnull=False).order_by("pk").first()
    if found is None or found.published is None:
        raise LookupError(code)
    whole: dict[str, Any] = found.published
    return whole


def _head(row: Sample) -> PublicSample:
    manifest = (row.published or {}).get("manifest", {})
    assert row.code is not None and row.drawn_at is not None
    return PublicSample(
        code=row.code,
        office=row.batch.plan.office.name,
        drawn_at=row.drawn_at,
        digest=row.manifest_sha256,
        pool=len(manifest.get("pool", ())),
        drawn=row.drawn,
        disclosed=row.disclosed_on is not None,
    )


def _places(found: Sample) -> dict[str, int]:
    """Where the acts stand in the log: the roster with its commitments, the drawing, the decision on its files."""
    rows = EntryRow.objects.filter(table=Batch._meta.db_table, row_id=found.batch_id)
    own = EntryRow.objects.filter(table=Sample._meta.db_table, row_id=found.pk)
    entries = Entry.objects.filter(
        idx__isnull=False, pk__in=[*rows.values_list("entry", flat=True), *own.values_list("entry", flat=True)]
    )
    wanted = entries.filter(act__in=[*FILED, DRAWN, DISCLOSED]).order_by("id").values_list("act", "idx")
    return {FILED[0] if act in FILED else act: idx for act, idx in wanted if idx is not None}
