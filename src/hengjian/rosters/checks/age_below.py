"""Whoever applies has reached the minimum working age on the day conditions are judged.

Labour Law, Art. 15; template of the 2023 edition, level 5.
"""

from __future__ import annotations

import ibis

from hengjian.kernel.words import say
from hengjian.rosters import civil
from hengjian.rosters.checks.cases import day
from hengjian.rosters.checks.check import Check, Reasons, Sentence, case
from hengjian.rosters.checks.clauses import LABOUR_LAW_15
from hengjian.rosters.checks.tables import Tables
from hengjian.rosters.checks.wording import day as written
from hengjian.rosters.policies import MINIMUM_AGE_YEARS

CHECK = Check("rosters.age_below", "年龄下限", "birth", LABOUR_LAW_15, cites=(MINIMUM_AGE_YEARS,))


def rows(t: Tables) -> ibis.Table:
    c = t.candidates
    years = t.law.policy(MINIMUM_AGE_YEARS)
    young = (c.birth != 0) & (c.judged - c.birth < years * civil.YEAR)
    return c.filter(young).select("row", "birth", "judged", years=ibis.literal(years, "int32"))


def sentence(r: Reasons) -> Sentence:
    reached = civil.after_months(r["birth"], r["years"] * 12)
    return Sentence(
        say(
            "出生日期 {birth}，至 {judged} 未满 {years} 周岁。",
            birth=written(r["birth"]),
            judged=written(r["judged"]),
            years=r["years"],
        ),
        say("自 {reached} 起可以申报；出生日期有误的，请更正。", reached=reached.isoformat()),
    )


CASES = (
    case("sixteen on the very day", {"birth": day(2010, 11, 1)}),
    case("one day short", {"birth": day(2010, 11, 2)}, found=(1,)),
    case("no birth date is the column's matter", {"birth": 0}),
)
