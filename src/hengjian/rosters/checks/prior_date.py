"""The prior certificate was issued before the application, to somebody old enough to hold one.

Labour Law, Art. 15; entry conditions of the standards.
"""

from __future__ import annotations

import ibis

from hengjian.kernel.words import say
from hengjian.rosters import civil
from hengjian.rosters.checks.cases import day
from hengjian.rosters.checks.check import Check, Reasons, Sentence, case
from hengjian.rosters.checks.clauses import STANDARD_RULES
from hengjian.rosters.checks.tables import Tables
from hengjian.rosters.checks.wording import day as written
from hengjian.rosters.policies import MINIMUM_AGE_YEARS

CHECK = Check("rosters.prior_date", "原证书发证日期", "prior_date", STANDARD_RULES, cites=(MINIMUM_AGE_YEARS,))


def rows(t: Tables) -> ibis.Table:
    c = t.candidates
    years = t.law.policy(MINIMUM_AGE_YEARS)
    too_young = (c.birth != 0) & (c.prior - c.birth < years * civil.YEAR)
    wrong = (c.prior != 0) & ((c.prior > c.applied) | too_young)
    return c.filter(wrong).select("row", "prior", "applied", "birth", years=ibis.literal(years, "int32"))


def sentence(r: Reasons) -> Sentence:
    young = say("发证时持证人未满 {years} 周岁", years=r["years"])
    why = say("晚于申报日 {applied}", applied=written(r["applied"])) if r["prior"] > r["applied"] else young
    return Sentence(
        say("原证书发证日期 {prior}，{why}。", prior=written(r["prior"]), why=why), "请对照证书原件更正日期。"
    )


CASES = (
    case("in order", {"prior": day(2020, 1, 1)}),
    case("on the day of application", {"prior": day(2026, 10, 10)}),
    case("after the application", {"prior": day(2026, 10, 11)}, found=(1,)),
    case("issued at fifteen", {"prior": day(2006, 5, 5)}, found=(1,)),
    case("issued on the sixteenth birthday", {"prior": day(2006, 5, 6)}),
)
