"""An employee applies through one employer; a second one at the time of application is a sign of a false contract.

Study 3.1: 坚决防止虚假合同. Part-time work exists, so the severity is a policy.
"""

from __future__ import annotations

import ibis

from hengjian.kernel.words import say
from hengjian.rosters import civil
from hengjian.rosters.checks.cases import day
from hengjian.rosters.checks.check import Check, Reasons, Sentence, case
from hengjian.rosters.checks.clauses import STUDY_31
from hengjian.rosters.checks.tables import EMPLOYER, SOCIAL, Tables

CHECK = Check("rosters.two_employers", "同时在两家单位", "employer", STUDY_31, needs=("employment",))


def rows(t: Tables) -> ibis.Table:
    c = t.candidates
    c = c.filter((c.institution_kind == EMPLOYER) & (c.person_key != 0)).select(
        "row", "person_key", "employer", "applied"
    )
    e = t["employment"].select("person_key", "begins", other="employer", until="ends")
    both = c.join(e, ["person_key"])
    at_once = both.filter((both.employer != both.other) & (both.begins <= both.applied) & (both.applied <= both.until))
    return at_once.group_by("row").agg(others=at_once.count())


def sentence(r: Reasons) -> Sentence:
    return Sentence(
        say("申报时此人在另外 {others} 家单位也有劳动关系。", others=r["others"]),
        "请提供与本单位劳动关系的证明；原单位已解除的，附解除证明。",
    )


def _spell(**given: int) -> dict[str, int]:
    return {"person_key": 1001, "employer": 8, "begins": day(2020, 1, 1), "ends": civil.OPEN} | given


CASES = (
    case("another employer, still running", {}, found=(1,), employment=[_spell()]),
    case("ended the day before", {}, employment=[_spell(ends=day(2026, 10, 9))]),
    case("ends on the day of application", {}, found=(1,), employment=[_spell(ends=day(2026, 10, 10))]),
    case("the same employer", {}, employment=[_spell(employer=7)]),
    case("a social organisation asks for no employment", {"institution_kind": SOCIAL}, employment=[_spell()]),
)
