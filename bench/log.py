"""The log: sealing, making proofs and checking them, each against the bare SHA-256 that the same answer needs.

Sealing and proofs go through the database as in production (entries numbered, tiles read and written, the checkpoint
signed); their references hold everything in memory and only hash.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from bench._ground import in_turn, installed, line, size

BATCH, SEALINGS = 5_000, 6
TREE, ASKED, ROUNDS = size(100_000, 200_000), 100, 7
WIDTH = 256


def _leaf(number: int) -> bytes:
    """As long as a leaf of the log is."""
    return (
        f'{{"act":"bench.sealed","at":"2026-05-06T09:00:00+08:00","c":"{number:064x}","n":1,'
        f'"p":["results.notice_working_days@2022-01-01"],"r":"{number:064x}","v":1}}'
    ).encode()


def _hashed(leaf: bytes) -> bytes:
    return sha256(b"\x00" + leaf).digest()


def _paired(level: Sequence[bytes]) -> list[bytes]:
    return [sha256(b"\x01" + level[at] + level[at + 1]).digest() for at in range(0, len(level) - 1, 2)]


def _wait(leaves: Sequence[bytes]) -> None:
    """Entries as acts leave them: not yet numbered."""
    from django.db import connection, transaction

    from hengjian.kernel import clock, guard
    from hengjian.kernel.models import Entry

    at = connection.ops.adapt_datetimefield_value(clock.now())
    first = Entry.objects.count() + 1
    rows = [(leaf, _hashed(leaf), "bench.sealed", at, "bench", "", place) for place, leaf in enumerate(leaves, first)]
    sql = (
        "INSERT INTO kernel_entry (leaf, leaf_hash, act, at, actor, subject_table, lane, place)"
        " VALUES (%s, %s, %s, %s, %s, %s, 0, %s)"
    )
    with guard.opened("bench"), transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(sql, rows)


def sealing() -> dict[str, Any]:
    """The first sealing warms up. The reference hashes the same leaves and every node above them."""
    from django.db import connection

    from hengjian.kernel import sealer

    pairs = []
    for first in range(0, BATCH * SEALINGS, BATCH):
        leaves = [_leaf(number) for number in range(first, first + BATCH)]
        _wait(leaves)
        start = time.perf_counter()
        sealer.seal()
        middle = time.perf_counter()
        level = [_hashed(leaf) for leaf in leaves]
        while len(level) > 1:
            level = _paired(level)
        pairs.append((middle - start, time.perf_counter() - middle))
    pairs = pairs[1:]
    ratio = statistics.median(ours / bare for ours, bare in pairs)
    goal = 30 if connection.vendor == "postgresql" else 15  # a server's trigger looks at each entry that is numbered
    return line(
        f"sealing {BATCH:,} entries on {connection.vendor}, per second, against bare SHA-256 of their tree in memory",
        BATCH / statistics.median(ours for ours, _ in pairs),
        BATCH / statistics.median(bare for _, bare in pairs),
        ratio,
        f"time ≤ {goal} ×",
        ratio <= goal,
    )


def _grown(hashes: Sequence[bytes]) -> None:
    """The stored tree, grown to all these leaves; their entries do not matter to a proof."""
    from hengjian.kernel import guard, sealer
    from hengjian.kernel.models import Tile
    from hengjian.kernel.tlog import tiles

    last = sealer.latest()
    size = last.size if last else 0
    growth = tiles.grow(sealer.StoredTiles(), size, hashes[size:])
    with guard.opened("bench"):
        Tile.objects.bulk_create(
            [Tile(level=level, n=n, data=data) for (level, n), data in growth.tiles.items()],
            update_conflicts=True,
            unique_fields=["level", "n"],
            update_fields=["data"],
            batch_size=50,
        )


def _path(levels: Sequence[Sequence[bytes]], index: int) -> list[bytes]:
    """The audit path hashed bare: every 256th node of the full subtrees is known, as in tiles, but in memory."""
    proof: list[bytes] = []
    edge: bytes | None = None
    for number, level in enumerate(levels):
        group = index // WIDTH * WIDTH
        row, at = list(level[group : group + WIDTH]), index - group
        top = number == len(levels) - 1
        if len(row) < WIDTH and not top:
            raise ValueError("the way of this leaf runs along the right edge")
        if top and edge is None:
            edge = _right_edge(levels[:-1])
            if edge:
                row.append(edge)
        while len(row) > 1:
            if at ^ 1 < len(row):
                proof.append(row[at ^ 1])
            row = [*_paired(row), *row[len(row) & ~1 :]]
            at //= 2
        index //= WIDTH
    return proof


def _right_edge(levels: Sequence[Sequence[bytes]]) -> bytes:
    """What of the lower levels stands right of their full groups, folded to one hash."""
    edge = b""
    for level in levels:
        row = list(level[len(level) // WIDTH * WIDTH :])
        if edge:
            row.append(edge)
        while len(row) > 1:
            row = [*_paired(row), *row[len(row) & ~1 :]]
        edge = row[0] if row else b""
    return edge


def _levels(hashes: Sequence[bytes]) -> list[Sequence[bytes]]:
    found: list[Sequence[bytes]] = [hashes]
    while len(found[-1]) >= WIDTH:
        level: Sequence[bytes] = found[-1][: len(found[-1]) // WIDTH * WIDTH]
        for _ in range(8):
            level = _paired(level)
        found.append(level)
    return found


def proving(hashes: Sequence[bytes]) -> dict[str, Any]:
    from hengjian.kernel import sealer
    from hengjian.kernel.tlog import tiles

    levels = _levels(hashes)
    wanted = [(place * 7_919_317) % (TREE - 70_000) for place in range(ASKED)]

    def ours() -> list[list[bytes]]:
        return [tiles.prove_inclusion(sealer.StoredTiles(), index, TREE) for index in wanted]

    def bare() -> list[list[bytes]]:
        return [_path(levels, index) for index in wanted]

    if ours() != bare():
        raise AssertionError("the proofs differ")
    found = in_turn(ours, bare, ROUNDS)
    return line(
        f"inclusion proofs from the stored tiles of {TREE:,} entries, per second, against the path hashed bare in memory",
        ASKED / found.ours,
        ASKED / found.bare,
        found.ratio,
        "time ≤ 5 ×",
        found.ratio <= 5,
    )


def checking(hashes: Sequence[bytes]) -> dict[str, Any]:
    from hengjian.kernel import sealer
    from hengjian.kernel.tlog import merkle, tiles

    reader = sealer.StoredTiles()
    root = tiles.root_at(reader, TREE)
    wanted = [(place * 7_919_317) % TREE for place in range(ASKED)]
    proofs = [(index, tiles.prove_inclusion(reader, index, TREE)) for index in wanted]
    nodes = [b"\x01" + bytes(64)] * sum(len(proof) for _, proof in proofs)

    def ours() -> None:
        for index, proof in proofs:
            merkle.check_inclusion(index, TREE, hashes[index], proof, root)

    def bare() -> None:
        for node in nodes:
            sha256(node).digest()

    found = in_turn(ours, bare, ROUNDS * 3)
    return line(
        f"inclusion proofs checked, {TREE:,} entries, per second, against bare SHA-256 of as many nodes",
        ASKED / found.ours,
        ASKED / found.bare,
        found.ratio,
        "time ≤ 4 ×",
        found.ratio <= 4,
    )


def run() -> list[dict[str, Any]]:
    installed()
    sealed = sealing()
    from hengjian.kernel.models import Entry

    known = [bytes(found) for found in Entry.objects.order_by("idx").values_list("leaf_hash", flat=True)]
    hashes = known + [_hashed(_leaf(number)) for number in range(len(known), TREE)]
    _grown(hashes)
    return [sealed, proving(hashes), checking(hashes)]


if __name__ == "__main__":
    for result in run():
        print(result)
