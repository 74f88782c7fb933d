"""`hengjian id check VALUE`: an identity number or credit code is valid, or why not. Nothing is stored or logged."""

from __future__ import annotations

import argparse
import re
from datetime import datetime

from hengjian.authorities.seeds import identity_prefixes
from hengjian.cli.answer import Answer, Commands, parser
from hengjian.kernel import typed
from hengjian.kernel.identity import Verdict, check_resident_id, check_uscc, mask_resident_id
from hengjian.kernel.words import listed

_PERSONAL = re.compile(r"[0-9]*[0-9X]?")
KINDS = ("resident_id", "uscc")


def add_parser(commands: Commands) -> None:
    made = commands.add_parser("id", help="身份证件号码、统一社会信用代码校验", description="校验号码")
    parts = made.add_subparsers(dest="part", metavar="动作", required=True)
    check = parser(parts, "check", "有效，或为什么无效")
    check.add_argument("value", metavar="VALUE")
    check.add_argument("--kind", choices=KINDS, help="号码种类；不写则按形式判断")


def run(arguments: argparse.Namespace) -> Answer:
    value = typed.number_code(arguments.value)
    kind = arguments.kind or _guess(value)
    verdict = check_uscc(value) if kind == "uscc" else _resident(value)
    shown = value if kind == "uscc" else mask_resident_id(value)
    said = "有效" if verdict.ok else verdict.reason
    return Answer(
        {
            "kind": kind,
            "value": shown,
            "valid": verdict.ok,
            "document": verdict.kind.value,
            "reason": verdict.reason,
            "hint": verdict.hint,
            "born": verdict.born.isoformat() if verdict.born else None,
            "sex": verdict.sex,
            "area": verdict.area,
        },
        [line for line in (listed((shown, verdict.kind.value, said), "  "), verdict.hint) if line],
        ok=verdict.ok,
    )


def _resident(value: str) -> Verdict:
    # Only Hebei's prefixes come with the house: a doubt about an area is raised for numbers of that province alone.
    areas = frozenset(identity_prefixes()) if value.startswith("13") else frozenset[str]()
    return check_resident_id(value, areas, today=datetime.now().astimezone().date())


def _guess(value: str) -> str:
    """Digits with a final X are a person's; letters elsewhere, or a credit code that checks out, an organisation's."""
    if not _PERSONAL.fullmatch(value):
        return "uscc"
    return "resident_id" if check_resident_id(value).ok or not check_uscc(value).ok else "uscc"
