"""Levels in words, as the policy in force today has them."""

from __future__ import annotations

from hengjian.kernel import clock
from hengjian.kernel.law import nationwide
from hengjian.occupations.policies import LEVELS


def level_titles() -> dict[str, str]:
    """Code of a level → its title, in the order of the ladder."""
    return {str(row["code"]): str(row["title"]) for row in nationwide(clock.today()).policy(LEVELS)}


def level_title(code: str) -> str:
    """`3` → `三级/高级工`; a code that is none stays as it is."""
    return level_titles().get(code, code)
