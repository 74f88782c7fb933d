"""A differing occupation with its reason on record is noted, so that the file is drawn into the sample.

Study 3.1: 原则上应一致, a mismatch is allowed with reason and approval.
"""

from __future__ import annotations

import ibis

from hengjian.kernel.words import say
from hengjian.rosters.checks.check import Check, Reasons, Sentence, case
from hengjian.rosters.checks.clauses import STUDY_31
from hengjian.rosters.checks.occupation_unrelated import unrelated
from hengjian.rosters.checks.tables import Tables, text_key
from hengjian.rosters.checks.wording import occupation

CHECK = Check("rosters.occupation_excused", "跨岗申报", "mismatch_reason", STUDY_31, needs=("related",))


def rows(t: Tables) -> ibis.Table:
    return unrelated(t, 1)


def sentence(r: Reasons) -> Sentence:
    return Sentence(
        say("申报职业 {occupation} 与岗位、专业、工种不一致，已写明理由。", occupation=occupation(r["occupation"])),
        "请核查人员审阅理由，列入重点核查。",
    )


CASES = (
    case("a reason is on record", {"job": text_key("焊工"), "mismatch_reason": 1}, found=(1,)),
    case("no reason is an error of another rule", {"job": text_key("焊工")}),
    case("a reason without need", {"mismatch_reason": 1}),
)
