"""An exception route (直接认定, 破格, 竞赛) needs a basis document on record.

中办发〔2022〕58号, Art. 13: excellent staff may be recognised without the limits of seniority or schooling.
"""

from __future__ import annotations

import ibis

from hengjian.kernel.words import say
from hengjian.rosters.checks.check import Check, Reasons, Sentence, case
from hengjian.rosters.checks.clauses import HIGH_SKILL
from hengjian.rosters.checks.tables import Tables

CHECK = Check("rosters.exception_basis", "例外渠道依据", "exception_basis", HIGH_SKILL)
ROUTES = {1: "直接认定", 2: "破格申报", 3: "竞赛获奖", 4: "贯通申报", 5: "企业自主确定条件"}


def rows(t: Tables) -> ibis.Table:
    c = t.candidates
    return c.filter((c.route != 0) & (c.basis == 0)).select("row", "route")


def sentence(r: Reasons) -> Sentence:
    return Sentence(
        say("按“{route}”申报，未附依据文件。", route=ROUTES.get(r["route"], "例外渠道")),
        "请填写依据文件的名称和文号，并附件。",
    )


CASES = (
    case("the ordinary way", {}),
    case("with its basis", {"route": 3, "basis": 1}),
    case("without a basis", {"route": 1}, {"route": 2}, found=(1, 2)),
)
