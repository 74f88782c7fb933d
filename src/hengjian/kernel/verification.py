"""Tables against facts against files against tree: finds what was done behind the acts, to the row.

Log: every entry hashes to its leaf, stands at its place under a signed checkpoint, is no older than what stands before
it, and opens to what its leaf commits to unless an act of erasure says that it destroyed the opening (`verification_log`).
Rows of an entry: their commitments have the root in the leaf. Tables: each row, as it stands, fits the last commitment
made to it; no row is missing and none is there that no act wrote. Files: what acts took up is stored and unaltered.
Whoever holds a checkpoint from outside compares with that as well (`verification_outside`): only then a log that was
signed anew as a whole is found.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, models

from hengjian.kernel.acts_catalogue import catalogue
from hengjian.kernel.case import case_models
from hengjian.kernel.differences import Difference, blob
from hengjian.kernel.ledger import commitment, root_of, row_texts
from hengjian.kernel.verification_files import check_files
from hengjian.kernel.verification_log import PART, Told, check_log
from hengjian.kernel.verification_outside import Kept, check_kept
from hengjian.kernel.words import say

Commitment = tuple[int, int, str, int, bytes | None, bytes]  # entry, position, table, row, salt, value

_ROWS = (
    'SELECT entry_id, position, "table", row_id, salt, commitment FROM kernel_entryrow'
    " WHERE (entry_id, position) > (%s, %s) ORDER BY entry_id, position LIMIT %s"
)
_LEAVES = "SELECT id, idx, leaf FROM kernel_entry WHERE id > %s ORDER BY id LIMIT %s"


@dataclass(frozen=True)
class Report:
    """`times` tells whether times were compared: the clock of a demo is moved to and fro, there they say nothing."""

    entries: int
    rows: int
    files: int
    times: bool
    differences: list[Difference]


# Comparisons of rooms whose state lies in tables of libraries; each yields what differs.
COMPARISONS: list[Callable[[], Iterator[Difference]]] = []


def verify(*, steady: bool | None = None, kept: Sequence[Kept] = ()) -> Report:
    """Read everything once; memory grows with the number of rows, not with their size. `kept` are checkpoints that
    somebody outside holds; `steady` (default: in production) compares times."""
    catalogue()  # facts are known once their acts are read: a command has read none yet, and would look for no file
    found: list[Difference] = []
    times = settings.PRODUCTION if steady is None else steady
    told, hashes = check_log(found, steady=times)
    for one in kept:
        check_kept(one, hashes, found)
    last = _commitments(told, found)
    rows = 0
    for model in case_models():
        rows += _table(model, last, found)
    for (table, row_id), (_, _, idx) in last.items():
        found.append(
            Difference(
                "deleted",
                table,
                row_id,
                idx,
                say("{table} 第 {row_id} 行已被删除，日志第 {idx} 条写过它。", table=table, row_id=row_id, idx=idx),
            )
        )
    files = check_files(told, found)
    for compare in COMPARISONS:
        found.extend(compare())
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM kernel_entry")
        (entries,) = cursor.fetchone()
    return Report(entries, rows, files, times, found)


def _rows() -> Iterator[Commitment]:
    """Row commitments as stored, in the order of their entries."""
    last = (-1, -1)
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_ROWS, [*last, PART])
            part = cursor.fetchall()
        for entry, position, table, row_id, salt, value in part:
            yield entry, position, table, row_id, blob(salt), blob(value) or b""
        if len(part) < PART:
            return
        last = part[-1][0], part[-1][1]


def _by_entry() -> Iterator[tuple[int, list[Commitment]]]:
    part: list[Commitment] = []
    for row in _rows():
        if part and part[0][0] != row[0]:
            yield part[0][0], part
            part = []
        part.append(row)
    if part:
        yield part[0][0], part


def _leaves() -> Iterator[tuple[int, int | None, bytes]]:
    last = -1
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_LEAVES, [last, PART])
            part = cursor.fetchall()
        for pk, idx, leaf in part:
            yield pk, idx, blob(leaf) or b""
        if len(part) < PART:
            return
        last = part[-1][0]


def _commitments(told: Told, found: list[Difference]) -> dict[tuple[str, int], tuple[bytes | None, bytes, int | None]]:
    """The last commitment to each row; on the way, each entry's root is compared with its leaf, and every commitment that
    opens no more with what acts of erasure say."""
    last: dict[tuple[str, int], tuple[bytes | None, bytes, int | None]] = {}
    by_entry = _by_entry()
    pending = next(by_entry, None)
    for pk, idx, leaf in _leaves():
        part: list[Commitment] = []
        while pending is not None and pending[0] < pk:
            found.append(_orphans(pending[0]))
            pending = next(by_entry, None)
        if pending is not None and pending[0] == pk:
            part = pending[1]
            pending = next(by_entry, None)
        try:
            said = json.loads(leaf)
            wanted = said["n"], said["r"]
        except (ValueError, KeyError, TypeError):
            wanted = None, None  # the leaf itself has been named
        if wanted != (len(part), root_of(row[5] for row in part)) or [row[1] for row in part] != list(range(len(part))):
            found.append(
                Difference("rows_edited", "kernel_entryrow", pk, idx, say("条目 {pk} 的行承诺与叶中的根不符。", pk=pk))
            )
        for entry, position, table, row_id, salt, value in part:
            last[table, row_id] = (salt, value, idx)
            if salt is None and (entry, position) not in told.erased_rows:
                sentence = say(
                    "条目 {pk} 对 {table} 第 {row_id} 行的承诺失去了盐，没有哪一件删除办理说明过。",
                    pk=pk,
                    table=table,
                    row_id=row_id,
                )
                found.append(Difference("salt_blanked", "kernel_entryrow", pk, idx, sentence))
    while pending is not None:
        found.append(_orphans(pending[0]))
        pending = next(by_entry, None)
    return last


def _orphans(entry: int) -> Difference:
    return Difference(
        "rows_inserted", "kernel_entryrow", entry, None, say("行承诺指向不存在的条目 {entry}。", entry=entry)
    )


def _table(
    model: type[models.Model],
    last: dict[tuple[str, int], tuple[bytes | None, bytes, int | None]],
    found: list[Difference],
) -> int:
    table = model._meta.db_table
    count = 0
    for pk, text in row_texts(model):
        count += 1
        known = last.pop((table, pk), None)
        if known is None:
            found.append(
                Difference(
                    "inserted", table, pk, None, say("{table} 第 {pk} 行不是任何行为写入的。", table=table, pk=pk)
                )
            )
            continue
        salt, value, idx = known
        if salt is None or not hmac.compare_digest(commitment(salt, text), value):
            found.append(
                Difference(
                    "edited",
                    table,
                    pk,
                    idx,
                    say("{table} 第 {pk} 行在日志第 {idx} 条之后被改动。", table=table, pk=pk, idx=idx),
                )
            )
    return count
