"""What the ledger can say about papers. That one was issued says the entry of the act that issued it, by its row."""

from __future__ import annotations

from dataclasses import dataclass

from hengjian.kernel.facts import Fact


@dataclass(frozen=True)
class PaperMade(Fact):
    """`unsigned_sha256` is of the file before it was signed: the same facts give it again."""

    code = "papers.made"
    title = "制作公文"
    files = ("sha256",)
    number: str
    sha256: str
    unsigned_sha256: str
    signed_by: str


@dataclass(frozen=True)
class PaperRevoked(Fact):
    code = "papers.revoked"
    title = "撤销公文"
    number: str
    reason: str


@dataclass(frozen=True)
class PaperReplaced(Fact):
    code = "papers.replaced"
    title = "替代公文"
    number: str
    by_number: str
    reason: str
