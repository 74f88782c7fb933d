"""The birth date written must be the one the identity number carries.

GB 11643—1999: positions 7 to 14 are the birth date.
"""

from __future__ import annotations

import ibis

from hengjian.kernel.words import say
from hengjian.rosters.checks.cases import day
from hengjian.rosters.checks.check import Check, Reasons, Sentence, case
from hengjian.rosters.checks.clauses import IDENTITY
from hengjian.rosters.checks.tables import Tables
from hengjian.rosters.checks.wording import day as written

CHECK = Check("rosters.birth_differs", "出生日期与证件号码", "birth", IDENTITY)


def rows(t: Tables) -> ibis.Table:
    c = t.candidates
    differs = (c.birth != c.birth_in_number) & (c.birth != 0) & (c.birth_in_number != 0)
    return c.filter(differs).select("row", "birth", "birth_in_number")


def sentence(r: Reasons) -> Sentence:
    return Sentence(
        say(
            "出生日期填 {birth}，证件号码中为 {birth_in_number}。",
            birth=written(r["birth"]),
            birth_in_number=written(r["birth_in_number"]),
        ),
        "请对照证件原件，改正其中有误的一项。",
    )


CASES = (
    case("the same date", {}),
    case("another date", {"birth": day(1990, 5, 7)}, found=(1,)),
    case("a number without a date says nothing", {"birth_in_number": 0}),
)
