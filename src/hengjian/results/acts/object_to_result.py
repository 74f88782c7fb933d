"""Anybody may object to a row of an open notice, or say that the list leaves somebody out (R58).

An objection by itself holds nobody and changes no figure: the institution's centre looks at it first, within a working day.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from hengjian.kernel import codes
from hengjian.kernel.act import Doing, Step, act
from hengjian.kernel.actor import BY_PUBLIC
from hengjian.kernel.arguments import Brief, Line, Reason
from hengjian.kernel.refusal import PRODUCT, refuse
from hengjian.kernel.restraint import Restraint
from hengjian.results import policies, rules
from hengjian.results.facts import OmissionObjected, ResultObjected
from hengjian.results.models import Objection, ObjectionBurst, ResultSheet, Score
from hengjian.results.states import BurstState, ObjectionPart, ScoreState, SheetState

TRACKING_LENGTH = 12
CITES = (
    policies.OBJECTION_TRIAGE_WORKING_DAYS,
    policies.OBJECTION_ANSWER_WORKING_DAYS,
    policies.OBJECTION_BURST_NUMBER,
    policies.OBJECTION_BURST_HOURS,
)


@act(
    "results.object_to_result",
    Score,
    by=BY_PUBLIC,
    step=Step(ScoreState.ENTERED, ScoreState.HELD, ScoreState.CLEARED),
    requires=[rules.notice_is_open],
    cites=CITES,
    restraint=[Restraint(per="address", limit=policies.OBJECTIONS_PER_HOUR)],
    clause=rules.NOTICE,
    seals_at_once="objection",
)
def object_to_result(
    doing: Doing[Score], *, part: ObjectionPart, happened_on: date, text: Reason, contact: Brief = ""
) -> ResultObjected:
    """提出异议。

    No name is asked for; the tracking number is the only key to the answer.
    """
    score = doing.subject
    check_day(happened_on, doing.today)
    objection = _received(
        doing, score.sheet, score=score, part=part, happened_on=happened_on, text=text, contact=contact
    )
    return ResultObjected(objection.code, score.candidate.row, objection.due_on)


@act(
    "results.object_to_omission",
    ResultSheet,
    by=BY_PUBLIC,
    step=Step(SheetState.ON_NOTICE),
    requires=[rules.sheet_is_on_notice],
    cites=CITES,
    restraint=[Restraint(per="address", limit=policies.OBJECTIONS_PER_HOUR)],
    clause=rules.NOTICE,
    seals_at_once="objection",
)
def object_to_omission(
    doing: Doing[ResultSheet], *, name: Line, ticket: Line, text: Reason, contact: Brief = ""
) -> OmissionObjected:
    """就名单遗漏提出异议。

    For who sat and is not on the list. Whether the ticket's holder is on it is not told here: the centre looks.
    """
    objection = _received(doing, doing.subject, claimed_name=name, claimed_ticket=ticket, text=text, contact=contact)
    return OmissionObjected(objection.code, objection.due_on)


def check_day(happened_on: date, today: date) -> None:
    """What is objected to has happened already."""
    if happened_on > today:
        raise refuse(
            "results.objection_day",
            "事情发生的日期不能晚于今天。",
            field="happened_on",
            remedy="说不准的填考试日期。",
            clause=PRODUCT,
        )


def _received(doing: Doing[Any], sheet: ResultSheet, **told: Any) -> Objection:
    objection = Objection(sheet=sheet, code="YY" + codes.fresh(TRACKING_LENGTH), received_at=doing.now, **told)
    doing.set_deadline(objection, "triage")
    doing.set_deadline(objection, "due")
    doing.save(objection)
    _tell_of_a_burst(doing, sheet)
    return objection


def _tell_of_a_burst(doing: Doing[Any], sheet: ResultSheet) -> None:
    """Many objections within hours stand in the centre's queue as one thing; one such line per notice at a time."""
    since = doing.now - timedelta(hours=doing.policy(policies.OBJECTION_BURST_HOURS))
    number = Objection.objects.filter(sheet=sheet, received_at__gt=since).count()
    if number < doing.policy(policies.OBJECTION_BURST_NUMBER):
        return
    if ObjectionBurst.objects.filter(sheet=sheet, began_at__gt=since).exists():
        return
    try:
        with transaction.atomic():
            doing.create(ObjectionBurst, sheet=sheet, began_at=doing.now, number=number, state=BurstState.OPEN)
    except IntegrityError:  # an older one is still open, or another objection of this moment told of it
        return
