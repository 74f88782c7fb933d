"""A table of codes: what people write, and the short code that is compared."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

_RANGE = re.compile("(?:及|或|或者)?以[上下]|及其他")
_SEVERAL = re.compile("[/／、,，;；或和]")


@dataclass(frozen=True)
class Entry:
    code: str
    title: str
    spellings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """Look-up is by the text without blanks, in upper case and half width. `not_read` are words of real forms that say something
    else or not enough, each with the reason."""

    name: str
    title: str
    entries: tuple[Entry, ...]
    not_read: Mapping[str, str] = field(default_factory=dict, hash=False)

    @cached_property
    def by_spelling(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for entry in self.entries:
            for spelling in (entry.code, entry.title, *entry.spellings):
                found.setdefault(spelling.upper(), entry.code)
        return found

    @cached_property
    def titles(self) -> dict[str, str]:
        return {entry.code: entry.title for entry in self.entries}

    def code(self, text: str) -> str | None:
        return self.by_spelling.get(text.upper())

    def why_not(self, text: str) -> str:
        """The reason why a known word is not read, or an empty text."""
        reason = self.not_read.get(text.upper(), "")
        if not reason and _RANGE.search(text):
            reason = "写的是范围，请填实际的一种"
        if (
            not reason
            and len(words := [word for word in _SEVERAL.split(text) if word]) > 1
            and all(map(self.code, words))
        ):
            reason = "写了不止一种，请填其中一种"
        return reason


def coded(name: str, title: str, *entries: tuple[str, ...], not_read: Mapping[str, str] | None = None) -> Table:
    """A table of (code, title, other spellings…)."""
    return Table(name, title, tuple(Entry(code, label, tuple(rest)) for code, label, *rest in entries), not_read or {})
