"""The occupation applied for is in principle that of the job, the major or the trade.

Study 3.1: 申报职业原则上应与岗位、专业或工种一致. With a reason on record see `occupation_excused`.
"""

from __future__ import annotations

import ibis

from hengjian.kernel.words import say
from hengjian.rosters.checks.cases import WELDER
from hengjian.rosters.checks.check import Check, Reasons, Sentence, case
from hengjian.rosters.checks.clauses import STUDY_31
from hengjian.rosters.checks.tables import JOB, MAJOR, TRADE, Tables, text_key
from hengjian.rosters.checks.wording import occupation

CHECK = Check("rosters.occupation_unrelated", "职业与岗位、专业、工种", "job", STUDY_31, needs=("related",))


def unrelated(t: Tables, reason_on_record: int) -> ibis.Table:
    """Candidates who wrote job, major or trade, none of which belongs to the occupation."""
    c = t.candidates
    c = c.filter((c.mismatch_reason == reason_on_record) & ((c.job != 0) | (c.major != 0) | (c.trade != 0)))
    c = c.select("row", "occupation", "job", "major", "trade")
    r = t.related
    for kind, column in ((JOB, "job"), (MAJOR, "major"), (TRADE, "trade")):
        known = r.filter(r.kind == kind).select("occupation", **{column: "key"})
        # the view closes each join: chained anti-joins would reach PostgreSQL as a join it does not have
        c = c.anti_join(known, ["occupation", column]).view()
    return c.select("row", "occupation")


def rows(t: Tables) -> ibis.Table:
    return unrelated(t, 0)


def sentence(r: Reasons) -> Sentence:
    return Sentence(
        say("申报职业 {occupation} 与所填岗位、专业、工种均不一致。", occupation=occupation(r["occupation"])),
        "请改报与岗位一致的职业；确需跨岗申报的，写明理由并报批。",
    )


CASES = (
    case("the job belongs to the occupation", {}),
    case("the job belongs to another", {"job": text_key("焊工")}, found=(1,)),
    case("the job does not, the trade does", {"job": text_key("焊工"), "trade": text_key("变电检修电工")}),
    case("the major does", {"job": 0, "major": 5}, related=[{"kind": MAJOR, "key": 5, "occupation": 6310103}]),
    case("related to another occupation only", {"occupation": WELDER}, found=(1,)),
    case("a reason is on record", {"job": text_key("焊工"), "mismatch_reason": 1}),
    case("nothing written to compare", {"job": 0}),
)
