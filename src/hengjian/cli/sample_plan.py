"""`hengjian sample-plan`: how many files of a lot are read, and how many bad ones are allowed (GB/T 2828.1)."""

from __future__ import annotations

import argparse
from fractions import Fraction
from typing import Any

from hengjian.cli import usage
from hengjian.cli.answer import Answer, Commands, parser
from hengjian.cli.day import today
from hengjian.kernel.law import Law, National
from hengjian.kernel.refusal import refuse
from hengjian.kernel.words import say
from hengjian.rosters import policies
from hengjian.rosters.sampling.oc import curve
from hengjian.rosters.sampling.plans import LEVELS, SEVERITY_TITLES, Plan, Severity, plan
from hengjian.rosters.sampling.zero_acceptance import ZeroPlan, bad_files, zero_plan

ISOLATED = "GB/T 2828.1—2012 第 12.6 条（孤立批）；超几何分布，整数精确计算"


def add_parser(commands: Commands) -> None:
    made = parser(commands, "sample-plan", "GB/T 2828.1 抽样方案：样本量、接收数、拒收数与方案表版本")
    made.add_argument("--lot", type=usage.count(1, 10_000_000), required=True, metavar="N", help="批量（申报材料份数）")
    made.add_argument("--aql", metavar="A", help="接收质量限（%%），默认取规则 sampling.aql")
    made.add_argument("--level", choices=LEVELS, help="检验水平，默认取规则 sampling.inspection_level")
    made.add_argument("--severity", choices=[s.value for s in Severity], default="normal", help="严格程度")
    made.add_argument("--edition", help="方案表版本，默认取规则 sampling.table_edition")
    made.add_argument("--zero-acceptance", action="store_true", help="零接收方案（小批、孤立批）")
    made.add_argument(
        "--bad-percent", type=usage.count(1, 99), metavar="P", help="零接收方案不得放过的不合格比例（%%）"
    )
    made.add_argument("--risk-percent", type=usage.count(1, 99), metavar="P", help="零接收方案的最大误接收概率（%%）")
    made.add_argument("--curve", action="store_true", help="附抽样特性曲线的数据")
    made.add_argument("--on", type=usage.day, metavar="DATE", help="按哪一天的规则，默认今天")


def run(arguments: argparse.Namespace) -> Answer:
    """A plan; what the tables do not hold is refused with reason and clause."""
    law = National(arguments.on or today())
    found = _zero(arguments, law) if arguments.zero_acceptance else _table(arguments, law)
    data = _zero_json(found) if isinstance(found, ZeroPlan) else _table_json(found)
    lines = _zero_lines(found) if isinstance(found, ZeroPlan) else _table_lines(found)
    if arguments.curve:
        points = curve(arguments.lot, found.size, 0 if isinstance(found, ZeroPlan) else found.accept)
        data["curve"] = [point._asdict() for point in points]
        lines += [
            say(
                "  不合格 {bad:>4} 份（{share:6.2%}）：接收概率 {accepted:.4f}",
                bad=p.bad,
                share=p.share,
                accepted=p.accepted,
            )
            for p in points
        ]
    return Answer(data, lines)


def _table(args: argparse.Namespace, law: Law) -> Plan:
    severity = Severity(args.severity)
    if severity is Severity.REDUCED and not law.policy(policies.REDUCED_ALLOWED):
        text = policies.REDUCED_ALLOWED.text
        raise refuse(
            "sampling.reduced_off",
            "放宽检验未开启，不给出放宽检验的方案。",
            clause=text.citation,
            policy=text.key,
            remedy=text.note,
        )
    return plan(
        args.lot,
        args.aql or law.policy(policies.AQL),
        args.level or law.policy(policies.INSPECTION_LEVEL),
        severity,
        args.edition or law.policy(policies.TABLE_EDITION),
    )


def _zero(args: argparse.Namespace, law: Law) -> ZeroPlan:
    percent = args.bad_percent or law.policy(policies.ISOLATED_BAD_PERCENT)
    risk = args.risk_percent or law.policy(policies.ISOLATED_RISK_PERCENT)
    return zero_plan(args.lot, bad_files(args.lot, percent), Fraction(risk, 100))


def _table_json(found: Plan) -> dict[str, Any]:
    return {
        "lot": found.lot,
        "level": found.level,
        "aql": found.aql,
        "severity": found.severity.value,
        "letter": found.letter,
        "plan_letter": found.plan_letter,
        "n": found.size,
        "ac": found.accept,
        "re": found.refuse,
        "everything": found.everything,
        "edition": found.edition,
        "table": found.table,
    }


def _zero_json(found: ZeroPlan) -> dict[str, Any]:
    risk = {"exact": f"{found.risk.numerator}/{found.risk.denominator}", "risk": float(found.risk)}
    return {
        "lot": found.lot,
        "bad": found.bad,
        "n": found.size,
        "ac": 0,
        "re": 1,
        "everything": found.everything,
    } | risk


def _table_lines(found: Plan) -> list[str]:
    arrow = (
        ""
        if found.letter == found.plan_letter
        else say("，表中箭头指向字码 {plan_letter}", plan_letter=found.plan_letter)
    )
    whole = "；样本量不小于批量，逐份全查" if found.everything else ""
    return [
        say(
            "批量 {lot}，检验水平 {level}，接收质量限 {aql}，{severity}：",
            lot=found.lot,
            level=found.level,
            aql=found.aql,
            severity=SEVERITY_TITLES[found.severity],
        ),
        say(
            "  抽取 {size} 份，接收数 Ac {accept}，拒收数 Re {refuse}{whole}",
            size=found.size,
            accept=found.accept,
            refuse=found.refuse,
            whole=whole,
        ),
        say(
            "  依据 {edition} 表 1（字码 {letter}）、表 {table}{arrow}",
            edition=found.edition,
            letter=found.letter,
            table=found.table,
            arrow=arrow,
        ),
    ]


def _zero_lines(found: ZeroPlan) -> list[str]:
    whole = "（逐份全查）" if found.everything else ""
    return [
        say("批量 {lot}，零接收方案：", lot=found.lot),
        say("  抽取 {size} 份{whole}，有一份不合格即不接收", size=found.size, whole=whole),
        say(
            "  其中 {bad} 份不合格的批被误接收的概率为 {risk:.4f}，不超过 {limit:.2f}",
            bad=found.bad,
            risk=float(found.risk),
            limit=float(found.limit),
        ),
        say("  依据 {isolated}", isolated=ISOLATED),
    ]
