"""An unusual age is remarked upon, so that somebody looks at birth date and employment.

Default of the platform, no rule found; the age is a policy.
"""

from __future__ import annotations

import ibis

from hengjian.kernel.words import say
from hengjian.rosters import civil
from hengjian.rosters.checks.cases import day
from hengjian.rosters.checks.check import Check, Reasons, Sentence, case
from hengjian.rosters.checks.clauses import STUDY_31
from hengjian.rosters.checks.tables import Tables
from hengjian.rosters.policies import REMARKABLE_AGE_YEARS

CHECK = Check("rosters.age_remarkable", "年龄提示", "birth", STUDY_31, cites=(REMARKABLE_AGE_YEARS,))


def rows(t: Tables) -> ibis.Table:
    c = t.candidates
    years = t.law.policy(REMARKABLE_AGE_YEARS)
    old = (c.birth != 0) & (c.judged - c.birth >= years * civil.YEAR)
    return c.filter(old).select("row", years=ibis.literal(years, "int32"))


def sentence(r: Reasons) -> Sentence:
    return Sentence(say("年龄已满 {years} 周岁。", years=r["years"]), "请核对出生日期，并说明在岗情形。")


CASES = (
    case("sixty-five today", {"birth": day(1961, 11, 1)}, found=(1,)),
    case("sixty-five tomorrow", {"birth": day(1961, 11, 2)}),
)
