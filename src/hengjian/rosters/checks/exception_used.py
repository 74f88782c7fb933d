"""Whoever comes by an exception route with its basis is noted, so that the file is read by a person.

中办发〔2022〕58号, Art. 13; study 3.1: guard against candidates without qualification.
"""

from __future__ import annotations

import ibis

from hengjian.kernel.words import say
from hengjian.rosters.checks.check import Check, Reasons, Sentence, case
from hengjian.rosters.checks.clauses import HIGH_SKILL
from hengjian.rosters.checks.exception_basis import ROUTES
from hengjian.rosters.checks.tables import Tables

CHECK = Check("rosters.exception_used", "例外渠道", "exception_route", HIGH_SKILL)


def rows(t: Tables) -> ibis.Table:
    c = t.candidates
    return c.filter((c.route != 0) & (c.basis != 0)).select("row", "route")


def sentence(r: Reasons) -> Sentence:
    return Sentence(
        say("按“{route}”申报，不受年限、学历条件限制。", route=ROUTES.get(r["route"], "例外渠道")),
        "请核查人员审阅依据文件，列入重点核查。",
    )


CASES = (
    case("the ordinary way", {}),
    case("by contest", {"route": 3, "basis": 1}, found=(1,)),
    case("without a basis it is an error of another rule", {"route": 3}),
)
