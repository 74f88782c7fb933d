"""The prior certificate is of the same or of a related occupation.

Entry conditions of the standards: 本职业或相关职业; each standard lists the related ones.
"""

from __future__ import annotations

import ibis

from hengjian.kernel.words import say
from hengjian.rosters.checks.cases import ELECTRICIAN, WELDER
from hengjian.rosters.checks.check import Check, Reasons, Sentence, case
from hengjian.rosters.checks.clauses import STANDARD_RULES
from hengjian.rosters.checks.tables import OCCUPATION, Tables
from hengjian.rosters.checks.wording import occupation

CHECK = Check(
    "rosters.prior_occupation", "原证书职业", "prior_occupation", STANDARD_RULES, needs=("related", "aliases")
)


def rows(t: Tables) -> ibis.Table:
    c = t.candidates
    c = c.filter((c.prior_occupation != 0) & (c.prior_occupation != c.occupation))
    c = c.select("row", "occupation", "prior_occupation", prior_key=c.prior_occupation.cast("int64"))
    r = t.related
    related = r.filter(r.kind == OCCUPATION).select("occupation", prior_key="key")
    aliases = t["aliases"].select("occupation", prior_occupation="named")
    # the view closes the join: chained anti-joins would reach PostgreSQL as a join it does not have
    unrelated = c.anti_join(related, ["occupation", "prior_key"]).view()
    return unrelated.anti_join(aliases, ["occupation", "prior_occupation"]).select(
        "row", "occupation", "prior_occupation"
    )


def sentence(r: Reasons) -> Sentence:
    return Sentence(
        say(
            "原证书职业 {occupation} 与申报职业 {occupation2} 不同，也不在该职业标准列出的相关职业之内。",
            occupation=occupation(r["prior_occupation"]),
            occupation2=occupation(r["occupation"]),
        ),
        "请核对原证书；确属相关职业的，附职业标准中的依据。",
    )


CASES = (
    case("the same occupation", {"prior_occupation": ELECTRICIAN}),
    case("a foreign one", {"prior_occupation": WELDER}, found=(1,)),
    case(
        "a related one",
        {"prior_occupation": WELDER},
        related=[{"kind": OCCUPATION, "key": WELDER, "occupation": ELECTRICIAN}],
    ),
    case(
        "the same under an older code",
        {"prior_occupation": 6070605},
        aliases=[{"occupation": ELECTRICIAN, "named": 6070605}],
    ),
)
