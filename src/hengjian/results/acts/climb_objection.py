"""What is overdue climbs one level: the triage from the centre to its head and the office above, the answer from the
institution to the centre. The clock says so, whoever objected reads it, and the higher level presses (R58).
"""

from __future__ import annotations

from datetime import datetime

from django.db import models

from hengjian.authorities.roles import Role
from hengjian.kernel.act import Doing, Step, act
from hengjian.kernel.actor import BY_CLOCK
from hengjian.kernel.arguments import Reason
from hengjian.kernel.clock_acts import due
from hengjian.results import rules
from hengjian.results.acts.triage_objection import CENTRE, row_of
from hengjian.results.facts import ObjectionFellOverdue, ObjectionPressed
from hengjian.results.models import Objection
from hengjian.results.states import ObjectionState

TRIAGE, ANSWER = "triage", "answer"


@act(
    "results.let_triage_climb",
    Objection,
    by=BY_CLOCK,
    step=Step(ObjectionState.RECEIVED, to=ObjectionState.TRIAGE_OVERDUE),
    requires=[rules.triage_is_overdue],
    clause=rules.NOTICE,
)
def let_triage_climb(doing: Doing[Objection]) -> ObjectionFellOverdue:
    """异议核对逾期，报上一级督办。"""
    objection = doing.subject
    objection.overdue_on = doing.today
    assert objection.triage_due_on is not None
    return ObjectionFellOverdue(row_of(objection), TRIAGE, objection.triage_due_on)


@act(
    "results.let_answer_climb",
    Objection,
    by=BY_CLOCK,
    step=Step(ObjectionState.ACCEPTED, to=ObjectionState.ANSWER_OVERDUE),
    requires=[rules.answer_is_overdue],
    clause=rules.NOTICE,
)
def let_answer_climb(doing: Doing[Objection]) -> ObjectionFellOverdue:
    """异议答复逾期，报鉴定中心督办。"""
    objection = doing.subject
    objection.overdue_on = doing.today
    return ObjectionFellOverdue(row_of(objection), ANSWER, objection.due_on)


@act(
    "results.press_triage",
    Objection,
    by=[
        Role.CENTRE_HEAD.of_responsible_office,
        Role.CENTRE_REVIEWER.of_superior_office,
        Role.CENTRE_HEAD.of_superior_office,
        Role.PROVINCE_OFFICER.of_superior_office,
    ],
    step=Step(ObjectionState.TRIAGE_OVERDUE),
    clause=rules.NOTICE,
    turn=True,
)
def press_triage(doing: Doing[Objection], *, instruction: Reason) -> ObjectionPressed:
    """督办逾期的核对。"""
    return _press(doing, TRIAGE, instruction)


@act(
    "results.press_answer",
    Objection,
    by=CENTRE,
    step=Step(ObjectionState.ANSWER_OVERDUE),
    clause=rules.NOTICE,
    turn=True,
)
def press_answer(doing: Doing[Objection], *, instruction: Reason) -> ObjectionPressed:
    """督办逾期的答复。"""
    return _press(doing, ANSWER, instruction)


def _press(doing: Doing[Objection], stage: str, instruction: str) -> ObjectionPressed:
    doing.subject.instruction = instruction
    return ObjectionPressed(row_of(doing.subject), stage, instruction)


def _unseen(now: datetime) -> models.QuerySet[Objection]:
    rows = Objection.objects.filter(state=ObjectionState.RECEIVED, triage_provisional=False)
    return rows.filter(triage_due_on__lt=now.date()).order_by("pk")


def _unanswered(now: datetime) -> models.QuerySet[Objection]:
    rows = Objection.objects.filter(state=ObjectionState.ACCEPTED, due_provisional=False)
    return rows.filter(due_on__lt=now.date()).order_by("pk")


due(let_triage_climb, _unseen)
due(let_answer_climb, _unanswered)
