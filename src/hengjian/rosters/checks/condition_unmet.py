"""Whoever meets another condition than the one written must write that one: the papers are read against the number.

国家职业标准编制技术规程. Who meets none at all is told by `entry_conditions`.
"""

from __future__ import annotations

import ibis

from hengjian.kernel.words import listed, say
from hengjian.rosters import civil
from hengjian.rosters.checks.cases import day
from hengjian.rosters.checks.check import Check, Reasons, Sentence, case
from hengjian.rosters.checks.clauses import STANDARD_RULES
from hengjian.rosters.checks.entry_conditions import FACTS, admitted
from hengjian.rosters.checks.tables import Tables
from hengjian.rosters.conditions import Written
from hengjian.rosters.entry import Facts, gaps, rows_for

CHECK = Check("rosters.condition_unmet", "所填申报条件", "entry_condition", STANDARD_RULES)


def rows(t: Tables) -> ibis.Table:
    law = tuple(row for row in t.entry_rows if row.since <= t.on)
    c = t.candidates.filter(t.candidates.condition == int(Written.UNFULFILLED))
    return c.filter(admitted(c, law)).select("row", "condition_place", *FACTS)


def sentence(r: Reasons) -> Sentence:
    facts = Facts.of(r)
    right = rows_for(facts.edition, facts.occupation, facts.level, r.t.entry_rows, r.t.on)
    place = r["condition_place"]
    written = right[place - 1] if 0 < place <= len(right) else None
    lacking = listed([gap.change for gap in gaps(facts, written)], "；") if written else ""
    met = listed(row.id for row in right if not tuple(gaps(facts, row)))
    name = say("第 {id} 项", id=written.id) if written else "所填的申报条件"
    return Sentence(
        say("不符合所填的{name}：{lacking}。", name=name, lacking=lacking or "条件不具备"),
        say("符合的是第 {met} 项；请改填编号，或补齐所填条件的材料。", met=met),
    )


CASES = (
    case("fulfilled", {"condition": int(Written.FULFILLED), "condition_place": 1}),
    case("another one is met", {"condition": int(Written.UNFULFILLED), "condition_place": 2}, found=(1,)),
    case(
        "none is met: another rule",
        {
            "condition": int(Written.UNFULFILLED),
            "condition_place": 2,
            "work_from": day(2026, 9, 1),
            "birth": civil.ABSENT,
        },
    ),
)
