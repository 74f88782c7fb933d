"""The container of the old binary files: which streams it holds, and the one with the workbook.

Names compare without case; the fast reader knows only the customary spelling, so another one is put right in the directory.
"""

from __future__ import annotations

from io import BytesIO

import olefile

WORKBOOK = ("Workbook", "Book")
_ENTRY = 128
_HEADER = 512


class Damaged(Exception):
    """No sound container."""


def streams(data: bytes) -> set[str]:
    """The names in the root of the container, in small letters."""
    return {path[0].lower() for path in _opened(data).listdir(streams=True, storages=True)}


def workbook_stream(data: bytes) -> bytes:
    """The records of the workbook."""
    container = _opened(data)
    for path in container.listdir():
        if path[-1].lower() in (name.lower() for name in WORKBOOK) and len(path) == 1:
            with container.openstream(path) as stream:
                return bytes(stream.read())
    raise Damaged


def with_customary_name(data: bytes) -> bytes:
    """The container with its workbook under the name every reader knows."""
    container = _opened(data)
    changed = bytearray(data)
    for number, entry in enumerate(container.direntries):
        name = getattr(entry, "name", "") or ""
        proper = next((known for known in WORKBOOK if known.lower() == name.lower()), name)
        if proper != name:
            at = _place(container, number)
            changed[at : at + 64] = proper.encode("utf-16-le").ljust(64, b"\0")
    return bytes(changed)


def _place(container: olefile.OleFileIO, number: int) -> int:
    """Where an entry of the directory lies in the file: the directory is a chain of sectors."""
    size = int(container.sector_size)
    sector = container.first_dir_sector
    for _ in range(number * _ENTRY // size):
        sector = container.fat[sector]
    return int(size + sector * size + number * _ENTRY % size)


def _opened(data: bytes) -> olefile.OleFileIO:
    try:
        return olefile.OleFileIO(BytesIO(data))
    except Exception as broken:  # a mutated container fails in many ways
        raise Damaged from broken
