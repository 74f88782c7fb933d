"""The tree as static files (C2SP tlog-tiles): 256 hashes to a tile, 256 entries to a bundle; proofs made from tiles.

Tile `n` of level `l` holds the hashes of the full subtrees of 256**l leaves numbered 256n to 256n+255. A tile only ever
grows at its end, so one row per tile serves every past size of the log: the partial tile of width w is its prefix.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple, Protocol

from hengjian.kernel.tlog.merkle import EMPTY_ROOT, HASH_SIZE, node_hash

HEIGHT = 8
WIDTH = 1 << HEIGHT


class TileReader(Protocol):
    """Whatever keeps the tiles: a table, a folder, a mirror."""

    def tile(self, level: int, index: int) -> bytes:
        """The tile's hashes end to end: at least as many as the tree in question has there; more do no harm."""
        ...


@dataclass(frozen=True)
class Tile:
    level: int
    index: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        return f"tile/{self.level}/{_number(self.index)}{_partial(self.width)}"


class Growth(NamedTuple):
    """What appending leaves makes of a tree: the new size and root, and the new content of each tile touched."""

    size: int
    root: bytes
    tiles: dict[tuple[int, int], bytes]


def bundle_path(index: int, width: int = WIDTH) -> str:
    return f"tile/entries/{_number(index)}{_partial(width)}"


def bundle(entries: Sequence[bytes]) -> bytes:
    """An entry bundle: each entry behind its length in two bytes."""
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def unbundle(data: bytes) -> list[bytes]:
    entries, at = [], 0
    while at < len(data):
        end = at + 2 + int.from_bytes(data[at : at + 2], "big")
        if end > len(data) or at + 2 > len(data):
            raise ValueError("the entry bundle is cut off")
        entries.append(data[at + 2 : end])
        at = end
    return entries


def tiles_between(old: int, new: int) -> Iterator[Tile]:
    """The tiles that change when the log grows from `old` to `new` leaves; `tiles_between(0, n)` are all tiles of n."""
    level = 0
    while (nodes := new >> (HEIGHT * level)) > 0:
        for index in range((old >> (HEIGHT * level)) // WIDTH, (nodes + WIDTH - 1) // WIDTH):
            width = min(WIDTH, nodes - index * WIDTH)
            if index * WIDTH + width > old >> (HEIGHT * level):
                yield Tile(level, index, width)
        level += 1


def grow(tiles: TileReader, size: int, leaves: Sequence[bytes]) -> Growth:
    """Appends leaf *hashes* to a tree of `size` leaves, reading none but the tiles of its right edge."""
    touched: dict[tuple[int, int], bytes] = {}
    edge: list[bytes] = []  # of each level, the hashes in its unfinished tile
    new_size, level, fresh = size + len(leaves), 0, list(leaves)
    if any(len(leaf) != HASH_SIZE for leaf in fresh):
        raise ValueError("every leaf hash has 32 bytes")
    while new_size >> (HEIGHT * level):
        index, width = divmod(size >> (HEIGHT * level), WIDTH)
        row = (_read(tiles, level, index, width) if width else b"") + b"".join(fresh)
        added, fresh = bool(fresh), []
        while len(row) >= WIDTH * HASH_SIZE:
            full, row = row[: WIDTH * HASH_SIZE], row[WIDTH * HASH_SIZE :]
            touched[level, index] = full
            fresh.append(_fold(full))
            index += 1
        if row and added:
            touched[level, index] = row
        edge.append(row)
        level += 1
    return Growth(new_size, _edge_root(edge), touched)


def root_at(tiles: TileReader, size: int) -> bytes:
    """The root of the first `size` leaves."""
    return grow(tiles, size, ()).root


def prove_inclusion(tiles: TileReader, index: int, size: int) -> list[bytes]:
    """RFC 9162 section 2.1.3.1: the siblings on the way from leaf `index` to the root, lowest first."""
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} leaves has no leaf {index}")
    proof, start, end = [], 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            proof.append((middle, end))
            end = middle
        else:
            proof.append((start, middle))
            start = middle
    return [_range_hash(tiles, *part) for part in reversed(proof)]


def prove_consistency(tiles: TileReader, old: int, new: int) -> list[bytes]:
    """RFC 9162 section 2.1.4.1: the nodes from which both the old and the new root can be computed."""
    if not 0 < old <= new:
        raise ValueError(f"no consistency can be proven from size {old} to size {new}")
    proof, start, end = [], 0, new
    while end != old:
        middle = start + _split(end - start)
        if old <= middle:
            proof.append((middle, end))
            end = middle
        else:
            proof.append((start, middle))
            start = middle
    if start:  # the old tree is not one full subtree: its last part is needed as well
        proof.append((start, end))
    return [_range_hash(tiles, *part) for part in reversed(proof)]


def _range_hash(tiles: TileReader, start: int, end: int) -> bytes:
    """The root over leaves start..end, where start is a multiple of the largest power of two in the range."""
    nodes = []
    while start < end:
        height = (end - start).bit_length() - 1
        nodes.append(_subtree(tiles, height, start >> height))
        start += 1 << height
    node = nodes.pop()
    while nodes:
        node = node_hash(nodes.pop(), node)
    return node


def _subtree(tiles: TileReader, height: int, number: int) -> bytes:
    """The root of the full subtree of 2**height leaves with this number, folded out of the one tile that holds it."""
    level, inner = divmod(height, HEIGHT)
    index, first = divmod(number << inner, WIDTH)
    width = 1 << inner
    return _fold(_read(tiles, level, index, first + width)[first * HASH_SIZE :])


def _read(tiles: TileReader, level: int, index: int, width: int) -> bytes:
    row = tiles.tile(level, index)[: width * HASH_SIZE]
    if len(row) != width * HASH_SIZE:
        raise ValueError(f"tile {level}/{index} has fewer than {width} hashes")
    return row


def _fold(row: bytes) -> bytes:
    """The root over a power of two of hashes lying end to end."""
    pair = 2 * HASH_SIZE
    while len(row) > HASH_SIZE:
        row = b"".join([sha256(b"\x01" + row[at : at + pair]).digest() for at in range(0, len(row), pair)])
    return row


def _edge_root(edge: Sequence[bytes]) -> bytes:
    root = b""
    for row in edge:  # lowest level first: from the right end of the tree to the left
        while row:
            width = len(row) // HASH_SIZE
            low = (width & -width) * HASH_SIZE  # the smallest full subtree stands rightmost
            peak, row = _fold(row[-low:]), row[:-low]
            root = node_hash(peak, root) if root else peak
    return root or EMPTY_ROOT


def _split(count: int) -> int:
    """The largest power of two smaller than `count`."""
    return 1 << ((count - 1).bit_length() - 1)


def _number(index: int) -> str:
    groups = [f"{index % 1000:03d}"]
    while index >= 1000:
        index //= 1000
        groups.append(f"x{index % 1000:03d}")
    return "/".join(reversed(groups))


def _partial(width: int) -> str:
    if not 0 < width <= WIDTH:
        raise ValueError(f"a tile holds 1 to {WIDTH} hashes")
    return "" if width == WIDTH else f".p/{width}"
