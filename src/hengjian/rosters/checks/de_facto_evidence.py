"""A de facto labour relation is shown by papers: wage or insurance records, work card, registration, attendance.

劳社部发〔2005〕12号, Art. 2, lists the papers; how many are asked for is a policy.
"""

from __future__ import annotations

import ibis

from hengjian.kernel.words import say
from hengjian.rosters.checks.check import Check, Reasons, Sentence, case
from hengjian.rosters.checks.clauses import LABOUR_RELATION
from hengjian.rosters.checks.tables import EMPLOYER, Tables
from hengjian.rosters.policies import DE_FACTO_EVIDENCE_KINDS

CHECK = Check(
    "rosters.de_facto_evidence",
    "事实劳动关系凭证",
    "de_facto_evidence",
    LABOUR_RELATION,
    cites=(DE_FACTO_EVIDENCE_KINDS,),
)


def rows(t: Tables) -> ibis.Table:
    c = t.candidates
    kinds = t.law.policy(DE_FACTO_EVIDENCE_KINDS)
    thin = (c.institution_kind == EMPLOYER) & (c.evidence == 2) & (c.evidence_kinds < kinds)
    return c.filter(thin).select("row", "evidence_kinds", kinds=ibis.literal(kinds, "int32"))


def sentence(r: Reasons) -> Sentence:
    return Sentence(
        say(
            "事实劳动关系只有 {evidence_kinds} 种凭证，须有 {kinds} 种。",
            evidence_kinds=r["evidence_kinds"],
            kinds=r["kinds"],
        ),
        "请补充工资支付或社保缴费记录、工作证、招工登记表、考勤记录等凭证。",
    )


CASES = (
    case("enough kinds", {"evidence": 2, "evidence_kinds": 2}),
    case("one kind short", {"evidence": 2, "evidence_kinds": 1}, found=(1,)),
    case("a contract needs none", {"evidence_kinds": 0}),
)
