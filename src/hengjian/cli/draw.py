"""`hengjian draw compute|verify|export`: anybody runs a draw again, from a file and without a database.

A file holds a manifest with `secrets`, `code` and `beacon` (as published), or with `reveals`, `one_time_code` and
`beacon_hex` (as in test vectors).
"""

from __future__ import annotations

import argparse
from typing import Any

from hengjian.cli.answer import Answer, Commands, WrongUsage, parser, read_json
from hengjian.kernel import draw
from hengjian.kernel.beacon import beacon_bytes
from hengjian.kernel.words import listed, say

NAMES = {
    "secrets": "秘密值 secrets",
    "reveals": "秘密值 reveals",
    "code": "一次性代码 code",
    "one_time_code": "一次性代码 one_time_code",
    "beacon": "信标 beacon",
    "value": "信标值 beacon.value",
}


def add_parser(commands: Commands) -> None:
    made = commands.add_parser("draw", help="重新计算、验证、导出随机抽取", description="随机抽取 draw/1")
    parts = made.add_subparsers(dest="part", metavar="动作", required=True)
    parser(parts, "compute", "从清单、秘密值、一次性代码和信标计算结果").add_argument("file", metavar="FILE")
    parser(parts, "verify", "验证一次公布的抽取").add_argument("file", metavar="FILE")
    parser(parts, "export", "把一次公布的抽取导出为 JSON").add_argument("id", metavar="ID")


def run(arguments: argparse.Namespace) -> Answer:
    if arguments.part == "export":
        return _export(arguments.id)
    whole = read_json(arguments.file)
    if not isinstance(whole, dict) or not isinstance(whole.get("manifest"), dict):
        raise WrongUsage(say("{file} 中没有抽取清单 manifest。", file=arguments.file))
    return _verify(whole) if arguments.part == "verify" else _compute(whole)


def _compute(whole: dict[str, Any]) -> Answer:
    manifest = whole["manifest"]
    problems = draw.problems_of_manifest(manifest)
    if problems:
        return _refused(problems)
    try:
        laid_out = draw.of_layout(whole)
        secrets = [bytes.fromhex(secret) for secret in laid_out["secrets"]]
        code, beacon = bytes.fromhex(laid_out["code"]), laid_out["beacon"]
        if not isinstance(beacon, dict):
            raise KeyError("beacon")
        result = draw.compute(manifest, secrets, code, beacon_bytes(manifest["beacon"]["source"], beacon["value"]))
    except draw.DoesNotOpen as closed:
        return _refused(closed.problems)
    except KeyError as missing:
        raise WrongUsage(say("文件缺少 {args}，不能计算。", args=NAMES.get(missing.args[0], missing.args[0]))) from None
    except (TypeError, ValueError):
        raise WrongUsage("文件中的秘密值、一次性代码须为十六进制，信标值须合于清单指定的来源。") from None
    return Answer(
        result,
        [*_lines(result), say("清单摘要 {manifest_sha256}", manifest_sha256=result["manifest_sha256"])],
        ok=result["teams"] is not None,
    )


def _refused(problems: list[str]) -> Answer:
    return Answer({"problems": problems}, [say("不能计算：{problems}", problems=listed(problems, ""))], ok=False)


def _verify(whole: dict[str, Any]) -> Answer:
    problems = draw.verify(whole)
    if problems:
        return Answer({"valid": False, "problems": problems}, ["不成立：", *problems], ok=False)
    level, result = draw.level(whole["manifest"]), draw.of_layout(whole)["result"]
    return Answer(
        {"valid": True, "level": level, "result": result},
        [say("成立：重新计算的结果与公布的一致（可信级别 {level}）。", level=level), *_lines(result)],
    )


def _lines(result: dict[str, Any]) -> list[str]:
    teams = result["teams"]
    if teams is None:
        return ["没有任何分派能同时满足全部回避和上限，本次抽取无效。"]
    return [
        say("{target}：{target2}", target=target, target2=listed(teams[target]) or "不派人")
        for target in result["targets"]
    ]


def _export(number: str) -> Answer:
    """What the exam's end, or the reading of the sampled files, has made public; the same object as on the public page."""
    import json

    from hengjian.cli.installation import start_with_database

    start_with_database()
    from hengjian.rosters.public_queries import published_sample
    from hengjian.supervision.queries import published_draw

    try:
        published = published_sample(number) if number.startswith("S-") else published_draw(number)
    except LookupError:
        sentence = "没有这次抽取，或考试尚未结束、样本尚未核查，结果尚未公开。"
        return Answer({"reason": sentence}, [sentence], ok=False)
    return Answer(published, [json.dumps(published, ensure_ascii=False, indent=1)])
