"""After the exam everything is published, so that anybody runs the draw again."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from hengjian.authorities.roles import Role
from hengjian.kernel.act import Doing, Step, act
from hengjian.kernel.actor import BY_CLOCK
from hengjian.kernel.clock_acts import due
from hengjian.supervision import rules
from hengjian.supervision.facts import DrawPublished
from hengjian.supervision.models import Draw


@act(
    "supervision.publish_draw",
    Draw,
    by=[Role.CENTRE_REVIEWER.of_responsible_office, BY_CLOCK],
    step=Step(Draw.State.DRAWN, to=Draw.State.PUBLISHED),
    requires=[rules.exam_is_over],
    clause=rules.SCHEME,
    turn=True,
    seals_at_once="draw",
)
def publish_draw(doing: Doing[Draw]) -> DrawPublished:
    """公开抽取结果。"""
    doing.subject.disclosed_on = doing.today
    return DrawPublished(doing.subject.code, doing.subject.digest)


def _over(now: datetime) -> models.QuerySet[Draw]:
    return Draw.objects.filter(state=Draw.State.DRAWN, plan__ends_on__lt=now.date()).order_by("pk")


due(publish_draw, _over)
