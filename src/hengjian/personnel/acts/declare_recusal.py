"""回避: declared by the supervisor or entered by the office; it stands until it is ended with a reason."""

from __future__ import annotations

from hengjian.authorities.roles import Role
from hengjian.institutions.models import Institution
from hengjian.kernel.act import Doing, Step, act
from hengjian.kernel.arguments import Reason
from hengjian.kernel.law import Law
from hengjian.kernel.refusal import PRODUCT, refuse
from hengjian.kernel.words import say
from hengjian.personnel import rules
from hengjian.personnel.facts import RecusalDeclared, RecusalEnded
from hengjian.personnel.models import Recusal, Supervisor
from hengjian.personnel.policies import SUPERVISOR_RECUSAL_RELATIONS


def grounds(law: Law) -> dict[str, str]:
    """What may be chosen, with its label: the relations the law names, and what a supervisor feels bound by besides."""
    named = law.policy(SUPERVISOR_RECUSAL_RELATIONS)
    return {
        value: label for value, label in Recusal.Ground.choices if value in named or value == Recusal.Ground.INTEREST
    }


@act(
    "personnel.declare_recusal",
    Supervisor,
    by=[
        Role.SUPERVISOR.in_person,
        Role.CENTRE_REVIEWER.of_responsible_office,
        Role.CENTRE_HEAD.of_responsible_office,
    ],
    step=Step(Supervisor.State.APPOINTED, Supervisor.State.SUSPENDED),
    cites=[SUPERVISOR_RECUSAL_RELATIONS],
    clause=SUPERVISOR_RECUSAL_RELATIONS.text.citation,
)
def declare_recusal(doing: Doing[Supervisor], *, institution_id: int, ground: str, note: str = "") -> RecusalDeclared:
    """申报回避。"""
    supervisor = doing.subject
    if ground not in grounds(doing):
        raise refuse(
            "personnel.recusal_ground",
            "请选择回避的事由。",
            field="ground",
            clause=SUPERVISOR_RECUSAL_RELATIONS.text.citation,
            policy=SUPERVISOR_RECUSAL_RELATIONS.key,
            remedy="规定的关系以外，有可能影响公正的，选“其他利害关系”并写明。",
        )
    institution = Institution.objects.filter(pk=institution_id).first()
    if institution is None:
        raise refuse(
            "personnel.recusal_institution",
            "没有这家评价机构。",
            field="institution_id",
            remedy="请从名单中选择评价机构。",
            clause=PRODUCT,
        )
    known = Recusal.objects.filter(supervisor=supervisor, institution=institution, ground=ground).first()
    if known is not None and known.ended_on is None:
        raise refuse(
            "personnel.recusal_known",
            say("对{name}的这项回避已经登记。", name=institution.name),
            field="institution_id",
            remedy="不必重复登记；事由不同的，另选事由。",
            clause=PRODUCT,
        )
    if known is None:
        doing.create(Recusal, supervisor=supervisor, institution=institution, ground=ground, note=note.strip())
    else:
        known.ended_on, known.note = None, note.strip()
        doing.save(known)
    return RecusalDeclared(supervisor.code, institution.pk, ground)


@act(
    "personnel.end_recusal",
    Recusal,
    by=[Role.CENTRE_REVIEWER.of_responsible_office, Role.CENTRE_HEAD.of_responsible_office],
    requires=[rules.recusal_stands],
    clause=SUPERVISOR_RECUSAL_RELATIONS.text.citation,
    danger=True,
)
def end_recusal(doing: Doing[Recusal], *, reason: Reason) -> RecusalEnded:
    """解除回避。

    Only the office ends a recusal: a supervisor cannot decide that nothing stands against them any more.
    """
    recusal = doing.subject
    recusal.ended_on = doing.today
    return RecusalEnded(recusal.supervisor.code, recusal.institution_id, reason)
