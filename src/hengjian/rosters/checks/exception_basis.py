"""An exception route (直接认定, 破格, 竞赛) needs a basis document on record.

中办发〔2022〕58号, Art. 13: excellent staff may be recognised without the limits of seniority or schooling.
"""

from __future__ import annotations

import ibis

from hengjian.kernel.words import say
from hengjian.rosters.checks.check import Check, Reasons, Sentence, case
from hengjian.rosters.checks.clauses import HIGH_SKILL
from hengjian.rosters.checks.tables import Tables
from hengjian.rosters.policies import EXCEPTION_ROUTES

CHECK = Check("rosters.exception_basis", "例外渠道依据", "exception_basis", HIGH_SKILL, cites=(EXCEPTION_ROUTES,))
NAMED = {"direct": 1, "exceptional": 2, "contest": 3}  # as the law names them; without its word no basis will do
ROUTES = {1: "直接认定", 2: "破格申报", 3: "竞赛获奖", 4: "贯通申报", 5: "企业自主确定条件"}


def rows(t: Tables) -> ibis.Table:
    c = t.candidates
    named = t.law.policy(EXCEPTION_ROUTES)
    closed = [route for name, route in NAMED.items() if name not in named]
    bare = (c.route != 0) & (c.basis == 0)
    found = c.filter(bare | c.route.isin(closed) if closed else bare)
    return found.select("row", "route", "basis")


def sentence(r: Reasons) -> Sentence:
    if r["basis"]:
        return Sentence(
            say("现行规定没有“{route}”这一途径。", route=ROUTES.get(r["route"], "例外渠道")),
            "请按申报条件重新填写。",
        )
    return Sentence(
        say("按“{route}”申报，未附依据文件。", route=ROUTES.get(r["route"], "例外渠道")),
        "请填写依据文件的名称和文号，并附件。",
    )


CASES = (
    case("the ordinary way", {}),
    case("with its basis", {"route": 3, "basis": 1}),
    case("each with its basis", {"route": 1, "basis": 1}, {"route": 2, "basis": 1}),
    case("without a basis", {"route": 1}, {"route": 2}, found=(1, 2)),
)
