"""The number of a prior certificate has the form of one of the known schemes.

人社鉴发〔2019〕2号 and the older schemes; the form is tested at import (`prior_number`).
"""

from __future__ import annotations

import ibis

from hengjian.rosters.checks.check import Check, Reasons, Sentence, case
from hengjian.rosters.checks.clauses import CERTIFICATE_CODE
from hengjian.rosters.checks.tables import Tables

CHECK = Check("rosters.prior_number", "原证书编号", "prior_number", CERTIFICATE_CODE)


def rows(t: Tables) -> ibis.Table:
    c = t.candidates
    return c.filter(c.prior_number == 2).select("row")


def sentence(r: Reasons) -> Sentence:
    return Sentence(
        "原证书编号不合已知的编码规则（22 位等级证书、16 位职业资格证书等）。", "请对照证书原件重新录入编号。"
    )


CASES = (
    case("no number given", {}),
    case("well formed", {"prior_number": 1}),
    case("malformed", {"prior_number": 2}, found=(1,)),
)
