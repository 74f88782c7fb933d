"""Levels and occupations in words, and as choices of a form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hengjian.kernel import clock
from hengjian.kernel.actor import Actor
from hengjian.occupations.policies import ASSESSABLE_LEVELS, LEVELS


def level_title(code: str) -> str:
    """`3` → `三级/高级工`, in the words of the policy in force today."""
    return _titles().get(code, code)


def levels_in_words(codes: str) -> str:
    """`54321` → `五级/初级工、四级/中级工 …`, in the order of the ladder."""
    titles = _titles()
    return "、".join(titles[code] for code in titles if code in codes)


def level_choices(actor: Actor, subject: Any) -> Iterable[tuple[str, str]]:
    """The levels an institution may be filed for."""
    titles = _titles()
    return [(code, titles[code]) for code in ASSESSABLE_LEVELS.on(clock.today())]


def _titles() -> dict[str, str]:
    return {str(row["code"]): str(row["title"]) for row in LEVELS.on(clock.today())}
