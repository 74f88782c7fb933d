"""What a folder of a copy holds: every file with size and SHA-256, the log's head, how it was made. Written last, so that
a folder without one is a copy that was not finished."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from hengjian.kernel.words import say

NAME = "manifest.json"
FORMAT = "hengjian-backup/1"
PIECE = 1 << 20


class Unfit(Exception):
    """The copy is not whole, or not one; the sentence says what is wrong with it."""


@dataclass(frozen=True)
class Kept:
    """One file of a copy."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """`head`: the signed note of the newest checkpoint, empty where nothing is sealed; `entries` of the log; `rows` by table."""

    made_at: str
    mode: str
    vendor: str
    head: str
    entries: int
    rows: dict[str, int]
    migrations: dict[str, str]
    files: dict[str, Kept] = field(default_factory=dict)
    format: str = FORMAT

    def write(self, folder: Path) -> None:
        draft = folder / f"{NAME}.part"
        draft.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), encoding="utf-8")
        _on_disk(draft)
        draft.replace(folder / NAME)
        _on_disk(folder)


def read(folder: Path) -> Manifest:
    """The manifest of a finished copy, each of its files compared with it. Raises Unfit."""
    try:
        told = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Unfit(say("{folder} 里没有 manifest.json：不是备份，或备份没有做完。", folder=folder)) from None
    except (OSError, ValueError):
        raise Unfit(say("读不懂 {folder} 里的 manifest.json。", folder=folder)) from None
    try:
        if told["format"] != FORMAT:
            raise Unfit(say("这份备份的格式是 {format}，本版本只认 {ours}。", format=told["format"], ours=FORMAT))
        files = {str(name): Kept(int(kept["size"]), str(kept["sha256"])) for name, kept in told.pop("files").items()}
        found = Manifest(**told, files=files)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Unfit(say("读不懂 {folder} 里的 manifest.json。", folder=folder)) from None
    for name, kept in found.files.items():
        _compare(folder, name, kept)
    return found


def _compare(folder: Path, name: str, kept: Kept) -> None:
    place = folder / name
    if folder.resolve() not in place.resolve().parents:
        raise Unfit(say("备份清单里的 {name} 指到了备份之外。", name=name))
    if not place.is_file():
        raise Unfit(say("备份里少了 {name}。", name=name))
    if described(place) != kept:
        raise Unfit(say("备份里的 {name} 与清单的摘要不符，已损坏或被改动。", name=name))


def described(place: Path) -> Kept:
    """Size and digest of a file, read in pieces."""
    digest = hashlib.sha256()
    with place.open("rb") as source:
        while piece := source.read(PIECE):
            digest.update(piece)
    return Kept(place.stat().st_size, digest.hexdigest())


def files_in(folder: Path) -> Iterator[Path]:
    """Every file below, in order of their paths; what a link points to is not below."""
    for place in sorted(folder.rglob("*")):
        if place.is_file() and not place.is_symlink():
            yield place


def all_of(folder: Path) -> dict[str, Kept]:
    """Every file below a copy's folder, each brought to the disk first."""
    found = {}
    for place in files_in(folder):
        _on_disk(place)
        found[place.relative_to(folder).as_posix()] = described(place)
    return found


def _on_disk(place: Path) -> None:
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
