"""The paper of an objection: the institution's answer. It repeats neither the objection nor who made it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hengjian.kernel.doing import Doing
from hengjian.papers.issuing import Issuer, issue
from hengjian.papers.kinds import PaperKind
from hengjian.papers.models import Paper
from hengjian.results.models import Objection
from hengjian.results.states import ObjectionPart


@dataclass(frozen=True)
class ObjectionAnswer:
    """`row` is the place in the notice's list, nothing where the list was said to leave somebody out."""

    received_on: date
    plan: str
    occupation: str
    level: str
    row: int | None
    part: str
    upheld: bool
    answer: str
    answered_on: date


ANSWER = PaperKind("results.objection_answer", "异议答复书", case=Objection, facts=ObjectionAnswer)


def answered(doing: Doing[Objection], *, upheld: bool, answer: str) -> Paper:
    objection = doing.subject
    batch = objection.sheet.batch
    institution = batch.plan.institution
    said = ObjectionAnswer(
        received_on=objection.received_on,
        plan=batch.plan.number or "",
        occupation=batch.occupation_name,
        level=batch.level,
        row=objection.score.candidate.row if objection.score is not None else None,
        part=str(ObjectionPart(objection.part).label) if objection.part else "",
        upheld=upheld,
        answer=answer,
        answered_on=doing.today,
    )
    issuer = Issuer(institution.name, institution.area_path, institution_id=institution.pk, mark=institution.short_name)
    return issue(doing, ANSWER, objection, issuer, said)
