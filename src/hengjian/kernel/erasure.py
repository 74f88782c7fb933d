"""Erasure of a person: salts and details are destroyed, the leaves stay and the log still verifies.

Called in the body of an act that has blanked the person's columns: the row gets a new commitment from that act, every
earlier one loses its salt, so nobody can test a guess against it. Entries about these rows lose what they open to. The
act's own entry names all of them (`destroyed`): an opening that nobody says to have destroyed was blanked by hand.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection

from hengjian.kernel import guard, ledger, sealed, stored_files
from hengjian.kernel.case import CaseModel
from hengjian.kernel.destroyed import by_act
from hengjian.kernel.doing import Doing
from hengjian.kernel.models import Entry, EntryRow, Upload

ERASED = "（已删除）"


def forget(doing: Doing[Any], rows: Sequence[CaseModel]) -> tuple[int, int]:
    """Destroy the openings of `rows`; (row commitments, entries) that no longer open. The act itself stays readable, and
    so does every earlier act of erasure: it names what it destroyed, and nobody."""
    destroyed = by_act(doing.writes)
    by_model: dict[type[CaseModel], list[int]] = {}
    for row in rows:
        by_model.setdefault(type(row), []).append(row.pk)
    salts: list[int] = []
    entries: list[int] = []
    for model, pks in by_model.items():
        table = model._meta.db_table
        kept = EntryRow.objects.filter(table=table, row_id__in=pks, salt__isnull=False).order_by("pk")
        for pk, entry, position in kept.values_list("pk", "entry_id", "position"):
            salts.append(pk)
            destroyed.rows.add((entry, position))
        told = Entry.objects.filter(subject_table=table, subject_id__in=pks, details__isnull=False).order_by("pk")
        for pk, details in told.values_list("pk", "details"):
            if "erased" not in json.loads(sealed.decrypt(bytes(details or b""), ledger.DETAILS)):
                entries.append(pk)
                destroyed.entries.add(pk)
    _blank(entries, salts)
    return len(salts), len(entries)


def forget_files(doing: Doing[Any], digests: Sequence[str]) -> None:
    """Take stored files out, by an act of erasure: their digests stay in the facts, and this act's entry names them."""
    destroyed = by_act(doing.writes)
    for digest in digests:
        stored_files.destroy(digest)
        Upload.objects.filter(sha256=digest).update(name=ERASED)
        destroyed.files.add(digest)
    doing.afterwards(stored_files.scrub)


def _blank(entries: list[int], salts: list[int]) -> None:
    with guard.opened("erasure"), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT hengjian_blank(%s::bigint[], %s::bigint[])", [entries, salts])
            return
        cursor.executemany("UPDATE kernel_entryrow SET salt = NULL WHERE id = %s", [(pk,) for pk in salts])
        cursor.executemany(
            "UPDATE kernel_entry SET salt = NULL, details = NULL WHERE id = %s", [(pk,) for pk in entries]
        )
