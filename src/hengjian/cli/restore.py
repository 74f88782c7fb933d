"""`hengjian restore DIR`: a copy back into an empty database; it counts once everything has been proved."""

from __future__ import annotations

import argparse
import os
from dataclasses import asdict
from pathlib import Path

from hengjian.cli import installation
from hengjian.cli.answer import Answer, Commands, parser
from hengjian.kernel.words import say, words_of


def add_parser(commands: Commands) -> None:
    made = parser(commands, "restore", "从备份恢复到空库，并核对日志、文件、凭证、证书")
    made.add_argument("folder", metavar="DIR", type=Path, help="hengjian backup 写的目录")
    made.add_argument("--keys", metavar="DIR", type=Path, help="密钥备份在哪里（默认 DIR/keys）")
    made.add_argument("--etc", metavar="DIR", type=Path, help="正式安装：把密钥写回这个设置目录")


def run(arguments: argparse.Namespace) -> Answer:
    """Keys come first: the settings are not read before the environment has them, and a demonstration without keys makes
    some when it starts."""
    from hengjian.safekeeping import keys, manifest
    from hengjian.safekeeping.manifest import Unfit

    key_folder = arguments.keys or arguments.folder / "keys"
    try:
        saved = manifest.read(arguments.folder)
        manifest.read(key_folder)
        os.environ.update(keys.taken_up(key_folder, arguments.folder / "settings/hengjian.env", os.environ))
        demo = os.environ.get("HENGJIAN_MODE", "demo") != "production"
        var = Path(os.environ.get("HENGJIAN_VAR") or Path(__file__).resolve().parents[3] / "var")
        into = var if demo else arguments.etc
        written = keys.put_back(key_folder, into, demo=demo) if into is not None else []
    except Unfit as problem:
        return Answer({"reason": words_of(problem)}, [words_of(problem)], ok=False)
    installation.start()
    var.mkdir(parents=True, exist_ok=True)
    from hengjian.safekeeping.databases import NoTool
    from hengjian.safekeeping.restoring import restore

    try:
        proved = restore(arguments.folder, saved)
    except (Unfit, NoTool) as problem:
        for place in written:
            place.unlink()
        return Answer({"reason": words_of(problem)}, [words_of(problem)], ok=False)
    lines = [
        say(
            "已恢复：{entries} 条日志、{rows} 行数据、{files} 份文件；验证了 {receipts} 份凭证、{certificates} 张证书。",
            entries=proved.entries,
            rows=proved.rows,
            files=proved.files,
            receipts=proved.receipts,
            certificates=proved.certificates,
        )
    ]
    lines += proved.faults or ["全部成立。"]
    if proved.faults:
        lines.append("没有通过核对，网站不会启动。请换一份备份，恢复到另一个空库。")
    if into is None:
        lines.append("密钥没有写回（没有给出 --etc）：请把密钥备份放回设置目录。")
    return Answer({**asdict(proved), "keys": [str(place) for place in written]}, lines, ok=not proved.faults)
