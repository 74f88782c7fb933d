"""`hengjian keys rotate`: after a new key was put first in HENGJIAN_FIELD_KEYS, encrypts what older keys hold, by acts."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from hengjian.cli.answer import Answer, Commands, WrongUsage, parser
from hengjian.cli.installation import start_with_database
from hengjian.kernel.words import say


def add_parser(commands: Commands) -> None:
    made = commands.add_parser("keys", help="以当前密钥重新加密", description="字段密钥")
    parts = made.add_subparsers(dest="part", metavar="动作", required=True)
    parser(parts, "rotate", "把旧密钥加密的字段和文件改用 HENGJIAN_FIELD_KEYS 中的第一把密钥")
    log = parser(parts, "log", "生成日志的一对密钥：私钥写入文件（只给封存进程读），公钥显示出来")
    log.add_argument("--out", required=True, type=Path, metavar="FILE", help="私钥文件，不得已存在")
    log.add_argument("--origin", required=True, metavar="名称", help="日志名称，与 HENGJIAN_LOG_ORIGIN 相同")


def run(arguments: argparse.Namespace) -> Answer:
    if arguments.part == "log":
        return _log_keys(arguments.origin, arguments.out)
    start_with_database()
    from hengjian.authorities.acts.rotate_keys import batches, encrypted_models, rotate_keys
    from hengjian.kernel import sealed, sealer, stored_files
    from hengjian.kernel.actor import OPERATOR

    rotated: dict[str, int] = {}
    for model in encrypted_models():
        for rows in batches(model):
            rotate_keys(OPERATOR, rows)
            rotated[model._meta.db_table] = rotated.get(model._meta.db_table, 0) + len(rows)
    for name in (waiting := stored_files.under_other_keys()):
        stored_files.rotate(name)
    if waiting:
        rotated["kernel_storedfile"] = len(waiting)
    sealer.seal_soon()
    key = sealed.current_key()
    told = [say("{table}：{count} 行", table=table, count=count) for table, count in rotated.items()] or [
        "没有需要重新加密的行。"
    ]
    return Answer({"key": key, "rotated": rotated}, [say("当前密钥 {key}。", key=key), *told])


def _log_keys(origin: str, file: Path) -> Answer:
    """A pair for a new log. Replacing the key of a log that stands makes every outsider's check fail, as it should."""
    from hengjian.environment import log_key_pair
    from hengjian.kernel.tlog.note import NoteInvalid, Verifier

    private, public = log_key_pair(origin)
    try:
        Verifier.parse(public)
    except NoteInvalid:
        raise WrongUsage(say("“{origin}”不能作日志名称：不得有空格和加号。", origin=origin)) from None
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    except FileExistsError:
        raise WrongUsage(
            say("{file} 已存在。日志的私钥不得覆盖：换了密钥，外人手里的检查点就都对不上了。", file=file)
        ) from None
    except OSError as problem:
        raise WrongUsage(say("写不了文件 {file}：{strerror}。", file=file, strerror=problem.strerror)) from None
    with os.fdopen(descriptor, "w", encoding="ascii") as out:
        out.write(f"{private}\n")
    told = [
        say("私钥已写入 {file}（只有属主可读）。把它交给封存进程的账号：HENGJIAN_LOG_KEY_FILE={file}", file=file),
        "公钥：",
    ]
    return Answer({"vkey": public, "file": str(file)}, [*told, f"HENGJIAN_LOG_VKEY={public}"])
