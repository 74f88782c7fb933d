"""The prior certificate is of a lower level than the one applied for.

Entry conditions of the standards: each level builds on the one below.
"""

from __future__ import annotations

import ibis

from hengjian.kernel.words import say
from hengjian.rosters.checks.check import Check, Reasons, Sentence, case
from hengjian.rosters.checks.clauses import STANDARD_RULES
from hengjian.rosters.checks.tables import Tables
from hengjian.rosters.checks.wording import level

CHECK = Check("rosters.prior_level", "原证书等级", "prior_level", STANDARD_RULES)


def rows(t: Tables) -> ibis.Table:
    c = t.candidates
    same = (c.prior_occupation == 0) | (c.prior_occupation == c.occupation)
    not_lower = (c.prior_level != 0) & (c.level != 0) & (c.prior_level <= c.level)
    return c.filter(not_lower & same).select("row", "prior_level", "level")


def sentence(r: Reasons) -> Sentence:
    return Sentence(
        say("原证书为{level}，不低于申报的{level2}。", level=level(r["prior_level"]), level2=level(r["level"])),
        "请核对原证书等级或申报等级。",
    )


CASES = (
    case("one level lower", {"prior_level": 5}),
    case("the same level", {"prior_level": 4}, found=(1,)),
    case("a higher level", {"prior_level": -1}, found=(1,)),
    case("no prior certificate", {}),
    case("of another occupation", {"prior_level": 3, "prior_occupation": 6180204}),
)
