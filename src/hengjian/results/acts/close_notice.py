"""The clock closes a notice the day after its last working day (R56, R60); nobody can end it earlier."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from hengjian.kernel.act import Doing, Step, act
from hengjian.kernel.actor import BY_CLOCK
from hengjian.kernel.clock_acts import due
from hengjian.results import policies, rules
from hengjian.results.facts import NoticeClosed
from hengjian.results.following import held
from hengjian.results.models import Objection, ResultSheet
from hengjian.results.states import SheetState


@act(
    "results.close_notice",
    ResultSheet,
    by=BY_CLOCK,
    step=Step(SheetState.ON_NOTICE, to=SheetState.NOTICE_CLOSED),
    requires=[rules.closing_day_has_passed],
    cites=[policies.CITY_REVIEW_WORKING_DAYS],
    clause=rules.NOTICE,
)
def close_notice(doing: Doing[ResultSheet]) -> NoticeClosed:
    """公示期满。

    From today the centre's days to review the results run.
    """
    sheet = doing.subject
    assert sheet.notice_closes_on is not None
    doing.set_deadline(sheet, "due", start=doing.today, days=policies.CITY_REVIEW_WORKING_DAYS)
    return NoticeClosed(sheet.notice_closes_on, Objection.objects.filter(sheet=sheet).count(), held(sheet.pk))


def _over(now: datetime) -> models.QuerySet[ResultSheet]:
    return ResultSheet.objects.filter(
        state=SheetState.ON_NOTICE, notice_closes_on__lt=now.date(), notice_provisional=False
    ).order_by("pk")


due(close_notice, _over)
