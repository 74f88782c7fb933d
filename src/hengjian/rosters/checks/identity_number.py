"""A resident identity number must be sound in form, date and check digit.

GB 11643—1999; study 3.1: guard against candidates without qualification. The number is tested at import (`id_ok`).
"""

from __future__ import annotations

import ibis

from hengjian.rosters.checks.check import Check, Reasons, Sentence, case
from hengjian.rosters.checks.clauses import IDENTITY
from hengjian.rosters.checks.tables import Tables

CHECK = Check("rosters.identity_number", "身份证号码", "document_number", IDENTITY)


def rows(t: Tables) -> ibis.Table:
    c = t.candidates
    return c.filter((c.id_kind == 1) & (c.id_ok == 0)).select("row")


def sentence(r: Reasons) -> Sentence:
    return Sentence("身份证号码不成立（位数、日期或校验码不符）。", "请对照证件原件重新录入，不得推算补正。")


CASES = (
    case("sound number", {}),
    case("unsound number", {}, {"id_ok": 0}, found=(2,)),
    case("another kind of papers is not judged by this rule", {"id_kind": 2, "id_ok": 0}),
)
