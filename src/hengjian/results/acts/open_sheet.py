"""After the exam the batch gets its score sheet: one empty row for every candidate admitted (R29)."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from hengjian.authorities.roles import Role
from hengjian.institutions.models import Institution
from hengjian.kernel.act import Doing, Step, act
from hengjian.kernel.actor import BY_CLOCK
from hengjian.kernel.clock_acts import due
from hengjian.plans.models import Batch
from hengjian.plans.states import BatchState
from hengjian.results import policies, rules
from hengjian.results.facts import SheetOpened
from hengjian.results.models import ResultSheet, Score
from hengjian.rosters.models import Candidate

FILE_BY = {
    Institution.Kind.EMPLOYER: policies.FILE_WORKING_DAYS_EMPLOYER,
    Institution.Kind.SOCIAL: policies.FILE_WORKING_DAYS_SOCIAL,
    Institution.Kind.SCHOOL: policies.FILE_WORKING_DAYS_SCHOOL,
}


@act(
    "results.open_sheet",
    Batch,
    by=[Role.CLERK.of_own_institution, BY_CLOCK],
    step=Step(BatchState.EXAMINED),
    requires=[rules.no_sheet_yet, rules.somebody_was_admitted],
    cites=tuple(FILE_BY.values()),
    clause=rules.RESPONSIBLE,
    turn=True,
)
def open_sheet(doing: Doing[Batch]) -> SheetOpened:
    """建立成绩单。"""
    batch = doing.subject
    admitted = Candidate.objects.filter(batch=batch, state=Candidate.State.ADMITTED).order_by("row")
    candidates = list(admitted.only("pk"))
    sheet = ResultSheet(batch=batch)
    length = FILE_BY[Institution.Kind(batch.plan.institution.kind)]
    due = doing.set_deadline(sheet, "due", start=batch.plan.ends_on, days=length)
    doing.save(sheet)
    doing.bulk(Score, [Score(sheet=sheet, candidate=candidate) for candidate in candidates])
    return SheetOpened(len(candidates), due.on)


def _examined(now: datetime) -> models.QuerySet[Batch]:
    return Batch.objects.filter(state=BatchState.EXAMINED, sheet__isnull=True).order_by("pk")


due(open_sheet, _examined)
