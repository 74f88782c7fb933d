"""The Merkle tree of RFC 6962 section 2.1: hashes, roots, and the two proof checks of RFC 9162 section 2.1.

A leaf is hashed behind 0x00 and a node behind 0x01, so that neither can pass for the other. An *inclusion proof* shows
that an entry stands at its place under a root; a *consistency proof* shows that a later tree only grew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

from hengjian.kernel.words import say

HASH_SIZE = 32
EMPTY_ROOT = sha256(b"").digest()


class ProofInvalid(ValueError):
    """A proof, or what it rests on, does not hold."""


def leaf_hash(entry: bytes) -> bytes:
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """A growing tree remembered by its right edge only: one hash for each binary digit of its size.

    It appends and gives the root of millions of leaves without reading any of them again.
    """

    __slots__ = ("peaks", "size")

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        self.size = size
        self.peaks = list(peaks)  # roots of the full subtrees, largest (leftmost) first
        if size < 0 or len(self.peaks) != size.bit_count() or any(len(peak) != HASH_SIZE for peak in self.peaks):
            raise ValueError(f"a tree of {size} leaves has {size.bit_count()} full subtrees of {HASH_SIZE} bytes each")

    def append(self, leaf: bytes) -> None:
        """Takes the *hash* of the next leaf."""
        node, size, peaks = leaf, self.size, self.peaks
        while size & 1:  # as in binary addition: equal neighbours carry
            node = sha256(b"\x01" + peaks.pop() + node).digest()
            size >>= 1
        peaks.append(node)
        self.size += 1

    def extend(self, leaves: Iterable[bytes]) -> None:
        for leaf in leaves:
            self.append(leaf)

    def root(self) -> bytes:
        if not self.peaks:
            return EMPTY_ROOT
        *rest, node = self.peaks
        for peak in reversed(rest):
            node = node_hash(peak, node)
        return node

    def to_bytes(self) -> bytes:
        return self.size.to_bytes(8, "big") + b"".join(self.peaks)

    @classmethod
    def from_bytes(cls, data: bytes) -> Frontier:
        body = data[8:]
        peaks = [body[at : at + HASH_SIZE] for at in range(0, len(body), HASH_SIZE)]
        return cls(int.from_bytes(data[:8], "big"), peaks)


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root over these leaf hashes."""
    tree = Frontier()
    tree.extend(leaves)
    return tree.root()


def check_inclusion(index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> None:
    """Raises ProofInvalid unless `proof` leads from `leaf` (a hash) at `index` to `root` of a tree of `size` leaves."""
    _hashes_only((leaf, root, *proof))
    if not 0 <= index < size:
        raise ProofInvalid(say("共 {size} 条的日志没有第 {index} 条", size=size, index=index))
    position, last, node = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise ProofInvalid("包含证明过长")
        if position & 1 or position == last:
            node = node_hash(sibling, node)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            node = node_hash(node, sibling)
        position, last = position >> 1, last >> 1
    if last:
        raise ProofInvalid("包含证明不完整")
    if node != root:
        raise ProofInvalid("包含证明不能得到检查点的树根")


def check_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> None:
    """Raises ProofInvalid unless the tree of `new` leaves begins with the very tree of `old` leaves."""
    if not 0 < old <= new:
        raise ProofInvalid(say("从 {old} 条到 {new} 条无从证明一致", old=old, new=new))
    if old == new:
        if proof:
            raise ProofInvalid("条数相同时一致性证明应为空")
        if old_root != new_root:
            raise ProofInvalid("条数相同而树根不同")
        return
    _hashes_only((old_root, new_root, *proof))
    path = list(proof) if old & (old - 1) else [old_root, *proof]  # a full old tree is its own first node
    if not path:
        raise ProofInvalid("一致性证明不完整")
    position, last = old - 1, new - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    old_node = new_node = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise ProofInvalid("一致性证明过长")
        if position & 1 or position == last:
            old_node, new_node = node_hash(sibling, old_node), node_hash(sibling, new_node)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            new_node = node_hash(new_node, sibling)
        position, last = position >> 1, last >> 1
    if last:
        raise ProofInvalid("一致性证明不完整")
    if old_node != old_root:
        raise ProofInvalid("一致性证明不能得到原来的树根")
    if new_node != new_root:
        raise ProofInvalid("一致性证明不能得到现在的树根")


def _hashes_only(values: Iterable[bytes]) -> None:
    if set(map(len, values)) != {HASH_SIZE}:
        raise ProofInvalid("散列应为 32 字节")
