"""Anybody may object to a row of an open notice; that row is held, the others go on (R58)."""

from __future__ import annotations

import secrets

from hengjian.kernel.act import Doing, Step, act
from hengjian.kernel.actor import BY_PUBLIC
from hengjian.kernel.arguments import Reason
from hengjian.kernel.refusal import refuse
from hengjian.results import policies, rules
from hengjian.results.facts import ResultObjected
from hengjian.results.models import Objection, Score
from hengjian.results.states import ScoreState

LONGEST = 4000  # characters; a page of text
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that is misread on paper
TRACKING_LENGTH = 12


@act(
    "results.object_to_result",
    Score,
    by=BY_PUBLIC,
    step=Step(ScoreState.ENTERED, ScoreState.HELD, ScoreState.CLEARED, to=ScoreState.HELD),
    requires=[rules.notice_is_open],
    cites=[policies.OBJECTION_ANSWER_WORKING_DAYS],
    clause=rules.NOTICE,
    seals_at_once=True,
)
def object_to_result(doing: Doing[Score], *, text: Reason, contact: str = "") -> ResultObjected:
    """提出异议。

    No name is asked for; the tracking number is the only key to the answer.
    """
    score = doing.subject
    if len(text) > LONGEST:
        raise refuse("results.objection_long", f"异议内容请不超过 {LONGEST} 字。", field="text")
    objection = Objection(
        score=score,
        sheet=score.sheet,
        code="YY" + "".join(secrets.choice(ALPHABET) for _ in range(TRACKING_LENGTH)),
        text=text.strip(),
        contact=contact.strip(),
    )
    due = doing.set_deadline(objection, "due")
    doing.save(objection)
    return ResultObjected(objection.code, score.candidate.row, due.on)
