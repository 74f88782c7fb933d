"""The number of the entry condition is one of the candidate's occupation, edition and level.

国家职业标准编制技术规程: each level has its own conditions. The number is read at import (`rosters.conditions`).
"""

from __future__ import annotations

import ibis

from hengjian.kernel.words import listed, say
from hengjian.rosters.checks.check import Check, Reasons, Sentence, case
from hengjian.rosters.checks.clauses import STANDARD_RULES
from hengjian.rosters.checks.tables import Tables
from hengjian.rosters.checks.wording import level
from hengjian.rosters.conditions import Written
from hengjian.rosters.entry import rows_for

CHECK = Check("rosters.condition_number", "申报条件编号", "entry_condition", STANDARD_RULES)
_WRONG = (Written.BLANK, Written.UNKNOWN, Written.OTHER_LEVEL)


def rows(t: Tables) -> ibis.Table:
    c = t.candidates
    wrong = c.condition.isin([int(way) for way in _WRONG])
    return c.filter(wrong).select("row", "condition", "edition", "occupation", "level")


def sentence(r: Reasons) -> Sentence:
    message = {
        Written.BLANK: "申报条件编号未填。",
        Written.UNKNOWN: "没有这个编号的申报条件。",
    }.get(Written(r["condition"]), say("这是其他等级的申报条件，不是{level}的。", level=level(r["level"])))
    right = rows_for(r["edition"], r["occupation"], r["level"], r.t.entry_rows, r.t.on)
    told = listed(
        [
            say("{id}（{text}{value}）", id=row.id, text=row.text[:24], value="…" if len(row.text) > 24 else "")
            for row in right
        ],
        "；",
    )
    return Sentence(
        message,
        say("{level}可填：{told}。", level=level(r["level"]), told=told)
        if told
        else "请按职业标准的申报条件填写编号。",
    )


CASES = (
    case("a right number", {"condition": int(Written.FULFILLED)}),
    case("unknown, blank", {"condition": int(Written.UNKNOWN)}, {"condition": int(Written.BLANK)}, found=(1, 2)),
    case("of another level", {"condition": int(Written.OTHER_LEVEL)}, found=(1,)),
    case("right but not fulfilled is another rule", {"condition": int(Written.UNFULFILLED)}),
    case("not judged here", {"condition": 0}),
)
