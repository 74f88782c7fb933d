"""Nobody is examined for a level of an occupation that is already held, or a lower one.

The register of certificates; entry conditions of the standards.
"""

from __future__ import annotations

import ibis

from hengjian.kernel.words import say
from hengjian.rosters.checks.cases import ELECTRICIAN, WELDER, day
from hengjian.rosters.checks.check import Check, Reasons, Sentence, case
from hengjian.rosters.checks.clauses import STANDARD_RULES
from hengjian.rosters.checks.tables import Tables
from hengjian.rosters.checks.wording import level

CHECK = Check("rosters.level_held", "等级已取得", "level", STANDARD_RULES, needs=("certificates",))


def rows(t: Tables) -> ibis.Table:
    c = t.candidates.filter(t.candidates.person_key != 0).select("row", "person_key", "occupation", "level", "exam")
    held = t["certificates"].select("person_key", "occupation", "issued", held="level")
    both = c.join(held, ["person_key", "occupation"])
    already = both.filter((both.held <= both.level) & (both.issued <= both.exam) & (both.level != 0))
    return already.group_by("row").agg(held=already.held.min(), level=already.level.min())


def sentence(r: Reasons) -> Sentence:
    return Sentence(
        say("此人已持有本职业{level}证书，申报{level2}没有必要。", level=level(r["held"]), level2=level(r["level"])),
        "请核对申报等级，或退出报名。",
    )


def _held(**given: int) -> dict[str, int]:
    return {"person_key": 1001, "occupation": ELECTRICIAN, "level": 4, "issued": day(2022, 3, 1)} | given


CASES = (
    case("the same level", {}, found=(1,), certificates=[_held()]),
    case("a higher level", {}, found=(1,), certificates=[_held(level=2)]),
    case("the level below", {}, certificates=[_held(level=5)]),
    case("another occupation", {}, certificates=[_held(occupation=WELDER)]),
    case("two certificates are one finding", {}, found=(1,), certificates=[_held(), _held(level=3)]),
)
