"""The occupation code stands in the catalogue. The catalogue grows, and class 2 is carried in part only.

职业分类大典: an unknown code is looked at by a person (warning by policy), not turned away.
"""

from __future__ import annotations

import ibis

from hengjian.kernel.words import say
from hengjian.rosters.checks.cases import WELDER
from hengjian.rosters.checks.check import Check, Reasons, Sentence, case
from hengjian.rosters.checks.clauses import CATALOGUE
from hengjian.rosters.checks.tables import Tables
from hengjian.rosters.checks.wording import occupation

CHECK = Check("rosters.occupation_unknown", "职业编码", "occupation_code", CATALOGUE, needs=("occupations",))


def rows(t: Tables) -> ibis.Table:
    c = t.candidates.filter(t.candidates.occupation != 0).select("row", "occupation")
    return c.anti_join(t["occupations"], ["occupation"])


def sentence(r: Reasons) -> Sentence:
    return Sentence(
        say("平台的职业分类大典中没有编码 {occupation}。", occupation=occupation(r["occupation"])),
        "请核对编码；属新职业的，附公布文件。",
    )


CASES = (
    case("known codes", {}, {"occupation": WELDER}),
    case("an unknown code of class 2", {"occupation": 2023801}, found=(1,)),
    case("no code written", {"occupation": 0}),
)
