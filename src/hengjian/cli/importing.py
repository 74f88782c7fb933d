"""`hengjian import KIND FILE --as SEAT [--dry-run]`: a table is read as the pages read it, and taken over by the same act."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from hengjian.cli import usage
from hengjian.cli.answer import Answer, Commands, WrongUsage, parser, read, write
from hengjian.kernel.words import listed, say

if TYPE_CHECKING:
    from hengjian.institutions.taking import Taking

SHOWN = 40
KINDS = {
    "institutions": "承接此前已备案的机构和备案范围",
    "supervisors": "承接在聘的质量督导员",
    "assessors": "承接考评人员",
    "plans": "承接以往计划",
    "certificates": "承接已发证书",
}


def add_parser(commands: Commands) -> None:
    made = commands.add_parser("import", help="从表格承接", description="从表格承接此前已有的记录。")
    what = made.add_subparsers(dest="kind", metavar="种类", required=True)
    for kind, title in KINDS.items():
        one = parser(what, kind, title)
        one.add_argument("file", metavar="FILE", help="表格（.xlsx、.xls、.csv）")
        one.add_argument(
            "--as",
            dest="seat",
            type=usage.count(1, 2**62),
            required=True,
            metavar="SEAT",
            help="以哪个席位办理（席位序号）",
        )
        one.add_argument("--dry-run", action="store_true", help="只核查，不承接")
        one.add_argument("--out", type=Path, metavar="ANNOTATED", help="写出标注的表格（.xlsx）")


def run(args: argparse.Namespace) -> Answer:
    """Yes where it was taken over, or could be."""
    from hengjian.cli.installation import start_with_database

    start_with_database()
    from hengjian.authorities.seating import acting_seat
    from hengjian.institutions.taking import UNREADABLE, refusal_of
    from hengjian.kernel.asking import Asking
    from hengjian.kernel.refusal import PRODUCT, Refused, refuse
    from hengjian.kernel.uploads import keep_upload
    from hengjian.tables.annotate import annotate
    from hengjian.tables.grid import Watch
    from hengjian.tables.limits import Unreadable
    from hengjian.web.takeovers.kinds import BY_CODE

    kind, seat = BY_CODE[args.kind], acting_seat(args.seat)
    if seat is None:
        raise WrongUsage(say("没有在用的席位 {seat}。", seat=args.seat))
    refusal = kind.act.why_not(seat)
    if refusal is not None:
        raise Refused(refusal)
    data, name = read(args.file), Path(args.file).name
    try:
        taking = kind.read(Asking(seat, None), data, name, Watch())
    except Unreadable as unreadable:
        raise refuse(
            "institutions.unreadable", unreadable.sentence, field="upload_id", remedy=UNREADABLE, clause=PRODUCT
        ) from None
    if args.out:
        write(args.out, annotate(taking.opened, taking.findings))
    why = refusal_of(taking)
    if args.dry_run or why is not None:
        ending = why.said if why is not None else say("可以承接；没有承接任何内容（--dry-run）。")
        return Answer(_data(taking, taken=None), [*_lines(taking), ending], ok=why is None)
    takeover, _ = kind.act.told(seat, upload_id=keep_upload(name, "", data, seat).pk)
    done = say(
        "已承接 {rows} 行{label}（承接序号 {takeover}）。", rows=len(taking.fresh), label=kind.label, takeover=takeover
    )
    return Answer(_data(taking, taken=takeover), [*_lines(taking), done])


def _data(taking: Taking, taken: int | None) -> dict[str, object]:
    return {
        "rows": len(taking.fresh),
        "parts": taking.parts,
        "known": taking.known,
        "takeover": taken,
        "findings": [
            {"sheet": f.sheet, "row": f.row, "column": f.column, "severity": f.severity.value, "message": f.message}
            for f in taking.findings
        ],
    }


def _lines(taking: Taking) -> list[str]:
    titles = taking.opened.words.titles
    lines = [
        listed(
            filter(
                None,
                (
                    f.sheet,
                    say("第 {row} 行", row=f.row) if f.row else "",
                    titles.get(f.column, ""),
                    say("【{label}】", label=f.severity.label),
                    f.message,
                    f.remedy,
                ),
            ),
            " ",
        )
        for f in taking.findings[:SHOWN]
    ]
    if len(taking.findings) > SHOWN:
        lines.append(say("另有 {more} 条，可用 --out 写出标注的表格。", more=len(taking.findings) - SHOWN))
    return lines
