"""How the numbers of a reason stand in a Chinese sentence."""

from __future__ import annotations

from hengjian.rosters import civil
from hengjian.rosters.checks.tables import occupation_code
from hengjian.rosters.entry import LEVELS

SEXES = {1: "男", 2: "女"}


def day(number: int) -> str:
    """2026-11-01, or 未填."""
    found = civil.date_of(number)
    return found.isoformat() if found else "未填"


def level(number: int) -> str:
    return LEVELS.get(number, "未填等级")


def occupation(number: int) -> str:
    return occupation_code(number) if number > 0 else "未填职业"
