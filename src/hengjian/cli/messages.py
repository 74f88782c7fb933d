"""`hengjian messages`: compiles `locale/*/LC_MESSAGES/*.po` to the `.mo` form gettext reads; no gettext tools needed."""

from __future__ import annotations

import argparse
from pathlib import Path

from hengjian.cli.answer import Answer, Commands, parser
from hengjian.cli.messages_used import used
from hengjian.kernel.translations import LOCALE, compiled_from, messages_of
from hengjian.kernel.words import IDEOGRAPH, say

__all__ = ["LOCALE", "add_parser", "compile_all", "run"]


def add_parser(commands: Commands) -> None:
    made = parser(commands, "messages", "编译英文界面译文")
    made.add_argument("--missing", action="store_true", help="列出还没有英文的话，不编译")


def run(arguments: argparse.Namespace) -> Answer:
    if arguments.missing:
        lacking = missing()
        return Answer({"missing": lacking}, [f"{place}  {text}" for text, place in lacking.items()], ok=not lacking)
    made = compile_all(LOCALE)
    return Answer(
        {"compiled": made}, [say("{name}：{count} 条译文", name=name, count=count) for name, count in made.items()]
    )


def missing(language: str = "en") -> dict[str, str]:
    """Message of the sources without a translation → where it is said."""
    known = messages_of(language)
    lacking: dict[str, str] = {}
    for use in used():
        if use.composed or (known.gettext(use.message) == use.message and IDEOGRAPH.search(use.message)):
            lacking.setdefault(use.message, use.place)
    return lacking


def compile_all(folder: Path) -> dict[str, int]:
    """File → number of messages; a file newer than its source is left as it is."""
    made: dict[str, int] = {}
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            target.write_bytes(compiled_from(source))
        made[str(source.relative_to(folder))] = int.from_bytes(target.read_bytes()[8:12], "little") - 1
    return made
