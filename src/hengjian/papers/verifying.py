"""Whether a file is a paper of this log: signature, attachments, receipt, and the facts that were registered."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from hengjian.kernel.tlog.note import Verifier
from hengjian.kernel.tlog.receipt import ReceiptInvalid
from hengjian.kernel.words import say, words_of
from hengjian.papers import signing, structure
from hengjian.papers.faces import FACTS, RECEIPT, ROW
from hengjian.papers.proofs import NotIssuedHere, Proven, verify


@dataclass(frozen=True)
class Verified:
    """`faults` are sentences, none when the paper holds; `structure` are those of its PDF/A, which prove nothing."""

    sha256: str
    unsigned_sha256: str
    signature: signing.Held | None
    proven: Proven | None
    faults: tuple[str, ...]
    structure: tuple[str, ...] = field(default=())

    def as_dict(self) -> dict[str, Any]:
        held, proven = self.signature, self.proven
        return {
            "holds": not self.faults,
            "sha256": self.sha256,
            "unsigned_sha256": self.unsigned_sha256,
            "signed_by": held.signer if held else "",
            "signed_at": held.signed_at.isoformat() if held and held.signed_at else "",
            "trusted": held.trusted if held else False,
            "number": proven.row["number"] if proven else "",
            "title": proven.row["title"] if proven else "",
            "issuer": proven.row["issuer"] if proven else "",
            "addressee": proven.row.get("addressee", "") if proven else "",
            "issued_at": proven.row["issued_at"] if proven else "",
            "act": proven.act if proven else "",
            "index": proven.index if proven else None,
            "faults": list(self.faults),
            "structure": list(self.structure),
        }


def verified(pdf: bytes, log: Verifier, *, roots: bytes = b"") -> Verified:
    """Needs no database. `roots`: certificates (PEM) whose signatures are trusted; without them the signer is only named."""
    faults: list[str] = []
    held = _signature(pdf)
    if held is None:
        faults.append("文件没有数字签名，或不是 PDF 文件。")
    elif not held.holds:
        faults.append("数字签名不成立：文件在签名以后有改动。")
    inside = structure.attachments(pdf)
    proven = None
    if not {RECEIPT, ROW, FACTS} <= inside.keys():
        faults.append("文件没有附存证凭证和登记内容，或附件残缺。")
    else:
        try:
            proven = verify(inside[RECEIPT], inside[ROW], inside[FACTS], log)
        except (ReceiptInvalid, NotIssuedHere) as problem:
            faults.append(say("存证不成立：{problem}", problem=words_of(problem)))
    if held is not None and roots:
        held = signing.held(pdf, roots=roots)
        if held is not None and not held.trusted:
            faults.append("签名所用的证书不是由所给的根证书签发。")
    unsigned = pdf[: held.first_revision] if held is not None else pdf
    return Verified(
        hashlib.sha256(pdf).hexdigest(),
        hashlib.sha256(unsigned).hexdigest(),
        held,
        proven,
        tuple(faults),
        tuple(structure.faults(pdf)),
    )


def _signature(pdf: bytes) -> signing.Held | None:
    """A file that cannot be read as PDF has no signature."""
    try:
        return signing.held(pdf)
    except Exception:  # the library raises what it meets in a broken file; whatever it is, nothing is signed
        return None
