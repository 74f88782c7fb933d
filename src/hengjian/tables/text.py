"""Cleaning of words: blanks, invisible signs, escapes, normal form, and the middle dot of names.

What changes is said: every function returns the clean text, and the caller notes old and new. NFC is used, not NFKC: full-width
brackets belong to Chinese names of firms, and NFKC leaves the direction marks (U+202A to U+202E) where they are. Only the
radicals (U+2E80 to U+2FDF), which look like characters and are none, take their NFKC form. Fillers that print as nothing
(U+3164, U+2800 and their kin) are invisible signs, whatever class Unicode puts them in.
"""

import re
import unicodedata

INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u2069\u2800\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e01ef"
)
RADICALS = "\u2e80-\u2fdf"
BLANK = r"\s\u00a0\u2000-\u200a\u202f\u205f\u3000"

_invisible = re.compile(f"[{INVISIBLE}]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_blanks = re.compile(f"[{BLANK}]+")
_escape = re.compile(r"_x([0-9A-Fa-f]{4})_")
_radical = re.compile(f"[{RADICALS}]")
_suspicious = re.compile(
    f"[{INVISIBLE}{RADICALS}\u00a0\u2000-\u200a\u202f\u205f\u3000\x00-\x09\x0b-\x1f\x7f-\x9f]|_x[0-9A-Fa-f]{{4}}_|^[ '’]|  | $|\r",
    re.MULTILINE,
)
_dots = re.compile("[\u2022\u2027\u30fb\uff0e\uff65\u2219\u22c5\u25cf\u25e6]")
_han = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_latin = re.compile(r"[A-Za-z]")

FULL_TO_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def all_clean(texts: list[str]) -> bool:
    """Whether a whole column needs no cleaning; one search over the joined text is far cheaper than one per cell."""
    joined = "\n".join(texts)
    return (
        joined.count("\n") == max(len(texts) - 1, 0)
        and _suspicious.search(joined) is None
        and unicodedata.is_normalized("NFC", joined)
    )


def half_width(text: str) -> str:
    return text.translate(FULL_TO_HALF)


def without_blanks(text: str) -> str:
    return _blanks.sub("", _invisible.sub("", text))


def unescaped(text: str) -> str:
    """`_x000D_` and its kin, left in strings by the file format; `_x005f_` stands for the underscore itself."""
    return _escape.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def clean(text: str) -> str:
    """One line, one blank between words, no invisible sign, no protecting apostrophe, NFC."""
    text = _invisible.sub("", unescaped(text).replace("\t", " ").replace("\n", " ").replace("\r", " "))
    text = _blanks.sub(" ", text).strip()
    if text[:1] in ("'", "’"):
        text = text[1:].lstrip()
    return unicodedata.normalize("NFC", unified(text))


def unified(text: str) -> str:
    """⾼⽂⽴ → 高文立: a radical is the character it looks like, where Unicode knows one."""
    return _radical.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)


def clean_name(text: str) -> str:
    """A person's name: no blanks in a Chinese name, one in a Latin one, and one kind of middle dot (U+00B7)."""
    text = _dots.sub("·", clean(text))
    if _latin.search(text) and not _han.search(text):
        return half_width(text)
    return text.replace(" ", "").replace(".", "·")


def comparable(text: str) -> str:
    """For comparing two spellings of one word: no blanks, no dots, half width, upper case."""
    return half_width(unified(without_blanks(unescaped(text)))).replace("·", "").upper()
