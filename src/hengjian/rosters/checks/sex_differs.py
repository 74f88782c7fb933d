"""The sex written must be the one the identity number carries.

GB 11643—1999: position 17 is odd for men, even for women.
"""

from __future__ import annotations

import ibis

from hengjian.kernel.words import say
from hengjian.rosters.checks.check import Check, Reasons, Sentence, case
from hengjian.rosters.checks.clauses import IDENTITY
from hengjian.rosters.checks.tables import Tables
from hengjian.rosters.checks.wording import SEXES

CHECK = Check("rosters.sex_differs", "性别与证件号码", "sex", IDENTITY)


def rows(t: Tables) -> ibis.Table:
    c = t.candidates
    differs = (c.sex != c.sex_in_number) & (c.sex != 0) & (c.sex_in_number != 0)
    return c.filter(differs).select("row", "sex", "sex_in_number")


def sentence(r: Reasons) -> Sentence:
    written, carried = SEXES.get(r["sex"], "未填"), SEXES.get(r["sex_in_number"], "未填")
    return Sentence(
        say("性别填“{written}”，证件号码中为“{carried}”。", written=written, carried=carried),
        "请对照证件原件，改正其中有误的一项。",
    )


CASES = (
    case("the same sex", {}, {"sex": 2, "sex_in_number": 2}),
    case("the other sex", {"sex": 2}, found=(1,)),
    case("not written", {"sex": 0}),
)
