"""A person stands once in a batch; every later row is one too many.

Study 3.1: the candidates of a batch are counted, and the count decides how they are checked.
"""

from __future__ import annotations

import ibis

from hengjian.kernel.words import say
from hengjian.rosters.checks.check import Check, Reasons, Sentence, case
from hengjian.rosters.checks.clauses import STUDY_31
from hengjian.rosters.checks.tables import Tables

CHECK = Check("rosters.duplicate_in_batch", "批次内重复", "document_number", STUDY_31, row_reasons=("first",))


def rows(t: Tables) -> ibis.Table:
    c = t.candidates.filter(t.candidates.person_key != 0).select("row", "batch", "person_key")
    seen = c.group_by("batch", "person_key").agg(first=c.row.min(), times=c.count())
    twice = seen.filter(seen.times > 1)
    both = c.join(twice, ["batch", "person_key"])
    return both.filter(both.row > both.first).select("row", "first", "times")


def sentence(r: Reasons) -> Sentence:
    return Sentence(
        say("与第 {first} 行为同一人，本批次共出现 {times} 次。", first=r["first"], times=r["times"]),
        "请保留一行，删去其余。",
    )


CASES = (
    case("two persons", {}, {}),
    case("the same person three times", {}, {"person_key": 1001}, {"person_key": 1001}, found=(2, 3)),
    case("in two batches it is another rule", {}, {"person_key": 1001, "batch": 2}),
    case("rows without a number are not one person", {"person_key": 0}, {"person_key": 0}),
)
