"""Whether a file names somebody: the words looked for in every encoding a table or paper of here may have, and inside
archives (an .xlsx is one), two deep."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable
from io import BytesIO

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
DEPTH, LARGEST = 3, 64 << 20


def forms(words: Iterable[str]) -> set[bytes]:
    """Each word as bytes, in every encoding; also as XML writes it in numbers."""
    found: set[bytes] = set()
    for word in words:
        found |= {word.encode(encoding) for encoding in ENCODINGS}
        found.add("".join(f"&#{ord(sign)};" for sign in word).encode())
        found.add("".join(f"&#x{ord(sign):x};" for sign in word).encode())
    return found


def is_named(data: bytes, words: Iterable[str]) -> bool:
    """Whether any of the words is in the file."""
    return _holds(data, forms(word for word in words if word), DEPTH)


def _holds(data: bytes, wanted: set[bytes], depth: int) -> bool:
    if any(form in data for form in wanted):
        return True
    if not depth or b"PK\x03\x04" not in data[:4096]:
        return False
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for part in archive.infolist():
                if (
                    part.file_size <= LARGEST
                    and not part.flag_bits & 1
                    and _holds(archive.read(part), wanted, depth - 1)
                ):
                    return True
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError):
        return False
    return False
