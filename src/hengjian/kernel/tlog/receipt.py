"""Receipts (C2SP tlog-proof): one text file by which a person proves, without a network, that an act was logged.

It carries the entry's index, its inclusion proof, the signed checkpoint and, as the format's `extra`, the opening: the
leaf as logged and, where the person may see them, the salt and details behind the leaf's commitment `c`. The leaf alone
reveals nothing about anybody; erasing salt and details leaves it a proof that something was recorded then.
"""

from __future__ import annotations

import hmac
import json
import re
from base64 import b64encode
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hengjian.kernel.tlog.merkle import ProofInvalid, check_inclusion, leaf_hash
from hengjian.kernel.tlog.note import Checkpoint, NoteInvalid, Verifier, unbase64, verify_checkpoint
from hengjian.kernel.words import words_of

HEADER = "c2sp.org/tlog-proof@v1"


class ReceiptInvalid(ValueError):
    """The receipt is malformed or proves nothing."""


@dataclass(frozen=True)
class Opening:
    """The logged leaf, and what its commitment hides if that is still kept and may be seen."""

    leaf: bytes
    salt: bytes | None = None
    details: bytes | None = None

    def to_bytes(self) -> bytes:
        parts = {"leaf": self.leaf.decode()}
        if self.salt is not None and self.details is not None:
            parts |= {"salt": self.salt.hex(), "details": self.details.decode()}
        return json.dumps(parts, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Opening:
        try:
            parts: dict[str, str] = json.loads(data)
            leaf = parts["leaf"].encode()
            if parts.keys() == {"leaf"}:
                return cls(leaf)
            salt, details = bytes.fromhex(parts["salt"]), parts["details"].encode()  # never one without the other
        except (ValueError, KeyError, TypeError, AttributeError):
            raise ReceiptInvalid("凭证所附明细残缺") from None
        return cls(leaf, salt, details)


@dataclass(frozen=True)
class Receipt:
    index: int
    proof: tuple[bytes, ...]
    checkpoint: str  # the whole signed note
    opening: Opening

    def __str__(self) -> str:
        return "\n".join(
            [
                HEADER,
                f"extra {b64encode(self.opening.to_bytes()).decode()}",
                f"index {self.index}",
                *(b64encode(node).decode() for node in self.proof),
                "",
                self.checkpoint,
            ]
        )

    @classmethod
    def parse(cls, text: str) -> Receipt:
        head, gap, checkpoint = as_written(text).partition("\n\n")
        header, *lines = head.split("\n")
        if header != HEADER or not gap or len(lines) < 2 or not lines[0].startswith("extra "):
            raise ReceiptInvalid("不是凭证文件，或开头几行有缺")
        if not (index := re.fullmatch(r"index (0|[1-9][0-9]*)", lines[1])):
            raise ReceiptInvalid("凭证没有序号")
        try:
            opening = Opening.from_bytes(unbase64(lines[0].removeprefix("extra ")))
            return cls(int(index[1]), tuple(unbase64(line) for line in lines[2:]), checkpoint, opening)
        except NoteInvalid as problem:
            raise ReceiptInvalid(words_of(problem)) from None


def as_written(text: str) -> str:
    """The receipt as it was written, whatever mail or an editor did at its ends: a byte order mark, line ends of another
    system, blanks at the end of a line, empty lines before and after. Nothing that is proven lies in any of these."""
    lines = [line.rstrip(" \t") for line in re.split(r"\r\n|\r|\n", text.lstrip("\ufeff"))]
    return "\n".join(lines).strip("\n") + "\n"


def as_read(data: bytes) -> str:
    """The text of a receipt's file, in whichever encoding it was saved again."""
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    try:
        return data.removeprefix(BOM_UTF8).decode()
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace")


def commitment(salt: bytes, details: bytes) -> str:
    """The leaf's `c`: HMAC-SHA256 of the canonical details under a salt of its own, in hexadecimal."""
    return hmac.digest(salt, details, "sha256").hex()


def build_receipt(index: int, proof: Sequence[bytes], checkpoint: str, opening: Opening) -> str:
    return str(Receipt(index, tuple(proof), checkpoint, opening))


def verify_receipt(text: str, log: Verifier, witnesses: Sequence[Verifier] = ()) -> tuple[Receipt, Checkpoint]:
    """The receipt and its checkpoint if all holds; else raises ReceiptInvalid with the first thing that does not."""
    receipt = Receipt.parse(text)
    opening = receipt.opening
    if opening.salt is not None and opening.details is not None:
        leaf = _leaf_of(opening.leaf)
        if not hmac.compare_digest(str(leaf.get("c")), commitment(opening.salt, opening.details)):
            raise ReceiptInvalid("所附明细不是存证时承诺的明细")
    try:
        checkpoint = verify_checkpoint(receipt.checkpoint, log, witnesses)
        check_inclusion(receipt.index, checkpoint.size, leaf_hash(opening.leaf), receipt.proof, checkpoint.root)
    except (NoteInvalid, ProofInvalid) as problem:
        raise ReceiptInvalid(words_of(problem)) from None
    return receipt, checkpoint


def _leaf_of(data: bytes) -> dict[str, Any]:
    try:
        leaf = json.loads(data)
    except ValueError:
        raise ReceiptInvalid("条目无法读取") from None
    if not isinstance(leaf, dict):
        raise ReceiptInvalid("条目无法读取")
    return leaf
