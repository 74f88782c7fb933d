"""Codes that people copy from paper: random, long enough that nobody guesses one, without signs that are misread."""

from __future__ import annotations

import math
import secrets
import string

from hengjian.kernel import typed

SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no 0 O, no 1 I L, no U that looks like V
GROUP = 4
_ASCII = frozenset(string.ascii_uppercase + string.digits)


def fresh(length: int) -> str:
    """`length` random signs."""
    return "".join(secrets.choice(SIGNS) for _ in range(length))


def bits(length: int) -> float:
    """How many bits one has to guess."""
    return length * math.log2(len(SIGNS))


def read(text: str) -> str:
    """What was meant: full width or small letters, blanks and hyphens between the groups do not count."""
    return "".join(sign for sign in typed.number_code(text) if sign in _ASCII)


def grouped(code: str) -> str:
    """`7K3M 9QXR …`, as it is printed."""
    return " ".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))
