"""The public notice without leaking people (M10): masked names, a digest by which each person finds the own row, one root.

The digest is of the code on the admission ticket. That code is random and too long to guess, so its hash may stand in
public; what can be guessed (name, number, birth) enters nothing that is published. The root is the Merkle root over the
rows as shown, kept in the ledger's fact, so that the list cannot change silently.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from hengjian.kernel import codes
from hengjian.kernel.facts import canonical
from hengjian.kernel.tlog import merkle

USE = b"hengjian notice row 1\0"  # a digest made for a notice fits nothing else made of the same code


@dataclass(frozen=True)
class NoticeRow:
    """What stands in public for one person."""

    place: int
    masked_name: str
    digest: str

    def leaf(self) -> bytes:
        return canonical([self.place, self.masked_name, self.digest])


def digest_of(code: str) -> str:
    """SHA-256 in hexadecimal; the same in the browser."""
    return hashlib.sha256(USE + codes.read(code).encode()).hexdigest()


def root(rows: Iterable[NoticeRow]) -> str:
    return merkle.root_of([merkle.leaf_hash(row.leaf()) for row in rows]).hex()
