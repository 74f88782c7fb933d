"""`hengjian paper list|make|save|verify`: the register, making what waits, one file out, and verification without the site."""

from __future__ import annotations

import argparse
from pathlib import Path

from hengjian.cli import usage
from hengjian.cli.answer import Answer, Commands, WrongUsage, parser, read, write
from hengjian.cli.installation import start, start_with_database
from hengjian.kernel.words import listed, say


def add_parser(commands: Commands) -> None:
    made = commands.add_parser("paper", help="公文：登记簿、制作、取出、验证", description="公文")
    parts = made.add_subparsers(dest="part", metavar="动作", required=True)
    rows = parser(parts, "list", "公文登记簿，新的在前")
    rows.add_argument("--number", default="", metavar="文号", help="只列文号含有这些字的")
    rows.add_argument("--limit", type=usage.count(1, 10_000), default=50, metavar="N", help="最多几件（默认 50）")
    parser(parts, "make", "制作已封存而未制作的公文")
    saved = parser(parts, "save", "取出一件公文的签名文件")
    saved.add_argument("number", metavar="文号")
    saved.add_argument("file", metavar="FILE", type=Path)
    checked = parser(parts, "verify", "验证一件公文：签名、存证凭证、登记内容（不联网，不用数据库）")
    checked.add_argument("file", metavar="FILE", help="公文的 PDF 文件，- 为标准输入")
    checked.add_argument("--vkey", default="", metavar="公钥", help="日志公钥（不写时用本安装的）")
    checked.add_argument("--root", default="", metavar="PEM", help="可信的根证书；写了就要求签名由它签发")


def run(arguments: argparse.Namespace) -> Answer:
    if arguments.part == "verify":
        return _verify(arguments)
    start_with_database()
    if arguments.part == "list":
        return _list(arguments.number, arguments.limit)
    if arguments.part == "save":
        return _save(arguments.number, arguments.file)
    return _make()


def _list(number: str, limit: int) -> Answer:
    from hengjian.papers import queries

    found = queries.register(number=number, limit=limit)
    lines = [
        listed((row.number, row.title, row.addressee, f"{row.issued_on:%Y-%m-%d}", row.state_label), "  ")
        for row in found
    ]
    data = [
        {
            "number": row.number,
            "kind": row.kind,
            "title": row.title,
            "issuer": row.issuer,
            "addressee": row.addressee,
            "issued_on": row.issued_on.isoformat(),
            "made": row.made,
            "state": row.state,
        }
        for row in found
    ]
    return Answer({"papers": data}, lines or ["登记簿里没有这样的公文。"])


def _make() -> Answer:
    from hengjian.papers import making, queries
    from hengjian.papers.acts.make_paper import make_waiting

    hindrance = making.hindrance()
    if hindrance:
        return Answer({"made": 0, "reason": hindrance}, [hindrance], ok=False)
    made = make_waiting()
    left = queries.waiting()
    return Answer(
        {"made": made, "waiting": left}, [say("制作公文 {made} 件，尚待封存或制作 {left} 件。", made=made, left=left)]
    )


def _save(number: str, path: Path) -> Answer:
    from hengjian.papers import queries

    found = queries.file_of(number)
    if found is None:
        reason = say("没有文号为 {number} 的公文，或者还没有制作。", number=number)
        return Answer({"reason": reason}, [reason], ok=False)
    write(path, found)
    return Answer({"number": number, "file": str(path)}, [say("已写入 {path}。", path=path)])


def _verify(arguments: argparse.Namespace) -> Answer:
    start()
    from hengjian.kernel import log_key
    from hengjian.kernel.tlog.note import NoteInvalid, Verifier
    from hengjian.papers.verifying import verified

    try:
        log = Verifier.parse(arguments.vkey) if arguments.vkey else log_key.verifier()
    except NoteInvalid as problem:
        raise WrongUsage(say("--vkey：{problem}。", problem=problem)) from None
    found = verified(read(arguments.file), log, roots=read(arguments.root) if arguments.root else b"")
    said = found.as_dict()
    if found.faults:
        return Answer(said, [*found.faults, "公文没有通过验证。"], ok=False)
    return Answer(
        said,
        [
            listed((said["title"], said["number"]), " "),
            say("主送：{addressee}", addressee=said["addressee"] or "—"),
            say("签名：{signed_by}，{signed_at}", signed_by=said["signed_by"], signed_at=said["signed_at"]),
            say("存证：日志第 {index} 条，{act}", index=said["index"], act=said["act"]),
            *([] if arguments.root else ["签名由谁签发没有核对，可用 --root 指定可信的根证书。"]),
            "公文成立：签名以后没有改动，内容与日志登记的一致。",
        ],
    )
