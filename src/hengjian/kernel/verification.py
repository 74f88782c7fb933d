"""Tables against facts against tree: finds any edit, deletion, insertion or reordering made behind the acts, to the row.

Four comparisons. Tree: every entry hashes to its leaf, stands at its place, and the tree of them has the root that was
signed, at every checkpoint. Opening: details, where still kept, fit the leaf's commitment and the entry's columns. Rows
of an entry: their commitments have the root in the leaf. Tables: each row, as it stands, fits the last commitment made
to it; no row is missing and none is there that no act wrote.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models

from hengjian.kernel import log_key, sealed
from hengjian.kernel.case import case_models
from hengjian.kernel.ledger import DETAILS, commitment, root_of, row_texts
from hengjian.kernel.models import Checkpoint, Entry, EntryRow, Tile
from hengjian.kernel.tlog import note, tiles
from hengjian.kernel.tlog.merkle import Frontier, leaf_hash


@dataclass(frozen=True)
class Difference:
    """Where tables, facts and tree disagree. `table` and `row_id` name the row, `index` the entry of the log."""

    kind: str
    table: str
    row_id: int | None
    index: int | None
    sentence: str


@dataclass(frozen=True)
class Report:
    entries: int
    rows: int
    differences: list[Difference]


def verify() -> Report:
    """Read everything once; memory grows with the number of rows, not with their size."""
    found: list[Difference] = []
    entries = _entries(found)
    last = _commitments(found)
    rows = 0
    for model in case_models():
        rows += _table(model, last, found)
    for (table, row_id), (_, _, idx) in last.items():
        found.append(
            Difference("deleted", table, row_id, idx, f"{table} 第 {row_id} 行已被删除，日志第 {idx} 条写过它。")
        )
    return Report(entries, rows, found)


def _entries(found: list[Difference]) -> int:
    tree = Frontier()
    heads = {head.size: head for head in Checkpoint.objects.all()}
    key = log_key.verifier()
    expected = 0
    for entry in Entry.objects.order_by("idx").filter(idx__isnull=False).iterator(chunk_size=2000):
        idx = entry.idx
        assert idx is not None
        leaf = bytes(entry.leaf)
        if idx != expected:
            found.append(
                Difference(
                    "entry_missing", "kernel_entry", None, expected, f"日志第 {expected} 条缺失，其后是第 {idx} 条。"
                )
            )
            expected = idx
        if leaf_hash(leaf) != bytes(entry.leaf_hash):
            found.append(Difference("leaf_edited", "kernel_entry", entry.pk, idx, f"日志第 {idx} 条的叶与其散列不符。"))
        tree.append(leaf_hash(leaf))
        expected += 1
        _opening(entry, leaf, found)
        if tree.size in heads:
            _head(heads.pop(tree.size), tree, key, found)
    for head in heads.values():
        if _signed(head, key) is None:
            found.append(_edited(head))
            continue
        found.append(
            Difference("head_ahead", "kernel_checkpoint", head.pk, None, f"检查点 {head.size} 签过的条目现已不全。")
        )
    for entry in Entry.objects.filter(idx__isnull=True).order_by("id").iterator(chunk_size=2000):
        if leaf_hash(bytes(entry.leaf)) != bytes(entry.leaf_hash):
            found.append(Difference("leaf_edited", "kernel_entry", entry.pk, None, f"待封存的条目 {entry.pk} 被改动。"))
        _opening(entry, bytes(entry.leaf), found)
    _tiles(found, expected)
    return Entry.objects.count()


def _signed(head: Checkpoint, key: note.Verifier) -> note.Checkpoint | None:
    """What the checkpoint's signature vouches for, if it vouches for what the row says."""
    try:
        signed = note.verify_checkpoint(head.note, key)
    except note.NoteInvalid:
        return None
    return signed if signed.size == head.size and signed.root == bytes(head.root) else None


def _edited(head: Checkpoint) -> Difference:
    return Difference("head_edited", "kernel_checkpoint", head.pk, None, f"检查点 {head.size} 的签名不成立。")


def _head(head: Checkpoint, tree: Frontier, key: note.Verifier, found: list[Difference]) -> None:
    signed = _signed(head, key)
    if signed is None:
        found.append(_edited(head))
    elif signed.root != tree.root():
        found.append(
            Difference(
                "root_differs",
                "kernel_checkpoint",
                head.pk,
                None,
                f"前 {head.size} 条与检查点 {head.size} 签署的根不符。",
            )
        )


def _opening(entry: Entry, leaf: bytes, found: list[Difference]) -> None:
    def differs(sentence: str) -> None:
        found.append(Difference("entry_edited", "kernel_entry", entry.pk, entry.idx, sentence))

    try:
        said = json.loads(leaf)
    except ValueError:
        differs(f"条目 {entry.pk} 的叶无法读取。")
        return
    if said.get("act") != entry.act or said.get("at") != _local(entry):
        differs(f"条目 {entry.pk} 的行为或时间与叶不符。")
    if entry.details is None and entry.salt is None:
        return  # erased on request; the leaf stays
    if entry.details is None or entry.salt is None:
        differs(f"条目 {entry.pk} 的盐与详情只剩其一。")
        return
    try:
        details = sealed.decrypt(bytes(entry.details), DETAILS)
    except Exception:  # an altered ciphertext fails in more than one way; each is a difference
        differs(f"条目 {entry.pk} 的详情无法解密，已被改动。")
        return
    if not hmac.compare_digest(commitment(bytes(entry.salt), details).hex(), str(said.get("c"))):
        differs(f"条目 {entry.pk} 的详情与叶中的承诺不符。")
        return
    opened = json.loads(details)
    if opened["actor"] != entry.actor or opened["subject"] != [entry.subject_table, entry.subject_id]:
        differs(f"条目 {entry.pk} 的经办人或对象与详情不符。")


def _local(entry: Entry) -> str:
    from hengjian.kernel.clock import ZONE

    return entry.at.astimezone(ZONE).isoformat()


def _tiles(found: list[Difference], size: int) -> None:
    """The stored tiles are the ones the entries give."""
    hashes = [
        bytes(item)
        for item in Entry.objects.filter(idx__isnull=False).order_by("idx").values_list("leaf_hash", flat=True)
    ]

    class Nothing:
        def tile(self, level: int, index: int) -> bytes:
            return b""

    grown = tiles.grow(Nothing(), 0, hashes).tiles
    stored = {(tile.level, tile.n): bytes(tile.data) for tile in Tile.objects.all()}
    for place in sorted(grown.keys() | stored.keys()):
        if grown.get(place) != stored.get(place):
            level, n = place
            found.append(Difference("tile_edited", "kernel_tile", n, None, f"瓦片 {level}/{n} 与条目不符。"))


def _commitments(found: list[Difference]) -> dict[tuple[str, int], tuple[bytes | None, bytes, int | None]]:
    """The last commitment to each row; on the way, each entry's root is compared with its leaf."""
    last: dict[tuple[str, int], tuple[bytes | None, bytes, int | None]] = {}
    rows: models.QuerySet[Any, Any] = EntryRow.objects.order_by("entry_id", "position").values_list(
        "entry_id", "position", "table", "row_id", "salt", "commitment"
    )
    by_entry = _grouped(rows.iterator(chunk_size=5000))
    pending = next(by_entry, None)
    for pk, idx, leaf in Entry.objects.order_by("id").values_list("id", "idx", "leaf").iterator(chunk_size=2000):
        part: list[tuple[int, int, str, int, bytes | None, bytes]] = []
        while pending is not None and pending[0] < pk:
            found.append(
                Difference(
                    "rows_inserted", "kernel_entryrow", pending[0], None, f"行承诺指向不存在的条目 {pending[0]}。"
                )
            )
            pending = next(by_entry, None)
        if pending is not None and pending[0] == pk:
            part = pending[1]
            pending = next(by_entry, None)
        try:
            said = json.loads(bytes(leaf))
        except ValueError:
            said = {}
        positions = [row[1] for row in part]
        if (
            said.get("n") != len(part)
            or positions != list(range(len(part)))
            or said.get("r") != root_of(row[5] for row in part)
        ):
            found.append(Difference("rows_edited", "kernel_entryrow", pk, idx, f"条目 {pk} 的行承诺与叶中的根不符。"))
        for _, _, table, row_id, salt, value in part:
            last[table, row_id] = (salt, bytes(value), idx)
    while pending is not None:
        found.append(
            Difference("rows_inserted", "kernel_entryrow", pending[0], None, f"行承诺指向不存在的条目 {pending[0]}。")
        )
        pending = next(by_entry, None)
    return last


def _grouped(
    rows: Iterator[tuple[int, int, str, int, bytes | None, bytes]],
) -> Iterator[tuple[int, list[tuple[int, int, str, int, bytes | None, bytes]]]]:
    current: int | None = None
    part: list[tuple[int, int, str, int, bytes | None, bytes]] = []
    for row in rows:
        if row[0] != current:
            if current is not None:
                yield current, part
            current, part = row[0], []
        part.append(row)
    if current is not None:
        yield current, part


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
            found.append(Difference("inserted", table, pk, None, f"{table} 第 {pk} 行不是任何行为写入的。"))
            continue
        salt, value, idx = known
        if salt is None or not hmac.compare_digest(commitment(bytes(salt), text), value):
            found.append(Difference("edited", table, pk, idx, f"{table} 第 {pk} 行在日志第 {idx} 条之后被改动。"))
    return count
