"""A drawn list is thrown away only by a head, on a ground the law knows, in front of everybody; nobody leaves the pool by it."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from hengjian.authorities.roles import Role
from hengjian.kernel.act import Doing, Step, act
from hengjian.kernel.actor import BY_CLOCK
from hengjian.kernel.arguments import Explanation
from hengjian.kernel.clock_acts import due
from hengjian.kernel.refusal import PRODUCT, refuse
from hengjian.supervision import draw_rules, policies, rules
from hengjian.supervision.facts import DrawVoided, VoidDrawDisclosed
from hengjian.supervision.models import Draw, Duty, Witness


@act(
    "supervision.void_draw",
    Draw,
    by=[Role.CENTRE_HEAD.of_responsible_office, Role.CENTRE_HEAD.of_area],
    step=Step(Draw.State.SEALED, Draw.State.DRAWN, to=Draw.State.VOID),
    requires=[
        draw_rules.void_is_for_own_head_or_above,
        draw_rules.voided_by_another_than_the_sealer,
        draw_rules.nobody_drawn_has_arrived,
        draw_rules.repeated_void_is_for_the_office_above,
    ],
    cites=[policies.VOID_GROUNDS],
    clause=PRODUCT,
    danger=True,
    seals_at_once="draw",
)
def void_draw(doing: Doing[Draw], *, ground: str, explanation: Explanation) -> DrawVoided:
    """抽取作废。

    Its code is spent and its number stays: a redraw is seen by everybody. Those who were drawn stay in the pool.
    """
    draw = doing.subject
    grounds = doing.policy(policies.VOID_GROUNDS)
    if ground not in grounds:
        raise refuse(
            "supervision.void_ground",
            "请选择作废的情形。",
            field="ground",
            clause=policies.VOID_GROUNDS.text.citation,
            policy=policies.VOID_GROUNDS.key,
            remedy="清单以外的情形不能作废；人员有缺的，另行抽取补足。",
        )
    silent = list(Witness.objects.filter(draw=draw, state=Witness.State.SEALED).order_by("place"))
    if ground == draw_rules.WITNESS_SILENT and not silent:
        raise refuse(
            "supervision.no_silent_witness",
            "见证人都已揭示秘密值，不是这种情形。",
            field="ground",
            remedy="选择与事实相符的情形。",
            policy=policies.VOID_GROUNDS.key,
        )
    if ground == draw_rules.WITNESS_SILENT:
        for witness in silent:
            witness.state = Witness.State.SILENT
        doing.bulk_save(Witness, silent, ["state"])
    draw.void_ground, draw.void_reason, draw.voided_by = ground, explanation, doing.actor.label
    ended = list(Duty.objects.filter(draw=draw, state__in=[Duty.State.DRAWN, Duty.State.ACCEPTED]).order_by("pk"))
    for duty in ended:
        duty.state = Duty.State.VOIDED
    if ended:
        doing.bulk_save(Duty, ended, ["state"])
    before = draw_rules.voids_of(draw.plan)
    return DrawVoided(draw.code, ground, grounds[ground], explanation, len(ended), draw.result is not None, before + 1)


@act(
    "supervision.disclose_void_draw",
    Draw,
    by=[Role.CENTRE_REVIEWER.of_responsible_office, BY_CLOCK],
    step=Step(Draw.State.VOID),
    requires=[rules.exam_is_over, draw_rules.a_result_was_thrown_away],
    clause=rules.SCHEME,
    seals_at_once="draw",
)
def disclose_void_draw(doing: Doing[Draw]) -> VoidDrawDisclosed:
    """公开作废的抽取。

    What was thrown away is shown as what stood is shown: anybody runs it again and sees who had been drawn.
    """
    doing.subject.disclosed_on = doing.today
    return VoidDrawDisclosed(doing.subject.code, doing.subject.digest)


def _over(now: datetime) -> models.QuerySet[Draw]:
    thrown_away = Draw.objects.filter(state=Draw.State.VOID, result__isnull=False, disclosed_on__isnull=True)
    return thrown_away.filter(plan__ends_on__lt=now.date()).order_by("pk")


due(disclose_void_draw, _over)
