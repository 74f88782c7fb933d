"""Code and name of the occupation mean the same entry of the catalogue; the code is compared first.

职业分类大典: titles differ between catalogue and standards, so a person looks at it (warning by policy).
"""

from __future__ import annotations

import ibis

from hengjian.kernel.words import say
from hengjian.rosters.checks.cases import ELECTRICIAN, WELDER
from hengjian.rosters.checks.check import Check, Reasons, Sentence, case
from hengjian.rosters.checks.clauses import CATALOGUE
from hengjian.rosters.checks.tables import Tables
from hengjian.rosters.checks.wording import occupation

CHECK = Check("rosters.occupation_name", "职业编码与名称", "occupation_name", CATALOGUE, needs=("aliases",))


def rows(t: Tables) -> ibis.Table:
    c = t.candidates
    c = c.filter((c.occupation_by_name != 0) & (c.occupation != 0) & (c.occupation_by_name != c.occupation))
    c = c.select("row", "occupation", "occupation_by_name")
    aliases = t["aliases"].select("occupation", occupation_by_name="named")
    return c.anti_join(aliases, ["occupation", "occupation_by_name"])


def sentence(r: Reasons) -> Sentence:
    if r["occupation_by_name"] < 0:
        message = "所填职业名称不在职业分类大典中。"
    else:
        message = say(
            "职业编码填 {occupation}，而所填名称的编码是 {occupation2}。",
            occupation=occupation(r["occupation"]),
            occupation2=occupation(r["occupation_by_name"]),
        )
    return Sentence(message, "以编码为准核对名称，改正其中有误的一项。")


CASES = (
    case("code and name agree", {}),
    case("the name of another occupation", {"occupation_by_name": WELDER}, found=(1,)),
    case("a name that the catalogue has not", {"occupation_by_name": -1}, found=(1,)),
    case("no name written", {"occupation_by_name": 0}),
    case(
        "the same occupation under another code",
        {"occupation_by_name": 6070605},
        aliases=[{"occupation": ELECTRICIAN, "named": 6070605}],
    ),
)
