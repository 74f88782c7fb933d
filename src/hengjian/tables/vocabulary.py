"""The words of one kind of table: which headings mean which column, and which are known and not read, with the reason.

A heading matches when it equals a title or another word for it once blanks, marks, numbers and bracketed remarks are gone. What a
table must name to be one, where a second one beside it begins, and what is said where none is found, stands here as well: the engine
knows no word of what is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from hengjian.kernel.words import IDEOGRAPH
from hengjian.tables.characters import TO_SIMPLIFIED
from hengjian.tables.text import comparable
from hengjian.tables.tongues import translations

_brackets = re.compile(r"[(（\[【<《][^)）\]】>》]*[)）\]】>》]")
_marks = re.compile(r"[*★※#:：;；、,，.。!！]+")
_numbered = re.compile("^(?:[①-⓿❶-➓㈠-㈩㊀-㊉]|[0-9]{1,2}(?=[^0-9/-])|[一二三四五六七八九十]{1,2}、)+")
_translated = re.compile(r"(?<=[\u4e00-\u9fff])[A-Z][A-Z/&'-]*$")
_LONGEST_HEADING = 40
_MOST_REMEMBERED = 10_000


class Named(Protocol):
    """What the header needs to know of a column."""

    @property
    def key(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def synonyms(self) -> tuple[str, ...]: ...
    @property
    def loose(self) -> tuple[str, ...]: ...
    @property
    def in_template(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a heading stands for and how surely: 3 the title, 2 another word for it, 1 a word that may mean other things."""

    key: str
    rank: int


UNKNOWN = Meaning("", 0)
TITLE, SYNONYM, LOOSE = 3, 2, 1


@dataclass
class Vocabulary:
    """`needed`: keys of which a header names at least one; `begins`: the key with which a second table beside the first begins (empty:
    never); `serial`: the key that counts for nothing. The sentences say what is told where no header is found."""

    columns: Sequence[Named]
    needed: frozenset[str]
    no_header: str
    no_header_on_sheet: str
    all_hidden: str
    hidden_remedy: str
    name: str  # what the one sheet of a text file is called
    begins: str = ""
    serial: str = ""
    not_read: Mapping[str, str] = field(default_factory=dict)
    explanatory: frozenset[str] = frozenset()  # names of sheets that are no data

    def __post_init__(self) -> None:
        self.titles: dict[str, str] = {column.key: column.title for column in self.columns}
        self._words = self._known_words()
        self._reasons = {_bare(word): reason for word, reason in self.not_read.items()}
        self._remembered: dict[str, Meaning] = {}

    def _known_words(self) -> dict[str, Meaning]:
        """Every title, synonym and loose word, ready for comparison; the surer meaning wins over that of another column."""
        words = {_bare(column.title): Meaning(column.key, TITLE) for column in self.columns if column.in_template}
        for column in self.columns:
            for synonym in (column.title, *column.synonyms, column.key):
                words.setdefault(_bare(synonym), Meaning(column.key, SYNONYM))
        for column in self.columns:
            for word in column.loose:
                words.setdefault(_bare(word), Meaning(column.key, LOOSE))
        return words

    def meaning_of(self, text: str) -> Meaning:
        """What a header text stands for; blanks, marks, numbers, translations and bracketed remarks do not count."""
        found = self._remembered.get(text)
        if found is None:
            if len(self._remembered) > _MOST_REMEMBERED:
                self._remembered.clear()
            found = self._remembered[text] = self._meaning_of(text)
        return found

    def _meaning_of(self, text: str) -> Meaning:
        if len(_bare(text)) > _LONGEST_HEADING:
            return UNKNOWN
        found = next((self._words[form] for form in _forms(text) if form in self._words), UNKNOWN)
        if found.key or IDEOGRAPH.search(text):
            return found
        return next((self._translated[form] for form in _forms(text) if form in self._translated), UNKNOWN)

    @cached_property
    def _translated(self) -> dict[str, Meaning]:
        """The titles as the templates have them in another language; what two columns are called means neither."""
        words: dict[str, Meaning] = {}
        for column in self.columns:
            for word in translations(column.title):
                meaning = Meaning(column.key, TITLE if column.in_template else SYNONYM)
                words[_bare(word)] = UNKNOWN if _bare(word) in words else meaning
        return words

    def key_of(self, text: str) -> str:
        """The key a header text stands for, or an empty text."""
        return self.meaning_of(text).key

    def why_unread(self, text: str) -> str:
        """Why a known heading is not read, or an empty text where it is not known at all."""
        return next((self._reasons[form] for form in _forms(text) if form in self._reasons), "")

    def first_meaning(self, forms: tuple[str, ...]) -> Meaning:
        """Of several ways to read a heading the first that means something."""
        return next((found for found in map(self.meaning_of, forms) if found.key), UNKNOWN)

    def named_by(self, labels: Sequence[tuple[str, ...]]) -> int:
        """How many different columns these headings name; a serial alone counts nothing, and without a needed one neither."""
        keys = {self.first_meaning(forms).key for forms in labels} - {"", self.serial}
        return len(keys) if keys & self.needed else 0

    def named_in(self, row: Sequence[object]) -> int:
        """The same of a row of cells."""
        return self.named_by([(cell,) for cell in row if isinstance(cell, str) and cell])


def _bare(text: str) -> str:
    return _marks.sub("", comparable(text)).translate(TO_SIMPLIFIED)


def _forms(text: str) -> Iterator[str]:
    """The ways in which a heading may be meant: as it is, without its remark, its number, its translation."""
    yield _bare(text)
    short = _bare(_brackets.sub("", text))
    yield short
    unnumbered = _numbered.sub("", short)
    yield unnumbered
    yield _translated.sub("", unnumbered)
