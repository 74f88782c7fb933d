"""What the search marks of an assessor are made of; the part is the office's, which never changes of an assessor."""

from __future__ import annotations

from collections.abc import Iterator

from hengjian.kernel.marks import Named
from hengjian.personnel.models import Assessor


def named(assessor: Assessor) -> Named:
    return Named(assessor.pk, assessor.name, assessor.document_number, assessor.office_id)


def everybody() -> Iterator[Named]:
    """All assessors, read as far as they are asked for."""
    rows = Assessor.objects.order_by("pk").only("pk", "name", "document_number", "office_id")
    for row in rows.iterator(2000):
        yield named(row)
