"""What a person types beside the certificate's number: a name, or the end of the document's number, in one field."""

from __future__ import annotations

import re

from hengjian.certificates.identity import TAIL
from hengjian.kernel import typed

_TAIL = re.compile(r"[0-9]{3}[0-9X]")
_WHOLE = re.compile(r"[0-9]{17}[0-9X]|[0-9]{15}")


def second_item(text: str) -> tuple[str, str]:
    """(name, tail): four characters of a number are a tail, a whole number is cut to its tail, all else is a name."""
    bare = typed.number_code(text)
    if _TAIL.fullmatch(bare):
        return "", bare
    if _WHOLE.fullmatch(bare):
        return "", bare[-TAIL:]
    return typed.line(text).replace(" ", ""), ""
