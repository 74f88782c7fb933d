"""`docs/operations.md`, read as what it is: files by name, commands by section, names that other places must know."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tests.shared import ROOT

TEXT = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"(?:^`(?P<name>[^`\n]+)`\n\n)?^```(?P<kind>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A block of the paper: the file it is to be saved as (or nothing), its language, its text, the section it is in."""

    name: str
    kind: str
    text: str
    section: str


def blocks() -> list[Block]:
    found = []
    for part in re.split(r"^## ", TEXT, flags=re.MULTILINE)[1:]:
        title, _, body = part.partition("\n")
        found += [Block(block["name"] or "", block["kind"], block["text"], title) for block in _BLOCK.finditer(body)]
    return found


def file(name: str) -> str:
    """The text of the file the paper says to save under this name."""
    (block,) = (block for block in blocks() if block.name == name)
    return block.text


def commands(section: str) -> list[str]:
    """The shell blocks of a section, in order."""
    return [block.text for block in blocks() if block.kind == "sh" and section in block.section]


def unit(name: str) -> dict[str, list[str]]:
    """Key → values of a service unit, sections left aside (no key stands in two)."""
    found: dict[str, list[str]] = {}
    for line in file(name).splitlines():
        key, mark, value = line.partition("=")
        if mark:
            found.setdefault(key, []).append(value)
    return found


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with each placeholder replaced; one that is not there means that paper and test have parted."""
    for old, new in values.items():
        assert old in text, f"docs/operations.md no longer says {old!r}"
        text = text.replace(old, new)
    return text
