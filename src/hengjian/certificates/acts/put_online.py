"""After filing the centre puts the records online: from then on the public finds the certificate (R59)."""

from __future__ import annotations

import hashlib

from hengjian.authorities.roles import Role
from hengjian.certificates import rules
from hengjian.certificates.facts import CertificatesPutOnline
from hengjian.certificates.models import Certificate
from hengjian.kernel.act import Doing, Step, on_many
from hengjian.kernel.facts import canonical


@on_many(
    "certificates.put_online",
    Certificate,
    by=Role.CENTRE_REVIEWER.of_responsible_office,
    step=Step(Certificate.State.ISSUED),
    requires=[rules.not_online_yet],
    clause=rules.ONLINE,
    seals_at_once="certificate",
)
def put_online(doing: Doing[Certificate]) -> CertificatesPutOnline:
    """数据上网。"""
    for certificate in doing.subjects:
        certificate.online_on = doing.today
    numbers = sorted(certificate.number for certificate in doing.subjects)
    return CertificatesPutOnline(len(numbers), hashlib.sha256(canonical(numbers)).hexdigest())
