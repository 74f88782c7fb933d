"""Nobody sits in two places at the same time.

Study 3.1 and 3.2: a candidate examined in one's own person.
"""

from __future__ import annotations

import ibis

from hengjian.kernel.words import say
from hengjian.rosters.checks.check import Check, Reasons, Sentence, case
from hengjian.rosters.checks.clauses import STUDY_31
from hengjian.rosters.checks.tables import Tables

CHECK = Check("rosters.overlapping_sittings", "场次时间重叠", "document_number", STUDY_31, needs=("enrolments",))


def rows(t: Tables) -> ibis.Table:
    c = t.candidates.filter((t.candidates.person_key != 0) & (t.candidates.ends > t.candidates.starts))
    c = c.select("row", "batch", "person_key", "starts", "ends")
    e = t.enrolments.select("person_key", other_batch="batch", other_starts="starts", other_ends="ends")
    both = c.join(e, ["person_key"])
    together = both.filter(
        (both.batch != both.other_batch) & (both.starts < both.other_ends) & (both.other_starts < both.ends)
    )
    return together.group_by("row").agg(others=together.count())


def sentence(r: Reasons) -> Sentence:
    return Sentence(
        say("此人在同一时间还被安排在另外 {others} 个批次的场次。", others=r["others"]),
        "请调整场次时间，或在其中一个批次退出报名。",
    )


def _sitting(starts: int, ends: int) -> dict[str, int]:
    return {"row": 90, "batch": 9, "person_key": 1001, "occupation": 6180204, "starts": starts, "ends": ends}


CASES = (
    case("begins before the other ends", {}, found=(1,), enrolments=[_sitting(10 * 60, 12 * 60)]),
    case("begins when the other ends", {}, enrolments=[_sitting(11 * 60, 12 * 60)]),
    case("no time set yet", {"starts": 0, "ends": 0}, enrolments=[_sitting(10 * 60, 12 * 60)]),
    case("another person", {"person_key": 5}, enrolments=[_sitting(10 * 60, 12 * 60)]),
)
