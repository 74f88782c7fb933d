"""The prior certificate's number carries level and year; both must be those written beside it.

人社鉴发〔2019〕2号: positions 14–15 are the year, position 16 the level.
"""

from __future__ import annotations

import ibis

from hengjian.kernel.words import listed, say
from hengjian.rosters.checks.check import Check, Reasons, Sentence, case
from hengjian.rosters.checks.clauses import CERTIFICATE_CODE
from hengjian.rosters.checks.tables import Tables
from hengjian.rosters.checks.wording import level

CHECK = Check("rosters.prior_number_differs", "原证书编号与等级、年份", "prior_number", CERTIFICATE_CODE)


def rows(t: Tables) -> ibis.Table:
    c = t.candidates
    other_level = (c.prior_level != c.prior_number_level) & (c.prior_level != 0) & (c.prior_number_level != 0)
    other_year = (c.prior_year != c.prior_number_year) & (c.prior_year != 0) & (c.prior_number_year != 0)
    return c.filter((c.prior_number == 1) & (other_level | other_year)).select(
        "row", "prior_level", "prior_number_level", "prior_year", "prior_number_year"
    )


def sentence(r: Reasons) -> Sentence:
    parts = []
    if r["prior_level"] != r["prior_number_level"]:
        parts.append(
            say("等级填{level}，编号中为{level2}", level=level(r["prior_level"]), level2=level(r["prior_number_level"]))
        )
    if r["prior_year"] != r["prior_number_year"]:
        parts.append(
            say(
                "发证年份填 {prior_year}，编号中为 {prior_number_year}",
                prior_year=r["prior_year"],
                prior_number_year=r["prior_number_year"],
            )
        )
    return Sentence(say("原证书{parts}。", parts=listed(parts, "；")), "请对照证书原件，改正其中有误的一项。")


_SAME = {"prior_number": 1, "prior_level": 5, "prior_number_level": 5, "prior_year": 2022, "prior_number_year": 2022}
CASES = (
    case("agrees", _SAME),
    case("another level", _SAME | {"prior_number_level": 4}, found=(1,)),
    case("another year", _SAME | {"prior_number_year": 2021}, found=(1,)),
    case("no date written", _SAME | {"prior_year": 0}),
    case("a malformed number carries nothing", _SAME | {"prior_number": 2, "prior_number_level": 4}),
)
