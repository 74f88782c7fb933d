"""`hengjian log verify|verify-receipt|export|seal`: tables against facts against tree; one receipt; the log as files."""

from __future__ import annotations

import argparse
import json
import signal
import threading
from dataclasses import asdict
from pathlib import Path

from hengjian.cli.answer import Answer, Commands, WrongUsage, parser, read
from hengjian.cli.installation import start, start_with_database
from hengjian.cli.usage import count
from hengjian.kernel.words import say, words_of


def add_parser(commands: Commands) -> None:
    made = commands.add_parser("log", help="核对存证日志、验证凭证、导出、封存", description="存证日志")
    parts = made.add_subparsers(dest="part", metavar="动作", required=True)
    check = parser(parts, "verify", "核对数据表、事实、文件与默克尔树，指出被改动的行")
    check.add_argument(
        "--against",
        action="append",
        default=[],
        metavar="FILE|URL",
        help="外人留存的检查点：文件或网址，可写多次。日志换了密钥、被截短或重新签署，只有与留存件对照才看得出来",
    )
    check.add_argument("--vkey", help="与检查点一并留存的公钥（留存件里已有的不必写）；文件名或公钥文本")
    receipt = parser(parts, "verify-receipt", "验证一份凭证")
    receipt.add_argument("file", metavar="FILE")
    receipt.add_argument("--vkey", help="日志公钥（默认为本系统的公钥）；文件名或公钥文本")
    export = parser(parts, "export", "把瓦片、条目和检查点导出为静态文件")
    export.add_argument("folder", metavar="DIR", type=Path)
    seal = parser(parts, "seal", "封存等待中的条目并签出检查点（只有封存进程读日志私钥）")
    seal.add_argument("--follow", action="store_true", help="一直运行：有须即时封存的办理就封存，其余每隔数秒封存一次")
    seal.add_argument("--every", type=count(1, 3600), default=20, metavar="秒", help="与 --follow 同用（默认 20 秒）")


def run(arguments: argparse.Namespace) -> Answer:
    if arguments.part == "verify-receipt":
        return _receipt(arguments.file, arguments.vkey)
    start_with_database()
    if arguments.part == "verify":
        return _verify(arguments.against, arguments.vkey)
    if arguments.part == "export":
        from hengjian.kernel import publication

        size = publication.export(arguments.folder)
        return Answer(
            {"size": size, "folder": str(arguments.folder)},
            [say("已导出 {size} 条到 {folder}。", size=size, folder=arguments.folder)],
        )
    return _seal(follow=arguments.follow, every=arguments.every)


def _seal(*, follow: bool, every: int) -> Answer:
    from hengjian.kernel import log_key, sealer, sealing_process

    if follow and (slow := sealing_process.too_slow(every)):
        return Answer({"reason": slow}, [slow], ok=False)
    try:
        with log_key.holding():
            if follow:
                stop = threading.Event()
                for number in (signal.SIGINT, signal.SIGTERM):
                    signal.signal(number, lambda *_: stop.set())
                sealing_process.follow(stop, every)
            head = sealer.seal()
    except log_key.NotTheSealer as problem:
        return Answer({"reason": words_of(problem)}, [words_of(problem)], ok=False)
    size = head.size if head else 0
    return Answer(
        {"size": size, "checkpoint": head.note if head else None}, [say("日志已封存到第 {size} 条。", size=size)]
    )


def _verify(against: list[str], vkey: str | None) -> Answer:
    from hengjian.cli.outside import kept_outside
    from hengjian.kernel import sealer, verification

    report = verification.verify(kept=[kept_outside(place, vkey) for place in against])
    head = sealer.latest()
    found = [asdict(difference) for difference in report.differences]
    told = [
        say(
            "共 {entries} 条日志、{rows} 行数据、{files} 份文件，检查点 {head}。",
            entries=report.entries,
            rows=report.rows,
            files=report.files,
            head=head.size if head else 0,
        )
    ]
    if not report.times:
        told.append("演示安装的时钟可以拨动，没有核对时间的先后。")
    if not against:
        told.append("没有与外人留存的检查点对照（--against）：连同密钥重新签署过的日志，只有对照才看得出来。")
    told += [difference.sentence for difference in report.differences] or ["数据表、事实与默克尔树一致。"]
    return Answer(
        {
            "consistent": not found,
            "entries": report.entries,
            "rows": report.rows,
            "files": report.files,
            "times_compared": report.times,
            "against": against,
            "sealed": head.size if head else 0,
            "differences": found,
        },
        told,
        ok=not found,
    )


def _receipt(name: str, vkey: str | None) -> Answer:
    from hengjian.kernel.tlog.note import NoteInvalid, Verifier
    from hengjian.kernel.tlog.receipt import ReceiptInvalid, as_read, verify_receipt

    text = as_read(read(name))
    if vkey is None:
        start()
        from hengjian.kernel import log_key

        key = log_key.verifier()
    else:
        try:
            key = Verifier.parse((read(vkey).decode() if Path(vkey).is_file() else vkey).strip())
        except (NoteInvalid, ValueError) as problem:
            raise WrongUsage(say("日志公钥不成立：{problem}。", problem=problem)) from None
    try:
        receipt, checkpoint = verify_receipt(text, key)
    except ReceiptInvalid as problem:
        return Answer(
            {"valid": False, "reason": words_of(problem)}, [say("凭证不成立：{problem}。", problem=problem)], ok=False
        )
    leaf = json.loads(receipt.opening.leaf)
    details = json.loads(receipt.opening.details) if receipt.opening.details else None
    lines = [
        say(
            "凭证成立：日志 {origin} 第 {index} 条，共 {size} 条的检查点已签名。",
            origin=checkpoint.origin,
            index=receipt.index,
            size=checkpoint.size,
        )
    ]
    lines.append(f"  {leaf.get('at')}  {leaf.get('act')}")
    return Answer(
        {"valid": True, "index": receipt.index, "size": checkpoint.size, "leaf": leaf, "details": details}, lines
    )
