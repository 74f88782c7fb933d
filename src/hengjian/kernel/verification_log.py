"""The log against itself: places, leaves, openings, times, checkpoints, tiles. One pass over the entries.

Rows are read as stored and not through the models: whoever changes a database by hand may leave anything in a column,
and what cannot be read is a difference, not a failure.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection

from hengjian.kernel import log_key, sealed
from hengjian.kernel.differences import Difference, blob, moment
from hengjian.kernel.facts import REGISTRY, digests_in
from hengjian.kernel.ledger import DETAILS, commitment
from hengjian.kernel.tlog import note, tiles
from hengjian.kernel.tlog.merkle import Frontier, leaf_hash
from hengjian.kernel.words import say

# How long an act may take from its reading of the clock to its sealing beside others: the longest reading of a roster.
LONGEST_ACT = timedelta(minutes=15)
PART = 2000
_COLUMNS = (
    "id",
    "idx",
    "leaf",
    "leaf_hash",
    "act",
    "at",
    "actor",
    "subject_table",
    "subject_id",
    "salt",
    "details",
    "key",
    "lane",
    "place",
)


class Line(NamedTuple):
    """One entry as stored."""

    id: int
    idx: int | None
    leaf: bytes
    leaf_hash: bytes
    act: str
    at: str
    actor: str
    table: str
    subject: int | None
    salt: bytes | None
    details: bytes | None
    key: str | None
    lane: int
    place: int


class Head(NamedTuple):
    """One checkpoint as stored."""

    id: int
    size: int
    root: bytes
    note: str
    at: str


@dataclass
class Told:
    """What the entries say about other tables: which openings acts of erasure destroyed, which files acts took up."""

    blanked: dict[int, int | None] = field(default_factory=dict)
    erased_entries: set[int] = field(default_factory=set)
    erased_rows: set[tuple[int, int]] = field(default_factory=set)
    erased_files: set[str] = field(default_factory=set)
    files: dict[str, int | None] = field(default_factory=dict)


def check_log(found: list[Difference], *, steady: bool) -> tuple[Told, list[bytes]]:
    """Compare all of the log; what its entries tell, and the leaf hashes in order. `steady`: times are compared too."""
    told = Told()
    heads = _heads(found, steady=steady)
    hashes = _numbered(found, told, heads, steady=steady)
    for line in _lines("idx IS NULL", "id"):
        if leaf_hash(line.leaf) != line.leaf_hash:
            found.append(_edited(line, say("待封存的条目 {id} 被改动。", id=line.id), "leaf_edited"))
        _opening(line, told, found)
    for pk in sorted(told.blanked.keys() - told.erased_entries):
        sentence = say("条目 {pk} 的明细被销毁，没有哪一件删除办理说明过。", pk=pk)
        found.append(Difference("opening_blanked", "kernel_entry", pk, told.blanked[pk], sentence))
    _lanes(found)
    _tiles(found, hashes)
    return told, hashes


def _lines(where: str, order: str) -> Iterator[Line]:
    """Entries as stored, a part at a time: a log does not fit into memory."""
    plus = (
        "" if connection.vendor == "postgresql" else "+"
    )  # SQLite then converts nothing by the column's declared kind
    columns = ", ".join(f'{plus}"{name}"' for name in _COLUMNS)
    last: Any = -1
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                f'SELECT {columns} FROM kernel_entry WHERE {where} AND "{order}" > %s ORDER BY "{order}" LIMIT {PART}',  # noqa: S608 - names of our own columns
                [last],
            )
            part = cursor.fetchall()
        for row in part:
            values = dict(zip(_COLUMNS, row, strict=True))
            for name in ("leaf", "leaf_hash"):
                values[name] = blob(values[name]) or b""
            for name in ("salt", "details"):
                values[name] = blob(values[name])
            values["at"] = moment(values["at"])
            yield Line(*values.values())
        if len(part) < PART:
            return
        last = part[-1][_COLUMNS.index(order)]


def _edited(line: Line, sentence: str, kind: str = "entry_edited") -> Difference:
    return Difference(kind, "kernel_entry", line.id, line.idx, sentence)


def _numbered(found: list[Difference], told: Told, heads: list[Head], *, steady: bool) -> list[bytes]:
    """Every numbered entry at its place, under the checkpoint that was signed over it."""
    tree, hashes, waiting = Frontier(), [], list(reversed(heads))
    while waiting and waiting[-1].size == 0:
        waiting.pop()
    times = _Times(heads) if steady else None
    for line in _lines("idx IS NOT NULL", "idx"):
        idx = line.idx
        if idx != tree.size:
            sentence = say("日志第 {size} 条缺失，其后是第 {idx} 条。", size=tree.size, idx=idx)
            found.append(Difference("entry_missing", "kernel_entry", None, tree.size, sentence))
        made = leaf_hash(line.leaf)
        if made != line.leaf_hash:
            found.append(_edited(line, say("日志第 {idx} 条的叶与其散列不符。", idx=idx), "leaf_edited"))
        tree.append(made)
        hashes.append(made)
        _opening(line, told, found)
        if times is not None:
            times.see(line, tree.size, found)
        if not waiting:
            sentence = say("日志第 {idx} 条有序号而没有检查点签署过，检查点被删除或条目被私自编号。", idx=idx)
            found.append(_edited(line, sentence, "unsigned"))
        while waiting and waiting[-1].size <= tree.size:
            head = waiting.pop()
            if head.size == tree.size and head.root != tree.root():
                sentence = say("前 {size} 条与检查点 {size} 签署的根不符。", size=head.size)
                found.append(Difference("root_differs", "kernel_checkpoint", head.id, None, sentence))
    for head in waiting:
        sentence = say("检查点 {size} 签过的条目现已不全。", size=head.size)
        found.append(Difference("head_ahead", "kernel_checkpoint", head.id, None, sentence))
    return hashes


class _Times:
    """Times do not fall: an act is no older than the checkpoint before it (less the longest act), nor younger than its own."""

    def __init__(self, heads: list[Head]) -> None:
        self._heads = [(head.size, _instant(head.at)) for head in heads]
        self._place = 0
        self._latest: datetime | None = None

    def see(self, line: Line, size: int, found: list[Difference]) -> None:
        while self._place < len(self._heads) and self._heads[self._place][0] < size:
            self._place += 1
        at = _instant(line.at)
        if at is None:
            return  # garbage was named with the opening
        before = self._heads[self._place - 1][1] if self._place else None
        own = self._heads[self._place][1] if self._place < len(self._heads) else None
        if own is not None and at > own + LONGEST_ACT:
            found.append(_edited(line, say("日志第 {idx} 条的时间晚于签署它的检查点。", idx=line.idx), "postdated"))
            return
        floor = max((moment for moment in (before, self._latest) if moment is not None), default=None)
        if floor is not None and at < floor - LONGEST_ACT:
            days = (floor - at).days
            sentence = say(
                "日志第 {idx} 条的时间早于在它之前办理的条目（早 {days} 天）：时间被倒填。", idx=line.idx, days=days
            )
            found.append(_edited(line, sentence, "backdated"))
            return
        self._latest = at if self._latest is None else max(at, self._latest)


def _instant(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _opening(line: Line, told: Told, found: list[Difference]) -> None:
    """The leaf says what the columns say; the details, where kept, are those it commits to."""
    try:
        said = json.loads(line.leaf)
        known = said["act"], said["at"], str(said["c"]), int(said["v"])
    except (ValueError, KeyError, TypeError):
        found.append(_edited(line, say("条目 {id} 的叶无法读取。", id=line.id)))
        return
    if known[0] != line.act or known[1] != line.at:
        found.append(_edited(line, say("条目 {id} 的行为或时间与叶不符。", id=line.id)))
    if line.details is None and line.salt is None:
        told.blanked[line.id] = line.idx
        return
    if line.details is None or line.salt is None:
        found.append(_edited(line, say("条目 {id} 的盐与详情只剩其一。", id=line.id)))
        return
    try:
        details = sealed.decrypt(line.details, DETAILS)
    except Exception:  # an altered ciphertext fails in more than one way; each is a difference
        found.append(_edited(line, say("条目 {id} 的详情无法解密，已被改动。", id=line.id)))
        return
    if not hmac.compare_digest(commitment(line.salt, details).hex(), known[2]):
        found.append(_edited(line, say("条目 {id} 的详情与叶中的承诺不符。", id=line.id)))
        return
    opened = json.loads(details)
    if opened["actor"] != line.actor or opened["subject"] != [line.table, line.subject]:
        found.append(_edited(line, say("条目 {id} 的经办人或对象与详情不符。", id=line.id)))
    if known[3] >= 2 and opened.get("key") != line.key:
        found.append(_edited(line, say("条目 {id} 的请求编号与详情不符。", id=line.id)))
    _tell(line, opened, told)


def _tell(line: Line, opened: dict[str, Any], told: Told) -> None:
    erased = opened.get("erased", {})
    told.erased_entries.update(erased.get("entries", ()))
    told.erased_rows.update((entry, position) for entry, position in erased.get("rows", ()))
    told.erased_files.update(erased.get("files", ()))
    fact = REGISTRY.get(f"{opened['fact']}/{opened['fv']}")
    for digest in digests_in(fact, opened["data"]) if fact is not None else ():
        told.files.setdefault(digest, line.idx)


def _heads(found: list[Difference], *, steady: bool) -> list[Head]:
    """The checkpoints whose signature vouches for what their row says, smallest first; each names the one before it."""
    plus = "" if connection.vendor == "postgresql" else "+"
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT id, size, root, note, {plus}"at" FROM kernel_checkpoint ORDER BY size')  # noqa: S608
        rows = [Head(pk, size, blob(root) or b"", text, moment(at)) for pk, size, root, text, at in cursor.fetchall()]
    key, good = log_key.verifier(), []
    sizes = {head.size for head in rows}
    before: datetime | None = None
    for head in rows:

        def differs(kind: str, sentence: str, head: Head = head) -> None:
            found.append(Difference(kind, "kernel_checkpoint", head.id, None, sentence))

        try:
            signed = note.verify_checkpoint(str(head.note), key)
        except note.NoteInvalid:
            differs("head_edited", say("检查点 {size} 的签名不成立。", size=head.size))
            continue
        if signed.size != head.size or signed.root != head.root:
            differs("head_edited", say("检查点 {size} 与其签署的内容不符。", size=head.size))
            continue
        good.append(head)
        said = dict(line.split(" ", 1) for line in signed.extensions if " " in line)
        if said.get("at", head.at) != head.at:
            differs(
                "head_redated", say("检查点 {size} 的时间被改动，签署时写的是 {at}。", size=head.size, at=said["at"])
            )
        former = said.get("after", "0")
        if former != "0" and int(former) not in sizes:
            differs(
                "head_deleted",
                say("检查点 {former} 已被删除，检查点 {size} 签署时以它为前一个。", former=former, size=head.size),
            )
        at = _instant(said.get("at", head.at))
        if steady and at is not None:
            if before is not None and at < before:
                differs("head_redated", say("检查点 {size} 的时间早于前一个检查点。", size=head.size))
            before = at
    return good


def _lanes(found: list[Difference]) -> None:
    """Entries are counted as they are written, before they are numbered: one undone by hand leaves a hole."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT lane, last FROM kernel_lane")
        last = dict(cursor.fetchall())
        cursor.execute("SELECT lane, count(*), max(place) FROM kernel_entry GROUP BY lane")
        held = {lane: (count, most) for lane, count, most in cursor.fetchall()}
        for lane in sorted(last.keys() | held.keys()):
            count, most = held.get(lane, (0, 0))
            if count == most == last.get(lane, 0):
                continue
            cursor.execute("SELECT place FROM kernel_entry WHERE lane = %s ORDER BY place", [lane])
            present = {place for (place,) in cursor.fetchall()}
            for place in sorted(set(range(1, last.get(lane, 0) + 1)) - present):
                sentence = say(
                    "第 {lane} 道写入的第 {place} 件办理已被整件抹去：计数在，条目不在。", lane=lane, place=place
                )
                found.append(Difference("entry_undone", "kernel_lane", lane, None, sentence))
            if most > last.get(lane, 0):
                sentence = say(
                    "第 {lane} 道的计数被拨回到 {lane2}，条目已到第 {most} 件。",
                    lane=lane,
                    lane2=last.get(lane, 0),
                    most=most,
                )
                found.append(Difference("counter_set_back", "kernel_lane", lane, None, sentence))


def _tiles(found: list[Difference], hashes: list[bytes]) -> None:
    """The stored tiles are the ones the entries give."""

    class Nothing:
        def tile(self, level: int, index: int) -> bytes:
            return b""

    grown = tiles.grow(Nothing(), 0, hashes).tiles
    with connection.cursor() as cursor:
        cursor.execute("SELECT level, n, data FROM kernel_tile")
        stored = {(level, n): blob(data) for level, n, data in cursor.fetchall()}
    for place in sorted(grown.keys() | stored.keys(), key=str):
        if grown.get(place) != stored.get(place):
            level, n = place
            found.append(
                Difference(
                    "tile_edited", "kernel_tile", n, None, say("瓦片 {level}/{n} 与条目不符。", level=level, n=n)
                )
            )
