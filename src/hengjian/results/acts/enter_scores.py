"""The institution enters its scores, many rows in one act; nobody else can (R1)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from hengjian.authorities.roles import Role
from hengjian.kernel.act import Doing, Step, act
from hengjian.kernel.facts import canonical
from hengjian.kernel.refusal import PRODUCT, refuse
from hengjian.kernel.words import say
from hengjian.results import policies, rules
from hengjian.results.facts import ScoresEntered
from hengjian.results.marks import Marking, ScoreRow, marking
from hengjian.results.models import ResultSheet, Score
from hengjian.results.states import ScoreState, SheetState

MARKED_BY = (policies.PARTS_BY_LEVEL, policies.PASS_MARK, policies.FULL_MARK, policies.EVERY_PART_MUST_PASS)


@act(
    "results.enter_scores",
    ResultSheet,
    by=Role.CLERK.of_own_institution,
    step=Step(SheetState.ENTERING),
    recalled=True,
    cites=MARKED_BY,
    clause=rules.RESPONSIBLE,
    turn=True,
)
def enter_scores(doing: Doing[ResultSheet], *, rows: Sequence[ScoreRow]) -> ScoresEntered:
    """录入成绩。

    Rows may come in several parts and again until the sheet is confirmed; the last entry counts.
    """
    sheet = doing.subject
    if not rows:
        raise refuse(
            "results.no_rows", "没有要录入的成绩。", field="rows", remedy="请至少填写一名考生的成绩。", clause=PRODUCT
        )
    law = marking_of(doing, sheet.batch.level)
    scores = {
        score.candidate.row: score
        for score in Score.objects.filter(sheet=sheet).select_related("candidate").defer("candidate__name")
    }
    seen: set[int] = set()
    for row in rows:
        score = scores.get(row.row)
        if score is None:
            raise refuse(
                "results.not_admitted",
                say("名册第 {row} 行不在准予参加的考生之列。", row=row.row),
                field=f"rows.{row.row}",
                clause=rules.RESPONSIBLE,
                remedy="只录入准予参加考生的成绩。",
            )
        if row.row in seen:
            raise refuse(
                "results.row_twice",
                say("名册第 {row} 行出现了两次。", row=row.row),
                field=f"rows.{row.row}",
                remedy="请删去重复的一行。",
                clause=PRODUCT,
            )
        seen.add(row.row)
        put(score, row, law)
    changed = [scores[row] for row in sorted(seen)]
    doing.bulk_save(Score, changed, ["theory", "practical", "review", "absent", "passed", "state"])
    digest = hashlib.sha256(canonical(sorted(rows, key=lambda row: row.row))).hexdigest()
    return ScoresEntered(
        len(changed), sum(score.absent for score in changed), sum(bool(score.passed) for score in changed), digest
    )


def marking_of(doing: Doing[ResultSheet] | Doing[Score], level: str) -> Marking:
    """The law of the day for this level, pinned in the act's fact."""
    return marking(
        level,
        doing.policy(policies.PARTS_BY_LEVEL),
        doing.policy(policies.PASS_MARK),
        doing.policy(policies.FULL_MARK),
        doing.policy(policies.EVERY_PART_MUST_PASS),
    )


def put(score: Score, row: ScoreRow, law: Marking) -> None:
    """Set the marks of one row, checked, with their outcome."""
    law.check(row)
    score.theory, score.practical, score.review = row.theory, row.practical, row.review
    score.absent, score.passed = row.absent, law.passes(row)
    if score.state == ScoreState.EMPTY:
        score.state = ScoreState.ENTERED
