"""Erasure of a person: salts and details are destroyed, the leaves stay and the log still verifies.

Called in the body of an act that has blanked the person's columns: the row gets a new commitment from that act, every
earlier one loses its salt, so nobody can test a guess against it. Entries about these rows lose what they open to.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hengjian.kernel import guard
from hengjian.kernel.case import CaseModel
from hengjian.kernel.doing import Doing
from hengjian.kernel.models import Entry, EntryRow


def forget(doing: Doing[Any], rows: Sequence[CaseModel]) -> tuple[int, int]:
    """Destroy the openings of `rows`; (row commitments, entries) that no longer open. The act itself stays readable."""
    salts = entries = 0
    by_model: dict[type[CaseModel], list[int]] = {}
    for row in rows:
        by_model.setdefault(type(row), []).append(row.pk)
    with guard.opened("erasure"):
        for model, pks in by_model.items():
            table = model._meta.db_table
            salts += EntryRow.objects.filter(table=table, row_id__in=pks, salt__isnull=False).update(salt=None)
            entries += Entry.objects.filter(subject_table=table, subject_id__in=pks, details__isnull=False).update(
                salt=None, details=None
            )
    return salts, entries
