"""A pilot enterprise examines its own employees, and those of a firm that has entrusted it on record.

Study 3.1: 企业职工. The name or credit code written is compared at import with those of the institution and of its principal.
"""

from __future__ import annotations

import ibis

from hengjian.rosters.checks.check import Check, Reasons, Sentence, case
from hengjian.rosters.checks.clauses import STUDY_31
from hengjian.rosters.checks.tables import BLANK, FOREIGN, OWN, PRINCIPAL, Tables

CHECK = Check("rosters.employer_foreign", "本企业职工", "employer", STUDY_31)


def rows(t: Tables) -> ibis.Table:
    c = t.candidates
    return c.filter(c.employer_own.isin([FOREIGN, BLANK])).select("row", "employer_own")


def sentence(r: Reasons) -> Sentence:
    if r["employer_own"] == BLANK:
        return Sentence("工作单位未填，不能确认是本企业职工。", "请填写工作单位全称或统一社会信用代码。")
    return Sentence(
        "工作单位不是本企业，也不是认定计划登记的委托单位。",
        "请按营业执照填写本企业全称；受其他单位委托认定的，先在认定计划中登记委托单位。",
    )


CASES = (
    case("own employee, employee of the principal", {"employer_own": OWN}, {"employer_own": PRINCIPAL}),
    case("of another firm, of none", {"employer_own": FOREIGN}, {"employer_own": BLANK}, found=(1, 2)),
    case("an institution that may examine anybody", {"employer_own": 0}),
)
