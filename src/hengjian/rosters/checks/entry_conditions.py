"""Whoever applies meets one of the entry conditions of the occupation, edition and level.

国家职业标准编制技术规程; rows in `policies/entry_conditions.toml`. One expression for all rows: any row of the level
holds. Whom it leaves over, `rosters.entry.decide` tells the row that comes closest and the smallest change.
"""

from __future__ import annotations

from collections import defaultdict
from functools import reduce
from operator import and_, or_

import ibis
from ibis.expr.types import BooleanValue, IntegerValue

from hengjian.kernel.words import say
from hengjian.rosters import civil
from hengjian.rosters.checks.cases import day
from hengjian.rosters.checks.check import Check, Reasons, Sentence, case
from hengjian.rosters.checks.clauses import STANDARD_RULES
from hengjian.rosters.checks.tables import Tables
from hengjian.rosters.entry import DOUBT, EntryRow, Facts, Refused, School, decide

CHECK = Check("rosters.entry_conditions", "申报条件", "level", STANDARD_RULES)

FACTS = tuple(Facts.__dataclass_fields__)


def rows(t: Tables) -> ibis.Table:
    c = t.candidates.filter((t.candidates.route == 0) | (t.candidates.basis == 0))
    law = tuple(row for row in t.entry_rows if row.since <= t.on)
    return c.filter(~admitted(c, law)).select("row", *FACTS)


def admitted(c: ibis.Table, law: tuple[EntryRow, ...]) -> BooleanValue:
    """True where any row of the candidate's edition, level and occupation holds."""
    groups: dict[tuple[int, int, int], list[EntryRow]] = defaultdict(list)
    for row in law:
        groups[row.edition, row.level, row.occupation].append(row)
    own = {key: sorted(o for e, lv, o in groups if (e, lv) == key and o) for key in {(e, lv) for e, lv, _ in groups}}
    ways = []
    for (edition, level, occupation), group in groups.items():
        here = (c.level == level) & (c.edition == edition)
        if occupation:
            here &= c.occupation == occupation
        elif own[edition, level]:
            here &= ~c.occupation.isin(own[edition, level])
        ways.append(here & reduce(or_, [holds(c, row) for row in group]))
    return reduce(or_, ways) if ways else ibis.literal(False)


def holds(c: ibis.Table, row: EntryRow) -> BooleanValue:
    """All predicates of one row."""
    asked: list[BooleanValue] = []
    if row.min_age:
        asked.append(_passed(c, c.birth, row.min_age * 12))
    if row.prior_level:
        asked.append((c.prior_level != 0) & (c.prior_level <= row.prior_level))
    if row.held_prior:
        asked.append(_passed(c, c.prior, row.held_prior))
    if row.after_prior:
        asked += [_passed(c, c.prior, row.after_prior), _passed(c, c.work_from, row.after_prior)]
    if row.work:
        asked.append(_passed(c, c.work_from, row.work))
    if row.title:
        asked.append(c.title_grade >= row.title)
    if row.after_title:
        asked += [_passed(c, c.title, row.after_title), _passed(c, c.work_from, row.after_title)]
    if row.schooling:
        asked.append((c.schooling & row.schooling) != 0)
        if not row.final_year:
            asked.append(c.final_year == 0)
    if row.apprenticeship:
        asked.append(c.apprenticed != 0)
    if row.pre_technician:
        asked.append(c.pre_technician != 0)
    if row.training:
        asked.append(c.training_hours >= row.training)
    return reduce(and_, asked) if asked else ibis.literal(True)


def _passed(c: ibis.Table, since: IntegerValue, months: int) -> BooleanValue:
    return (since != 0) & (c.judged - since >= months * civil.MONTH)


def sentence(r: Reasons) -> Sentence:
    """Decides the one candidate again, under the same law."""
    answer = decide(Facts.of(r), r.t.entry_rows, r.t.on)
    assert isinstance(answer, Refused), "the expression and the decision are one rule"
    row = answer.closest
    if row is None:
        return Sentence("没有可依的申报条件。", answer.change)
    return Sentence(
        say(
            "不符合申报条件；最接近的是第 {id} 项：{text}{certainty}。",
            id=row.id,
            text=row.text,
            certainty=DOUBT[row.certainty],
        ),
        answer.change,
    )


_FIVE_YEARS = day(2021, 11, 1)
CASES = (
    case("five years to the day", {"work_from": _FIVE_YEARS}),
    case("one day short of five years", {"work_from": day(2021, 11, 2)}, found=(1,)),
    case("three years after level 5", {"work_from": day(2022, 1, 1), "prior_level": 5, "prior": day(2023, 11, 1)}),
    case(
        "one day short after level 5",
        {"work_from": day(2022, 1, 1), "prior_level": 5, "prior": day(2023, 11, 2)},
        found=(1,),
    ),
    case(
        "final-year student of a technical school",
        {"work_from": 0, "schooling": int(School.TECHNICAL_SCHOOL), "final_year": 1},
    ),
    case("no facts at all", {"work_from": 0}, found=(1,)),
    case("a contest with its basis", {"work_from": 0, "route": 3, "basis": 1}),
    case("a contest without", {"work_from": 0, "route": 3}, found=(1,)),
    case("no rows for the top levels", {"level": -1}, found=(1,)),
    case("the older edition asks six years", {"edition": 18, "work_from": _FIVE_YEARS}, found=(1,)),
)
