"""From a registered paper to its signed file, outside any transaction."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from hengjian.kernel import clock
from hengjian.kernel.words import words_of
from hengjian.papers import faces, fonts, maker, signing
from hengjian.papers.models import Paper
from hengjian.papers.proofs import proof_of


@dataclass(frozen=True)
class Made:
    """The file, its digest, that of the file before it was signed, and whose key signed."""

    file: bytes
    sha256: str
    unsigned_sha256: str
    signed_by: str


def hindrance() -> str:
    """Why papers cannot be made on this machine, in a sentence; empty when they can."""
    try:
        fonts.folders()
        signing.signer()
    except (fonts.FontsMissing, signing.NoKey) as problem:
        return words_of(problem)
    return ""


def made(paper: Paper) -> Made:
    """Raises NotSealed, FontsMissing, NoKey or Unmakeable."""
    unsigned = maker.make(faces.face_of(paper, proof_of(paper)))
    file = signing.signed(unsigned, at=clock.now(), reason=f"{paper.title} {paper.number}")
    return Made(
        file,
        hashlib.sha256(file).hexdigest(),
        hashlib.sha256(unsigned).hexdigest(),
        signing.name_of_signer(),
    )


def translation(paper: Paper) -> bytes:
    """The paper in English: neither sealed nor signed, and it says so. Raises as `made`."""
    return maker.make(faces.face_of(paper, proof_of(paper), faces.ENGLISH))
