"""`hengjian roster check FILE`: reads a roster, runs every check and says row by row what is wrong and what mends it."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from hengjian.cli import planned, usage
from hengjian.cli.answer import Answer, Commands, WrongUsage, parser, write
from hengjian.cli.day import today
from hengjian.cli.planned import Planned
from hengjian.kernel.law import National, nationwide
from hengjian.kernel.refusal import PRODUCT, refuse
from hengjian.kernel.words import listed, say
from hengjian.rosters import policies
from hengjian.rosters.checks import vocabulary
from hengjian.rosters.checks.from_roster import Setting
from hengjian.rosters.checks.roster import check_roster, snapshot
from hengjian.rosters.checks.tables import EMPLOYER, SCHOOL, SOCIAL, occupation_number
from hengjian.rosters.columns import BY_KEY
from hengjian.rosters.entry import LEVELS
from hengjian.rosters.reading.roster import Reading, read_roster
from hengjian.rosters.sampling.depth import MODE_TITLES, Batch, Depth, depth
from hengjian.tables.annotate import annotate
from hengjian.tables.findings import Finding, Severity, counts, may_be_filed
from hengjian.tables.limits import Unreadable

KINDS = {"employer": EMPLOYER, "social": SOCIAL, "school": SCHOOL}
SHOWN = 40

FindPlan = Callable[[str, int, int, date | None], Planned | None]


def add_parser(commands: Commands) -> None:
    made = commands.add_parser("roster", help="核查考生名册", description="名册的读取与核查。")
    check = parser(
        made.add_subparsers(dest="verb", metavar="动作", required=True), "check", "核查名册，逐行逐格给出问题"
    )
    check.add_argument("file", type=Path, metavar="FILE", help="名册文件（.xlsx、.xls、.csv）")
    check.add_argument(
        "--plan",
        metavar="NUMBER",
        help="认定计划编号；以计划的日期、职业、等级为准，有多个批次时另用 --occupation、--level 指明",
    )
    check.add_argument("--exam-date", type=usage.day, help="考试日期，默认今天")
    check.add_argument("--applied", type=usage.day, help="申报日期，默认今天与考试日期中较早的一天")
    check.add_argument("--occupation", metavar="CODE", help="批次的职业编码，如 6-31-01-03")
    check.add_argument(
        "--level", type=int, choices=sorted(LEVELS, reverse=True), help="批次的等级：5 初级工 … 1 高级技师"
    )
    check.add_argument("--edition", type=int, choices=(18, 23), help="申报条件的版本：18 或 23，默认按规则")
    check.add_argument("--institution-kind", choices=sorted(KINDS), default="employer", help="评价机构类别")
    check.add_argument("--employer", default="", help="申报单位名称（名册未填工作单位时用）")
    check.add_argument("--entrusted", action="store_true", help="委托认定的批次")
    check.add_argument(
        "--lots",
        type=usage.count(0, 100_000),
        default=0,
        metavar="N",
        help="该机构此前已查的批数，决定核查方式（默认 0）",
    )
    check.add_argument("--known", type=Path, metavar="DIR", help="已知报名、劳动关系、证书的 Parquet 快照目录")
    check.add_argument("--out", type=Path, metavar="ANNOTATED", help="写出加注的名册（.xlsx）")
    check.add_argument("--all", action="store_true", help=say("列出全部问题（默认前 {shown} 条）", shown=SHOWN))


def run(args: argparse.Namespace, find: FindPlan = planned.find) -> Answer:
    """Yes where no row has an error. `find` looks up the batch of a plan; without `--plan` the options speak."""
    if not args.file.is_file():
        raise WrongUsage(say("没有文件 {file}。", file=args.file))
    batch = _planned(args, find) if args.plan else Planned(_setting(args), entrusted=args.entrusted, lots=args.lots)
    try:
        reading = read_roster(args.file.read_bytes(), args.file.name, key=batch.key, today=today())
    except Unreadable as unreadable:
        raise refuse(
            "reading.unreadable", unreadable.sentence, remedy="请用表格软件另存为 .xlsx 后重试。", clause=PRODUCT
        ) from None
    beside = dict(batch.beside(key for key in reading.table["person_key"].to_pylist() if key))
    beside |= snapshot(args.known) if args.known else {}
    found = check_roster(reading.table, reading.findings, batch.setting, words=vocabulary.of_seeds(), beside=beside)
    findings = sorted([*reading.findings, *found], key=lambda f: (f.sheet, f.row, f.severity.weight))
    if args.out:
        write(args.out, annotate(reading, findings))
    verification = depth(_batch(reading, findings, batch), batch.setting.law or National(batch.setting.applied))
    return Answer(
        _as_json(args, reading, findings, verification),
        _as_text(args, reading, findings, verification),
        ok=may_be_filed(findings),
    )


def _planned(args: argparse.Namespace, find: FindPlan) -> Planned:
    found = find(args.plan, _occupation(args), args.level or 0, args.applied)
    if found is None:
        raise WrongUsage(
            say("没有编号为 {plan} 的认定计划；也可用 --exam-date、--occupation、--level 指定。", plan=args.plan)
        )
    return found


def _occupation(args: argparse.Namespace) -> int:
    occupation = occupation_number(args.occupation or "")
    if args.occupation and not occupation:
        raise WrongUsage(say("职业编码“{occupation}”的写法不对，应形如 6-31-01-03。", occupation=args.occupation))
    return occupation


def _setting(args: argparse.Namespace) -> Setting:
    exam = args.exam_date or today()
    applied = args.applied or min(today(), exam)
    if applied > exam:
        raise WrongUsage("申报日期不能晚于考试日期。")
    return Setting(
        applied=applied,
        exam=exam,
        edition=args.edition or int(nationwide(applied).policy(policies.STANDARD_TEMPLATE).removeprefix("STD")),
        institution_kind=KINDS[args.institution_kind],
        employer=args.employer,
        occupation=_occupation(args),
        level=args.level or 0,
    )


def _batch(reading: Reading, findings: Sequence[Finding], batch: Planned) -> Batch:
    flagged = {(f.sheet, f.row) for f in findings if f.code.startswith("rosters.") and f.severity is not Severity.ERROR}
    return Batch(reading.people, entrusted=batch.entrusted, state=batch.state, lots=batch.lots, flagged=len(flagged))


def _as_json(
    args: argparse.Namespace, reading: Reading, findings: Sequence[Finding], verification: Depth
) -> dict[str, Any]:
    return {
        "file": args.file.name,
        "sha256": reading.original_sha256,
        "people": reading.people,
        "may_be_filed": may_be_filed(findings),
        "counts": {severity.value: number for severity, number in counts(findings).items()},
        "verification": {"mode": verification.mode.value, "files": verification.files, "reason": verification.reason},
        "findings": [
            {
                "sheet": f.sheet,
                "row": f.row,
                "column": f.column,
                "code": f.code,
                "severity": f.severity.value,
                "message": f.message,
                "remedy": f.remedy,
                "clause": f.clause,
            }
            for f in findings
        ],
    }


def _as_text(args: argparse.Namespace, reading: Reading, findings: Sequence[Finding], verification: Depth) -> list[str]:
    total = counts(findings)
    summary = listed(
        [say("{label} {number} 条", label=severity.label, number=number) for severity, number in total.items()], "，"
    )
    verdict = "没有错误，可以提交。" if may_be_filed(findings) else "有错误的行改正之前，名册不能提交。"
    lines = [
        say(
            "{name}：{people} 人；{summary}。{verdict}",
            name=args.file.name,
            people=reading.people,
            summary=summary,
            verdict=verdict,
        )
    ]
    worst = Counter((f.severity, f.code) for f in findings)
    for (severity, code), number in sorted(worst.items(), key=lambda item: (item[0][0].weight, -item[1])):
        lines.append(listed(("", severity.label, f"{number:>6}", code), "  "))
    weighty = sorted(findings, key=lambda f: f.severity.weight)
    shown = weighty if args.all else weighty[:SHOWN]
    several = len({f.sheet for f in findings}) > 1
    for finding in sorted(shown, key=lambda f: (f.sheet, f.row, f.severity.weight)):
        lines.append(_line(finding, several))
    if len(shown) < len(findings):
        lines.append(
            say("……另有 {findings} 条，用 --all 列出，或用 --out 写出加注的名册。", findings=len(findings) - len(shown))
        )
    lines.append(say("核查方式：{mode}。{reason}", mode=MODE_TITLES[verification.mode], reason=verification.reason))
    if args.out:
        lines.append(say("加注的名册已写入 {name}。", name=args.out.name))
    return lines


def _line(finding: Finding, several: bool) -> str:
    sheet = f"{finding.sheet} " if several and finding.sheet else ""
    row = say("第 {row} 行", row=finding.row) if finding.row else "整张表"
    cell = listed((" ", BY_KEY[finding.column].title), "") if finding.column in BY_KEY else ""
    clause = say("（{clause}）", clause=finding.clause) if finding.clause else ""
    return say(
        "{sheet}{row}{cell}【{label}】{sentence}{clause}",
        sheet=sheet,
        row=row,
        cell=cell,
        label=finding.severity.label,
        sentence=finding.sentence,
        clause=clause,
    )
