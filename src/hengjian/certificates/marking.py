"""What the search marks of a certificate taken over are made of; the part is the office's, which never changes of it."""

from __future__ import annotations

from collections.abc import Iterator

from hengjian.certificates.models import EarlierCertificate
from hengjian.kernel.marks import Named


def named(found: EarlierCertificate) -> Named:
    return Named(found.pk, found.name, found.document_number, found.office_id)


def everybody() -> Iterator[Named]:
    """The holders of all certificates taken over, read as far as they are asked for."""
    rows = EarlierCertificate.objects.order_by("pk").only("pk", "name", "document_number", "office_id")
    for row in rows.iterator(2000):
        yield named(row)
