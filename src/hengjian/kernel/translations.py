"""The catalogues of messages: read from `locale/`, compiled where that was done, and the same without Django."""

from __future__ import annotations

import gettext
from functools import cache
from io import BytesIO
from pathlib import Path

LOCALE = Path(__file__).resolve().parents[1] / "locale"
DOMAIN = "django"


def source_of(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"


@cache
def messages_of(language: str) -> gettext.NullTranslations:
    """The messages of a language; one that has no catalogue answers with the message itself. A compiled file counts only
    while it is younger than its source."""
    source = source_of(language)
    if not source.exists():
        return gettext.NullTranslations()
    compiled = source.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
        return gettext.GNUTranslations(BytesIO(compiled.read_bytes()))
    return gettext.GNUTranslations(BytesIO(compiled_from(source)))


def compiled_from(source: Path) -> bytes:
    """A `.po` file in the binary form gettext reads; what is fuzzy or empty is left out."""
    import polib

    made: bytes = polib.pofile(str(source)).to_binary()
    return made
