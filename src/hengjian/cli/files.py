"""`hengjian files check`: every stored file read and compared, what nobody names taken away; the clock does the same each night."""

from __future__ import annotations

import argparse

from hengjian.cli.answer import Answer, Commands, parser
from hengjian.cli.installation import start_with_database
from hengjian.kernel.words import say


def add_parser(commands: Commands) -> None:
    made = commands.add_parser("files", help="文件库：核对", description="文件库")
    parts = made.add_subparsers(dest="part", metavar="动作", required=True)
    parser(parts, "check", "逐份读出文件与登记的摘要核对，清理没有登记的内容；有不符的退出码为 1")


def run(arguments: argparse.Namespace) -> Answer:
    start_with_database()
    from dataclasses import asdict

    from hengjian.files.place import Unreachable
    from hengjian.kernel import clock, files_kept

    try:
        kept = files_kept.check_all(clock.now())
    except Unreachable as problem:
        sentence = say("存放文件的地方没有应答：{problem}。", problem=str(problem))
        return Answer({"ok": False, "problem": str(problem)}, [sentence], ok=False)
    told = [
        say(
            "核对 {checked} 份文件，不在或不符的 {faults} 份；移入文件库 {moved} 份，清理 {taken_away} 份。",
            **asdict(kept),
        )
    ]
    faulty = files_kept.faulty()
    gone = {"gone": "不在", "altered": "与登记的摘要不符"}
    told += [
        say("文件 {number}（{place}）{fault}。", number=pk, place=place, fault=gone[f]) for pk, place, f, _ in faulty
    ]
    rows = [{"number": pk, "place": place, "fault": f, "checked_at": at.isoformat()} for pk, place, f, at in faulty]
    return Answer({"ok": not kept.faults, **asdict(kept), "faulty": rows}, told, ok=not kept.faults)
