"""After the exam everything is published, so that anybody runs the draw again; a void draw stays visible with its reason."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from hengjian.authorities.roles import Role
from hengjian.kernel.act import Doing, Step, act
from hengjian.kernel.actor import BY_CLOCK
from hengjian.kernel.arguments import Reason
from hengjian.kernel.clock_acts import due
from hengjian.kernel.refusal import refuse
from hengjian.supervision import rules
from hengjian.supervision.facts import DrawPublished, DrawVoided
from hengjian.supervision.models import Draw, Duty


@act(
    "supervision.publish_draw",
    Draw,
    by=[Role.CENTRE_REVIEWER.of_responsible_office, BY_CLOCK],
    step=Step(Draw.State.DRAWN, to=Draw.State.PUBLISHED),
    requires=[rules.exam_is_over],
    clause=rules.SCHEME,
    turn=True,
    seals_at_once=True,
)
def publish_draw(doing: Doing[Draw]) -> DrawPublished:
    """公开抽取结果。"""
    return DrawPublished(doing.subject.code, doing.subject.digest)


@act(
    "supervision.void_draw",
    Draw,
    by=Role.CENTRE_REVIEWER.of_responsible_office,
    step=Step(Draw.State.SEALED, Draw.State.DRAWN, to=Draw.State.VOID),
    clause=rules.RANDOM,
    danger=True,
    seals_at_once=True,
)
def void_draw(doing: Doing[Draw], *, reason: Reason) -> DrawVoided:
    """抽取作废。

    Its code is spent and its number stays: a redraw is seen by everybody.
    """
    draw = doing.subject
    if Duty.objects.filter(draw=draw, arrived_at__isnull=False).exists():
        raise refuse(
            "supervision.void_after_arrival",
            "已有督导员到场，这次抽取不能作废。",
            clause=rules.RANDOM,
            remedy="须更换督导员的，由其推辞后另行抽取。",
        )
    draw.void_reason = reason.strip()
    ended = list(Duty.objects.filter(draw=draw, state__in=[Duty.State.DRAWN, Duty.State.ACCEPTED]).order_by("pk"))
    for duty in ended:
        duty.state, duty.decline_reason = Duty.State.DECLINED, f"抽取作废：{reason.strip()}"[:300]
    if ended:
        doing.bulk_save(Duty, ended, ["state", "decline_reason"])
    return DrawVoided(draw.code, reason.strip(), len(ended))


def _over(now: datetime) -> models.QuerySet[Draw]:
    return Draw.objects.filter(state=Draw.State.DRAWN, plan__ends_on__lt=now.date()).order_by("pk")


due(publish_draw, _over)
