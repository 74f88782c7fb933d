"""What a restored installation has to prove before it counts: the log against the copy's head, tables, files, receipts,
certificates. Of receipts and certificates at most `MOST` are built and verified, spread over all; everything else whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models

from hengjian.certificates.models import Certificate
from hengjian.kernel import log_key, verification
from hengjian.kernel.models import Entry, EntryRow
from hengjian.kernel.publication import receipt_of
from hengjian.kernel.tlog.receipt import ReceiptInvalid, verify_receipt
from hengjian.kernel.verification_outside import kept
from hengjian.kernel.words import say, words_of
from hengjian.safekeeping import databases
from hengjian.safekeeping.databases import Counted
from hengjian.safekeeping.manifest import Manifest

MOST = 1000


@dataclass(frozen=True)
class Proved:
    """How much was looked at, and what does not hold."""

    entries: int
    rows: int
    files: int
    receipts: int
    certificates: int
    faults: list[str]


def prove(saved: Manifest) -> Proved:
    """Read everything once."""
    outside = [kept(saved.head, "manifest.json", str(log_key.verifier()))] if saved.head else []
    report = verification.verify(kept=outside)
    faults = [difference.sentence for difference in report.differences]
    faults += list(_counts(saved))
    receipts, certificates = list(_receipts()), list(_certificates())
    faults += [fault for fault in (*receipts, *certificates) if fault]
    return Proved(report.entries, report.rows, report.files, len(receipts), len(certificates), faults)


def _counts(saved: Manifest) -> Iterator[str]:
    now = counted_now(list(saved.rows))
    for table, rows in saved.rows.items():
        if now.rows[table] != rows:
            yield say("{table} 有 {found} 行，备份时是 {rows} 行。", table=table, found=now.rows[table], rows=rows)
    if now.head != saved.head:
        yield "最新的检查点不是备份时的那一个。"


def counted_now(tables: list[str]) -> Counted:
    """The same figures of the database as it stands."""
    from django.db import connection

    def ask(query: str) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(query)
            return list(cursor.fetchall())

    return databases.counted(ask, tables)


def _spread(rows: models.QuerySet[Any]) -> Iterator[Any]:
    """At most `MOST` of them, evenly over the whole, the last always among them."""
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    step = -(-len(keys) // MOST) or 1
    chosen = keys[::-step]
    for start in range(0, len(chosen), MOST):
        yield from rows.filter(pk__in=chosen[start : start + MOST]).order_by("pk")


def _receipts() -> Iterator[str]:
    """A fault or nothing for each receipt that was built."""
    for entry in _spread(Entry.objects.filter(idx__isnull=False)):
        yield _verified(receipt_of(entry, opened=bool(entry.details)), say("日志第 {idx} 条", idx=entry.idx))


def _certificates() -> Iterator[str]:
    """The same for the entry that issued each certificate; one whose entry is not sealed yet has no proof yet."""
    for certificate in _spread(Certificate.objects.all()):
        what = say("证书 {number}", number=certificate.number)
        rows = EntryRow.objects.filter(table=Certificate._meta.db_table, row_id=certificate.pk)
        row = rows.select_related("entry").order_by("id").first()
        if row is None:
            yield say("{what}没有签发的条目。", what=what)
        elif row.entry.idx is not None:
            yield _verified(receipt_of(row.entry, opened=bool(row.entry.details)), what)


def _verified(text: str, what: str) -> str:
    try:
        verify_receipt(text, log_key.verifier())
    except ReceiptInvalid as problem:
        return say("{what}的凭证不成立：{problem}。", what=what, problem=words_of(problem))
    return ""
