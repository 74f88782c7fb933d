"""Levels and occupations in words, and as choices of a form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hengjian.kernel import clock
from hengjian.kernel.actor import Actor
from hengjian.kernel.law import Law, nationwide
from hengjian.kernel.words import listed, say
from hengjian.occupations.levels import level_title, level_titles
from hengjian.occupations.policies import ASSESSABLE_LEVELS, MAJOR_CLASSES
from hengjian.web.components import Chip

__all__ = ["level_choices", "level_title", "levels_in_words", "levels_spanned", "major_class_chip"]


def major_class_chip(code: str, law: Law) -> list[Chip]:
    """A warning at an occupation outside the major classes that are assessed as a rule; it is told, not refused."""
    return [] if code[:1] in law.policy(MAJOR_CLASSES) else [Chip("不在可评价的职业大类", "warn")]


def levels_in_words(codes: str) -> str:
    """`54321` → `五级/初级工、四级/中级工 …`, in the order of the ladder."""
    titles = level_titles()
    return listed(titles[code] for code in titles if code in codes)


def levels_spanned(codes: str) -> str:
    """`543` → `五级至三级`; one level in full, levels with a gap between them one by one."""
    titles = level_titles()
    held = [code for code in titles if code in codes]
    if len(held) == 1:
        return titles[held[0]]
    short = [titles[code].split("/")[0] for code in held]
    ladder = list(titles)
    unbroken = bool(held) and ladder.index(held[-1]) - ladder.index(held[0]) == len(held) - 1
    return say("{short}至{value}", short=short[0], value=short[-1]) if unbroken and len(held) > 2 else listed(short)


def level_choices(actor: Actor, subject: Any) -> Iterable[tuple[str, str]]:
    """The levels an institution may be filed for."""
    titles = level_titles()
    return [(code, titles[code]) for code in nationwide(clock.today()).policy(ASSESSABLE_LEVELS)]
