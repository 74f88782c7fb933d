"""What can happen to a filed institution: suspended, resumed, ended (R10, R22)."""

from __future__ import annotations

from hengjian.authorities.roles import Role
from hengjian.institutions.facts import InstitutionEnded, InstitutionResumed, InstitutionSuspended
from hengjian.institutions.models import Institution
from hengjian.institutions.policies import REAPPLY_BAR_MONTHS, REVOCATION_GROUNDS
from hengjian.institutions.states import InstitutionState
from hengjian.kernel.act import Doing, Step, act
from hengjian.kernel.arguments import Line, Reason
from hengjian.kernel.refusal import refuse
from hengjian.kernel.spans import after_months
from hengjian.kernel.words import say
from hengjian.messages.declared import Notify

CLAUSE = "《技能等级认定试点企业监管服务措施研究》第 2.3 节：定期的检查和监督"


@act(
    "institutions.suspend",
    Institution,
    by=Role.CENTRE_HEAD.of_responsible_office,
    step=Step(InstitutionState.FILED, to=InstitutionState.SUSPENDED),
    clause=CLAUSE,
    danger=True,
    notify=[
        Notify(
            "institutions.suspended",
            [Role.CLERK.of_own_institution, Role.RESPONSIBLE_PERSON.of_own_institution],
            "暂停认定",
            lambda institution, fact: say("{name}已被暂停认定，恢复前不得组织考试。", name=institution.name),
            claims=(InstitutionState.SUSPENDED,),
            urgent=True,
        )
    ],
)
def suspend(doing: Doing[Institution], *, reason: Reason, basis: Line) -> InstitutionSuspended:
    """暂停认定。"""
    return InstitutionSuspended(reason, basis)


@act(
    "institutions.resume",
    Institution,
    by=Role.CENTRE_HEAD.of_responsible_office,
    step=Step(InstitutionState.SUSPENDED, to=InstitutionState.FILED),
    clause=CLAUSE,
)
def resume(doing: Doing[Institution], *, reason: Reason) -> InstitutionResumed:
    """恢复认定。"""
    return InstitutionResumed(reason)


@act(
    "institutions.end",
    Institution,
    by=Role.CENTRE_HEAD.of_responsible_office,
    step=Step(InstitutionState.FILED, InstitutionState.SUSPENDED, to=InstitutionState.ENDED),
    cites=[REVOCATION_GROUNDS, REAPPLY_BAR_MONTHS],
    clause=REVOCATION_GROUNDS.text.citation,
    danger=True,
)
def end_institution(doing: Doing[Institution], *, reason: Reason, basis: Line, ground: str = "") -> InstitutionEnded:
    """终止备案。

    With a ground of revocation the institution may not apply again for the time the policy says; without, it ends at
    its own wish or because it no longer assesses.
    """
    institution = doing.subject
    if ground:
        if ground not in doing.policy(REVOCATION_GROUNDS):
            raise refuse(
                "institutions.revocation_ground",
                say("“{ground}”不在取消备案的情形之列。", ground=ground),
                field="ground",
                clause=REVOCATION_GROUNDS.text.citation,
                policy=REVOCATION_GROUNDS.key,
                remedy="请从规定的情形中选择。",
            )
        institution.barred_until = after_months(doing.today, doing.policy(REAPPLY_BAR_MONTHS))
    return InstitutionEnded(reason, ground, (basis,), institution.barred_until)
