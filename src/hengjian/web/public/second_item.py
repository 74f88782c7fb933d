"""What a person types beside the certificate's number: a name, or the end of the document's number, in one field."""

from __future__ import annotations

import re

from hengjian.certificates.identity import TAIL

_TAIL = re.compile(r"\d{3}[\dXx]")
_WHOLE = re.compile(r"\d{17}[\dXx]|\d{15}")


def second_item(text: str) -> tuple[str, str]:
    """(name, tail): four characters of a number are a tail, a whole number is cut to its tail, all else is a name."""
    bare = "".join(text.split())
    if _TAIL.fullmatch(bare):
        return "", bare.upper()
    if _WHOLE.fullmatch(bare):
        return "", bare[-TAIL:].upper()
    return bare, ""
