"""Occupation and level of a candidate are those of the batch in the certification plan.

Study 3.2: the plan names occupation, level and number; a batch is one occupation and level.
"""

from __future__ import annotations

import ibis

from hengjian.kernel.words import say
from hengjian.rosters.checks.cases import WELDER
from hengjian.rosters.checks.check import Check, Reasons, Sentence, case
from hengjian.rosters.checks.clauses import PLAN
from hengjian.rosters.checks.tables import Tables
from hengjian.rosters.checks.wording import level, occupation

CHECK = Check("rosters.outside_plan", "认定计划", "occupation_name", PLAN, needs=("plans",))


def rows(t: Tables) -> ibis.Table:
    c = t.candidates.select("row", "batch", "occupation", "level")
    p = t["plans"].select("batch", planned="occupation", planned_level="level")
    both = c.join(p, ["batch"])
    differs = both.filter((both.occupation != both.planned) | (both.level != both.planned_level))
    return differs.select("row", "occupation", "level", "planned", "planned_level")


def sentence(r: Reasons) -> Sentence:
    return Sentence(
        say(
            "申报 {occupation} {level}，本批次计划为 {occupation2} {level2}。",
            occupation=occupation(r["occupation"]),
            level=level(r["level"]),
            occupation2=occupation(r["planned"]),
            level2=level(r["planned_level"]),
        ),
        "请改正申报职业、等级，或编入相应批次。",
    )


CASES = (
    case("as planned", {}),
    case("another occupation, another level", {"occupation": WELDER}, {"level": 3}, found=(1, 2)),
    case("a batch without a plan row", {"batch": 2, "level": 3}),
)
