"""`hengjian search`: whether the search marks say what the rows say, and making them again."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from typing import Any

from hengjian.cli.answer import Answer, Commands, parser
from hengjian.cli.installation import start_with_database
from hengjian.kernel.words import say

FIGURES = ("expected", "missing", "stale")


def _marked() -> dict[Any, Callable[[], Iterable[Any]]]:
    """Every table of marks → the people its marks are of."""
    from hengjian.certificates.marking import everybody as holders
    from hengjian.certificates.models import EarlierMark
    from hengjian.personnel.marking import everybody as assessors
    from hengjian.personnel.models import AssessorMark
    from hengjian.rosters.marking import everybody as candidates
    from hengjian.rosters.models import CandidateMark

    return {CandidateMark: candidates, AssessorMark: assessors, EarlierMark: holders}


def add_parser(commands: Commands) -> None:
    made = parser(commands, "search", "核对或重建姓名检索的索引")
    made.add_argument("--rebuild", action="store_true", help="重建索引（升级后、更换索引密钥后）；没有偏差时不动")


def run(arguments: argparse.Namespace) -> Answer:
    start_with_database()
    from django.db import transaction

    from hengjian.kernel import marks

    with transaction.atomic():
        drifts = {table: marks.drift(table, everybody()) for table, everybody in _marked().items()}
        expected, missing, stale = (sum(getattr(one, name) for one in drifts.values()) for name in FIGURES)
        found = marks.Drift(expected, missing, stale)
        wrong = bool(found.missing or found.stale)
        rebuilt = arguments.rebuild and wrong
        for table, everybody in _marked().items() if rebuilt else ():
            if drifts[table].missing or drifts[table].stale:
                marks.rebuild(table, everybody())
    told = [
        say(
            "应有 {expected} 条，缺 {missing} 条，多 {stale} 条。",
            expected=found.expected,
            missing=found.missing,
            stale=found.stale,
        )
    ]
    if rebuilt:
        told.append("已重建。")
    elif wrong:
        told.append("请执行 hengjian search --rebuild。")
    answer = {"expected": found.expected, "missing": found.missing, "stale": found.stale, "rebuilt": rebuilt}
    return Answer(answer, told, ok=rebuilt or not wrong)
