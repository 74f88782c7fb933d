"""A ZIP archive as bytes, with parts that were packed already taken over as they are.

The strings of a large workbook need not be packed a second time only because one of its sheets was marked. All parts carry the same
moment, so the same content gives the same bytes.
"""

import struct
import zlib
from dataclasses import dataclass, field

_MOMENT = (0, 0x21)  # 1980-01-01 00:00, the earliest a ZIP archive knows
_DEFLATED = 8
_UTF8 = 0x800


@dataclass(frozen=True, slots=True)
class Packed:
    """One part, deflated."""

    body: bytes
    crc: int
    size: int


def packed(raw: bytes, level: int = 1) -> Packed:
    deflater = zlib.compressobj(level, zlib.DEFLATED, -15)
    return Packed(deflater.compress(raw) + deflater.flush(), zlib.crc32(raw), len(raw))


@dataclass
class Archive:
    chunks: list[bytes] = field(default_factory=list)
    directory: list[bytes] = field(default_factory=list)
    offset: int = 0

    def add(self, name: str, part: Packed) -> None:
        encoded = name.encode()
        sizes = (*_MOMENT, part.crc, len(part.body), part.size, len(encoded))
        head = struct.pack("<4sHHHHHIIIHH", b"PK\x03\x04", 20, _UTF8, _DEFLATED, *sizes, 0) + encoded
        self.directory.append(
            struct.pack(
                "<4sHHHHHHIIIHHHHHII", b"PK\x01\x02", 20, 20, _UTF8, _DEFLATED, *sizes, 0, 0, 0, 0, 0, self.offset
            )
            + encoded
        )
        self.chunks += [head, part.body]
        self.offset += len(head) + len(part.body)

    def to_bytes(self) -> bytes:
        directory = b"".join(self.directory)
        count = len(self.directory)
        end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, len(directory), self.offset, 0)
        return b"".join([*self.chunks, directory, end])
