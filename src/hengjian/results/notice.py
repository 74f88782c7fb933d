"""The public notice without leaking people (M10): masked rows, a hash by which each person finds the own row, one root.

The find hash is PBKDF2 over name and the tail of the identity number under the row's salt: the holder's browser computes
it for the few rows whose mask fits, and guessing others costs as much for every guess. The root is the Merkle root over
the rows as shown, kept in the ledger's fact, so that the list cannot change silently.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hengjian.kernel.facts import canonical
from hengjian.kernel.tlog import merkle

ROUNDS = 10_000  # a few milliseconds a guess
TAIL = 6  # characters of the identity number the person types
SALT_BYTES = 16
Ends = Mapping[str, int]  # how many characters of the number show at the front and at the back


@dataclass(frozen=True)
class NoticeRow:
    """What stands in public for one person."""

    place: int
    masked_name: str
    masked_number: str
    salt: str
    find_hash: str

    def leaf(self) -> bytes:
        return canonical([self.place, self.masked_name, self.masked_number, self.salt, self.find_hash])


def fresh_salt() -> str:
    return secrets.token_hex(SALT_BYTES)


def find_hash(name: str, number: str, salt: str) -> str:
    """The same in the browser: PBKDF2-HMAC-SHA256 of `name NUL tail`, NFC, upper case."""
    words = f"{unicodedata.normalize('NFC', name.strip())}\0{number.strip().upper()[-TAIL:]}"
    return hashlib.pbkdf2_hmac("sha256", words.encode(), bytes.fromhex(salt), ROUNDS).hex()


def root(rows: Iterable[NoticeRow]) -> str:
    return merkle.root_of([merkle.leaf_hash(row.leaf()) for row in rows]).hex()


def shown(masked_number: str, ends: Ends) -> str:
    """The stored mask narrowed to the ends the law lets a notice show."""
    first, last = ends["first"], ends["last"]
    hidden = max(0, len(masked_number) - first - last)
    return masked_number[:first] + "*" * hidden + (masked_number[-last:] if last else "")
