"""A candidate of an employer has a labour contract or a de facto labour relation with it.

Study 3.1: 签订劳动合同或存在事实劳动关系.
"""

from __future__ import annotations

import ibis

from hengjian.rosters.checks.check import Check, Reasons, Sentence, case
from hengjian.rosters.checks.clauses import STUDY_31
from hengjian.rosters.checks.tables import EMPLOYER, SCHOOL, Tables
from hengjian.rosters.policies import CONTRACT_KINDS

CHECK = Check("rosters.contract_missing", "劳动关系", "contract_begin", STUDY_31, cites=(CONTRACT_KINDS,))
EVIDENCE = {"contract": 1, "factual": 2}  # what the law names → as the roster is read


def rows(t: Tables) -> ibis.Table:
    c = t.candidates
    named = [EVIDENCE[kind] for kind in t.law.policy(CONTRACT_KINDS) if kind in EVIDENCE]
    return c.filter((c.institution_kind == EMPLOYER) & ~c.evidence.isin(named)).select("row")


def sentence(r: Reasons) -> Sentence:
    return Sentence("未填劳动合同，也未提供事实劳动关系的凭证。", "请填写合同起止日期，或附事实劳动关系凭证。")


CASES = (
    case("with a contract", {}),
    case("de facto relation", {"evidence": 2, "evidence_kinds": 2}),
    case("neither", {"evidence": 0}, found=(1,)),
    case("a school's students have none", {"evidence": 0, "institution_kind": SCHOOL}),
)
