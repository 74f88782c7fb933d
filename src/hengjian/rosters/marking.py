"""What the search marks of a candidate are made of; the part is the institution's, which never changes of a candidate."""

from __future__ import annotations

from collections.abc import Iterator

from hengjian.kernel.marks import Named
from hengjian.rosters.models import Candidate


def named(candidate: Candidate, institution: int) -> Named:
    return Named(candidate.pk, candidate.name, candidate.document_number, institution)


def everybody() -> Iterator[Named]:
    """All candidates, read as far as they are asked for."""
    rows = Candidate.objects.order_by("pk").only("pk", "name", "document_number", "batch__plan__institution_id")
    for row in rows.select_related("batch__plan").iterator(2000):
        yield named(row, row.batch.plan.institution_id)
