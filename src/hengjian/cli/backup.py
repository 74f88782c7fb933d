"""`hengjian backup DIR`: database, files, keys and settings of one moment into a folder, while the site runs."""

from __future__ import annotations

import argparse
from pathlib import Path

from hengjian.cli.answer import Answer, Commands, parser
from hengjian.cli.installation import start_with_database
from hengjian.kernel.words import say, words_of


def add_parser(commands: Commands) -> None:
    made = parser(commands, "backup", "备份：数据库、文件、密钥分开")
    made.add_argument("folder", metavar="DIR", type=Path, help="空目录或还没有的目录")
    made.add_argument("--by-day", action="store_true", help="写到 DIR（和密钥目录）下以当天日期为名的目录")
    made.add_argument("--keys", metavar="DIR", type=Path, help="密钥另放在这个目录（默认 DIR/keys，只有属主可读）")


def run(arguments: argparse.Namespace) -> Answer:
    start_with_database()
    from hengjian.kernel import clock
    from hengjian.safekeeping.databases import NoTool
    from hengjian.safekeeping.manifest import Unfit
    from hengjian.safekeeping.saving import KEYS, save

    day = clock.today().isoformat() if arguments.by_day else "."
    folder, apart = arguments.folder / day, arguments.keys / day if arguments.keys else None
    try:
        saved, with_log_key = save(folder, apart)
    except (Unfit, NoTool) as problem:
        return Answer({"reason": words_of(problem)}, [words_of(problem)], ok=False)
    keys = apart or folder / KEYS
    size = sum(kept.size for kept in saved.files.values())
    lines = [
        say(
            "已备份到 {folder}：{entries} 条日志，{files} 个文件，{size} 字节。",
            folder=folder,
            entries=saved.entries,
            files=len(saved.files),
            size=size,
        ),
        say("密钥在 {keys}，请移到别处，不和数据库放在一起。", keys=keys),
    ]
    if not with_log_key:
        lines.append("日志私钥不在这份备份里：这个账号读不到它，请另行保存。")
    return Answer(
        {
            "folder": str(folder),
            "keys": str(keys),
            "log_key": with_log_key,
            "entries": saved.entries,
            "files": len(saved.files),
            "bytes": size,
            "made_at": saved.made_at,
        },
        lines,
    )
