"""Nobody is enrolled for the same occupation in two batches at once, that is from application to exam.

Study 3.1: cross-checks between institutions against candidates without qualification.
"""

from __future__ import annotations

import ibis

from hengjian.kernel.words import say
from hengjian.rosters.checks.cases import WELDER, day
from hengjian.rosters.checks.check import Check, Reasons, Sentence, case
from hengjian.rosters.checks.clauses import STUDY_31
from hengjian.rosters.checks.tables import Tables
from hengjian.rosters.checks.wording import day as written

CHECK = Check("rosters.two_batches", "同一职业重复报名", "document_number", STUDY_31, needs=("enrolments",))


def rows(t: Tables) -> ibis.Table:
    c = t.candidates.filter(t.candidates.person_key != 0)
    c = c.select("row", "batch", "person_key", "occupation", "applied", "exam")
    e = t.enrolments.select("person_key", "occupation", other_batch="batch", other_applied="applied", other_exam="exam")
    both = c.join(e, ["person_key", "occupation"])
    at_once = both.filter(
        (both.batch != both.other_batch) & (both.applied <= both.other_exam) & (both.other_applied <= both.exam)
    )
    return at_once.group_by("row").agg(others=at_once.count(), other_exam=at_once.other_exam.max())


def sentence(r: Reasons) -> Sentence:
    return Sentence(
        say(
            "此人同一职业已在另外 {others} 个批次报名，考试日 {other_exam}，尚未结束。",
            others=r["others"],
            other_exam=written(r["other_exam"]),
        ),
        "请在其中一个批次退出报名，或待该批次考试结束后再申报。",
    )


def _enrolled(**given: int) -> dict[str, int]:
    there = {"row": 90, "batch": 9, "person_key": 1001, "occupation": 6310103, "level": 4}
    return there | {"applied": day(2026, 10, 1), "exam": day(2026, 10, 20)} | given


CASES = (
    case("another batch still open", {}, found=(1,), enrolments=[_enrolled()]),
    case("examined before this application", {}, enrolments=[_enrolled(exam=day(2026, 10, 9))]),
    case("applies elsewhere only after this exam", {}, enrolments=[_enrolled(applied=day(2026, 11, 2))]),
    case("another occupation", {}, enrolments=[_enrolled(occupation=WELDER)]),
    case("two batches under check", {}, {"person_key": 1001, "batch": 2}, found=(1, 2)),
)
