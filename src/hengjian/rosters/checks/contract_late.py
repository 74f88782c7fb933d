"""The contract had begun when the candidate applied.

Study 3.1: 坚决防止虚假合同; a contract begun after the application was made for it.
"""

from __future__ import annotations

import ibis

from hengjian.kernel.words import say
from hengjian.rosters.checks.cases import day
from hengjian.rosters.checks.check import Check, Reasons, Sentence, case
from hengjian.rosters.checks.clauses import STUDY_31
from hengjian.rosters.checks.tables import EMPLOYER, Tables
from hengjian.rosters.checks.wording import day as written

CHECK = Check("rosters.contract_late", "合同晚于申报", "contract_begin", STUDY_31)


def rows(t: Tables) -> ibis.Table:
    c = t.candidates
    late = (c.institution_kind == EMPLOYER) & (c.evidence == 1) & (c.contract_from > c.applied)
    return c.filter(late).select("row", "contract_from", "applied")


def sentence(r: Reasons) -> Sentence:
    return Sentence(
        say(
            "劳动合同自 {contract_from} 起，晚于申报日 {applied}。",
            contract_from=written(r["contract_from"]),
            applied=written(r["applied"]),
        ),
        "请核对合同起始日期；申报时尚未订立合同的，附事实劳动关系凭证。",
    )


CASES = (
    case("begun on the day", {"contract_from": day(2026, 10, 10)}),
    case("begun the day after", {"contract_from": day(2026, 10, 11)}, found=(1,)),
)
