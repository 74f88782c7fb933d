"""How a person stands in a roster: encrypted in full, hashed for look-up, masked for reading."""

from __future__ import annotations

import re
from hashlib import blake2b

from hengjian.kernel import typed
from hengjian.kernel.sealed import blind_index, person_key_secret

RESIDENT = "01"
EIGHTEEN = re.compile(r"\d{17}[\dX]", re.ASCII)
INDEX_PLACE = "rosters_candidate.document_index"


def person_key() -> bytes:
    """The key of the hash by which one person is recognised across rosters."""
    return person_key_secret()


def person_number(document_type: str, number: str) -> int:
    """The 63 bits by which rosters and certificates know one person; as the reading of a roster works them out."""
    kind = (
        RESIDENT if len(number) == 18 else document_type
    )  # eighteen places are one person, whatever the document is called
    return int(blake2b(f"{kind}:{number}".encode(), key=person_key()[:64], digest_size=16).hexdigest()[:16], 16) >> 1


def document_index(document_type: str, number: str) -> bytes:
    """By this a person is found again. Eighteen digits are one person, whatever document somebody said they are of."""
    plain = typed.number_code(number)
    kind = RESIDENT if EIGHTEEN.fullmatch(plain) else document_type
    return blind_index(f"{kind}\0{plain}", INDEX_PLACE)


def masked_name(name: str) -> str:
    """王**, however long the name is."""
    return f"{name.strip()[:1]}**"


def masked_number(number: str) -> str:
    """1302**********4417; short papers show less."""
    number = number.strip()
    ends = 4 if len(number) >= 15 else 2 if len(number) >= 8 else 1
    return number[:ends] + "*" * max(1, len(number) - 2 * ends) + number[-ends:]
