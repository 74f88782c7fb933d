"""`hengjian certificate-number parse VALUE`: the seven parts of a number, or what is wrong with it."""

from __future__ import annotations

import argparse
from datetime import date, datetime
from typing import Any

from hengjian.cli.answer import Answer, Commands, parser
from hengjian.kernel.certificate_number import TITLES, Layout, Parts, parse
from hengjian.kernel.law import nationwide
from hengjian.kernel.policy import Policy, Table
from hengjian.kernel.words import listed, say

LAYOUT = Policy[Any]("certificates.layout", Table)
CLASSES = Policy[Any]("certificates.class_letters", tuple)
LEVELS = Policy[Any]("certificates.level_letters", tuple)
OLDER = Policy[Any]("certificates.older_schemes", tuple)
PROVINCES = Policy[Any]("certificates.province_codes", Table)


def layout_on(day: date) -> Layout:
    law = nationwide(day)
    tables = (law.policy(handle) for handle in (CLASSES, LEVELS, PROVINCES, OLDER))
    return Layout.of(law.policy(LAYOUT)["parts"], *tables)


def add_parser(commands: Commands) -> None:
    made = commands.add_parser("certificate-number", help="证书编号的七个部分", description="证书编号")
    parts = made.add_subparsers(dest="part", metavar="动作", required=True)
    parser(parts, "parse", "拆成七个部分，或指出错在哪里").add_argument("value", metavar="VALUE")


def run(arguments: argparse.Namespace) -> Answer:
    layout = layout_on(datetime.now().astimezone().date())
    parts = parse(arguments.value, layout)
    clause = LAYOUT.text.citation
    if not isinstance(parts, Parts):
        return Answer(
            {"valid": False, "part": parts.part, "reason": parts.reason, "clause": clause},
            [parts.reason, say("依据：{clause}", clause=clause)],
            ok=False,
        )
    names = {
        "class_letter": layout.classes[parts.class_letter],
        "province": layout.provinces[parts.province],
        "level": layout.level_name(parts.level),
    }
    fields = parts._asdict()
    return Answer(
        {"valid": True, "number": parts.value, "spaced": parts.spaced(), "parts": fields, "names": names},
        [
            parts.spaced(),
            *(
                listed(("  ", say("{title}：{value} {name}", title=TITLES[part], value=value, name=names[part])), "")
                if part in names
                else listed(("  ", say("{title}：{value}", title=TITLES[part], value=value)), "")
                for part, value in fields.items()
            ),
        ],
    )
