"""A certificate found void is revoked with its ground; the number is never used again."""

from __future__ import annotations

from hengjian.authorities.roles import Role
from hengjian.certificates import policies, rules
from hengjian.certificates.facts import CertificateRevoked
from hengjian.certificates.models import Certificate
from hengjian.kernel.act import Doing, Step, act
from hengjian.kernel.arguments import Reason
from hengjian.kernel.refusal import refuse
from hengjian.kernel.words import listed, say
from hengjian.messages.declared import Notify


@act(
    "certificates.revoke_certificate",
    Certificate,
    by=[Role.RESPONSIBLE_PERSON.of_own_institution, Role.CENTRE_HEAD.of_responsible_office],
    step=Step(Certificate.State.ISSUED, to=Certificate.State.REVOKED),
    cites=[policies.REVOCATION_GROUNDS],
    clause=rules.RESPONSIBLE,
    danger=True,
    seals_at_once="certificate",
    notify=[
        Notify(
            "certificates.revoked",
            [
                Role.CLERK.of_own_institution,
                Role.RESPONSIBLE_PERSON.of_own_institution,
                Role.CENTRE_REVIEWER.of_responsible_office,
            ],
            "证书已注销",
            lambda certificate, fact: say("证书 {number} 已注销。", number=certificate.number),
            claims=(Certificate.State.REVOKED,),
        )
    ],
)
def revoke_certificate(doing: Doing[Certificate], *, ground: str, reason: Reason) -> CertificateRevoked:
    """注销证书。"""
    grounds = doing.policy(policies.REVOCATION_GROUNDS)
    if ground not in grounds:
        raise refuse(
            "certificates.revocation_ground",
            say("注销的情形应为{grounds}之一。", grounds=listed(grounds)),
            field="ground",
            policy=policies.REVOCATION_GROUNDS.key,
            remedy="请从列出的选项中选择一项。",
        )
    certificate = doing.subject
    certificate.revoked_on = doing.today
    certificate.revoked_reason = say("{ground}：{reason}", ground=ground, reason=reason.strip())
    return CertificateRevoked(certificate.number, ground, reason.strip())
