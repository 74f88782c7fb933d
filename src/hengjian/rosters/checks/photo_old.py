"""The photo was taken within half a year before the application.

人社鉴发〔2021〕1号; the months are a policy.
"""

from __future__ import annotations

import ibis

from hengjian.kernel.words import say
from hengjian.rosters import civil
from hengjian.rosters.checks.cases import day
from hengjian.rosters.checks.check import Check, Reasons, Sentence, case
from hengjian.rosters.checks.clauses import CERTIFICATE_STYLE
from hengjian.rosters.checks.tables import Tables
from hengjian.rosters.checks.wording import day as written
from hengjian.rosters.policies import PHOTO_AGE_MONTHS

CHECK = Check("rosters.photo_old", "照片拍摄日期", "photo", CERTIFICATE_STYLE, cites=(PHOTO_AGE_MONTHS,))


def rows(t: Tables) -> ibis.Table:
    c = t.candidates
    months = t.law.policy(PHOTO_AGE_MONTHS)
    old = (c.photo == 1) & (c.photo_on != 0) & (c.applied - c.photo_on > months * civil.MONTH)
    return c.filter(old).select("row", "photo_on", months=ibis.literal(months, "int32"))


def sentence(r: Reasons) -> Sentence:
    return Sentence(
        say("照片拍摄于 {photo_on}，已超过 {months} 个月。", photo_on=written(r["photo_on"]), months=r["months"]),
        "请补交近期照片。",
    )


CASES = (
    case("six months to the day", {"photo_on": day(2026, 4, 10)}),
    case("one day more", {"photo_on": day(2026, 4, 9)}, found=(1,)),
    case("the day is not known", {"photo_on": 0}),
)
