"""What the ledger can say about certificates; the number is public, the holder is not named."""

from __future__ import annotations

from dataclasses import dataclass

from hengjian.kernel.facts import Fact


@dataclass(frozen=True)
class CertificatesIssued(Fact):
    """One act for all who passed: the gapless span of numbers it took."""

    code = "certificates.issued"
    title = "制证发证"
    count: int
    first: str
    last: str
    held_back: int


@dataclass(frozen=True)
class CertificatesPutOnline(Fact):
    code = "certificates.put_online"
    title = "数据上网"
    count: int
    digest: str


@dataclass(frozen=True)
class CertificateRevoked(Fact):
    code = "certificates.revoked"
    title = "注销证书"
    number: str
    ground: str
    reason: str


@dataclass(frozen=True)
class CandidateErased(Fact):
    """How many openings and files were destroyed; of whom is nowhere said. `roster_sha256` is the roster laid out anew
    without the row, `files_left` names nobody either: files of other cases, for the office to decide on."""

    code = "certificates.candidate_erased"
    version = 2
    title = "删除考生个人信息"
    files = ("roster_sha256",)
    commitments: int
    entries: int
    reason: str
    files_destroyed: int
    files_left: int
    roster_sha256: str


@dataclass(frozen=True)
class CandidateErased1(Fact):
    """As it was said before files were erased with the person."""

    code = "certificates.candidate_erased"
    title = "删除考生个人信息"
    commitments: int
    entries: int
    reason: str


@dataclass(frozen=True)
class CertificatesTakenOver(Fact):
    """`digest` is over the numbers in the order of the table: the same table gives the same digest. Holders are not named."""

    code = "certificates.taken_over"
    title = "承接已发证书"
    files = ("sha256",)
    certificates: int
    known: int
    sha256: str
    digest: str
