"""The code on an admission ticket (准考证查询码): by it the holder, and nobody else, finds the own row in public (M10).

It is random and long, so its hash may be published; a hash of name and number may not, because those can be guessed.
Stored encrypted, with a blind index for look-up, and shown to the candidate's own institution, which prints it.
"""

from __future__ import annotations

from hengjian.kernel import codes
from hengjian.kernel.sealed import blind_index
from hengjian.rosters.models import Candidate

LENGTH = 16  # signs; 78 bits
INDEX_PLACE = "rosters_candidate.ticket_code"


def give(candidate: Candidate) -> None:
    """A fresh code; the caller saves the row."""
    candidate.ticket_code = codes.fresh(LENGTH)
    candidate.ticket_code_index = index_of(candidate.ticket_code)


def index_of(code: str) -> bytes:
    """What a code that somebody typed is looked up by."""
    return blind_index(codes.read(code), INDEX_PLACE)
