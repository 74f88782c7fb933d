"""Levels and occupations in words, and as choices of a form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hengjian.kernel import clock
from hengjian.kernel.actor import Actor
from hengjian.kernel.law import nationwide
from hengjian.kernel.words import listed, say
from hengjian.occupations.policies import ASSESSABLE_LEVELS, LEVELS


def level_title(code: str) -> str:
    """`3` → `三级/高级工`, in the words of the policy in force today."""
    return _titles().get(code, code)


def levels_in_words(codes: str) -> str:
    """`54321` → `五级/初级工、四级/中级工 …`, in the order of the ladder."""
    titles = _titles()
    return listed(titles[code] for code in titles if code in codes)


def levels_spanned(codes: str) -> str:
    """`543` → `五级至三级`; one level in full, levels with a gap between them one by one."""
    titles = _titles()
    held = [code for code in titles if code in codes]
    if len(held) == 1:
        return titles[held[0]]
    short = [titles[code].split("/")[0] for code in held]
    ladder = list(titles)
    unbroken = bool(held) and ladder.index(held[-1]) - ladder.index(held[0]) == len(held) - 1
    return say("{short}至{value}", short=short[0], value=short[-1]) if unbroken and len(held) > 2 else listed(short)


def level_choices(actor: Actor, subject: Any) -> Iterable[tuple[str, str]]:
    """The levels an institution may be filed for."""
    titles = _titles()
    return [(code, titles[code]) for code in nationwide(clock.today()).policy(ASSESSABLE_LEVELS)]


def _titles() -> dict[str, str]:
    return {str(row["code"]): str(row["title"]) for row in nationwide(clock.today()).policy(LEVELS)}
