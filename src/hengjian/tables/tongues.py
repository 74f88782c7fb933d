"""What a file of ours calls its columns and sheets, in each language of the house: whoever fetched it in one may hand it in
again in the other. The catalogue is asked only for words that are not Chinese."""

from __future__ import annotations

from collections.abc import Iterable

from hengjian.kernel.translations import messages_of
from hengjian.kernel.words import IDEOGRAPH, in_words

OTHERS = ("en",)


def means(text: str, word: str) -> bool:
    """Whether a heading begins with this word in any language."""
    if text.startswith(word):
        return True
    if not text or IDEOGRAPH.match(text):
        return False
    return any(text.startswith(messages_of(language).gettext(word)) for language in OTHERS)


def named(text: str, words: Iterable[str]) -> bool:
    """Whether a sheet is called by one of these words in any language."""
    given = tuple(words)
    if text in given:
        return True
    if not text or IDEOGRAPH.search(text):
        return False
    return any(text == messages_of(language).gettext(word)[:31] for language in OTHERS for word in given)


def translations(word: str) -> tuple[str, ...]:
    """The word in the languages other than its own."""
    return tuple(messages_of(language).gettext(word) for language in OTHERS)


def sheet_reference(name: str) -> str:
    """How a formula names a sheet."""
    return f"'{name}'" if " " in name else name


def sheet_name(text: str) -> str:
    """A name a workbook takes for a sheet, in the reader's language."""
    return str(in_words(text))[:31]
