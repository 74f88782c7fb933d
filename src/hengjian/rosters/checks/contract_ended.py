"""The contract has not ended before the exam.

Study 3.1: the candidate is an employee when examined.
"""

from __future__ import annotations

import ibis

from hengjian.kernel.words import say
from hengjian.rosters.checks.cases import day
from hengjian.rosters.checks.check import Check, Reasons, Sentence, case
from hengjian.rosters.checks.clauses import STUDY_31
from hengjian.rosters.checks.tables import EMPLOYER, Tables
from hengjian.rosters.checks.wording import day as written

CHECK = Check("rosters.contract_ended", "合同先于考试届满", "contract_end", STUDY_31)


def rows(t: Tables) -> ibis.Table:
    c = t.candidates
    ended = (c.institution_kind == EMPLOYER) & (c.evidence == 1) & (c.contract_to < c.exam)
    return c.filter(ended).select("row", "contract_to", "exam")


def sentence(r: Reasons) -> Sentence:
    return Sentence(
        say(
            "劳动合同至 {contract_to} 止，早于考试日 {exam}。",
            contract_to=written(r["contract_to"]),
            exam=written(r["exam"]),
        ),
        "请附续订的合同，或更正届满日期。",
    )


CASES = (
    case("no end set", {}),
    case("ends on the day of the exam", {"contract_to": day(2026, 11, 1)}),
    case("ends the day before", {"contract_to": day(2026, 10, 31)}, found=(1,)),
)
