"""Certificates issued before this system, under whatever coding, are taken over from a table; nothing is claimed of how they came about."""

from __future__ import annotations

from hengjian.authorities.roles import Role
from hengjian.certificates import coding, identity, policies
from hengjian.certificates.facts import CertificatesTakenOver
from hengjian.certificates.marking import named
from hengjian.certificates.models import EarlierCertificate, EarlierMark
from hengjian.certificates.takeover_reading import highest_serials, numbers_here, read_certificates
from hengjian.institutions.models import Takeover
from hengjian.institutions.policies import TAKEOVER_UNDO_HOURS
from hengjian.institutions.taking import Line, Read, digest_of, opened_takeover, registered_meanwhile, table_of
from hengjian.kernel import marks, numbering
from hengjian.kernel.act import Doing, creates
from hengjian.kernel.arguments import UploadId
from hengjian.kernel.asking import Asking
from hengjian.rosters.identity import masked_name, masked_number, person_number

CLAUSE = "《技能等级认定试点企业监管服务措施研究》第 3.3 节（备案后数据上网）"


def read_table(asking: Asking[None], *, upload_id: int) -> Read:
    """The upload as it would be taken over, and the rows made of it; raises `Refused` with the first error."""
    taking, files = table_of(asking, upload_id, read_certificates)
    empty_trade = asking.policy(policies.EMPTY_TRADE_TEXT)
    return Read(taking, tuple(_certificate(line, empty_trade) for line in taking.fresh), files=files)


@creates(
    "certificates.take_over_certificates",
    Takeover,
    by=[Role.CENTRE_REVIEWER.anywhere, Role.CENTRE_HEAD.anywhere],
    cites=[*coding.LAYOUT, policies.EMPTY_TRADE_TEXT, policies.SERIAL_RESTARTS_PER, TAKEOVER_UNDO_HOURS],
    before=read_table,
    clause=CLAUSE,
)
def take_over_certificates(doing: Doing[None], *, upload_id: UploadId) -> tuple[Takeover, CertificatesTakenOver]:
    """承接已发证书。

    They can be checked from then on, as taken over by this office. Our own numbering goes on behind the highest serial brought along.
    """
    lines: list[Line] = doing.prepared.taking.fresh
    rows: tuple[EarlierCertificate, ...] = doing.prepared.rows
    numbers = [row.number for row in rows]
    if numbers_here(numbers):
        raise registered_meanwhile("读取以后，表中有证书编号已经在册，没有承接。")
    takeover = opened_takeover(doing, Takeover.Kind.CERTIFICATES, upload_id, doing.prepared.taking)
    for row in rows:
        row.takeover, row.office_id, row.area_path = takeover, takeover.office_id, takeover.area_path
        row.office_name = takeover.office.name
    doing.bulk(EarlierCertificate, rows)
    marks.write(EarlierMark, map(named, rows))
    for name, highest in highest_serials(doing, lines, doing.policy(policies.SERIAL_RESTARTS_PER)).items():
        if highest > numbering.last_of(name):
            numbering.take(doing, name, highest - numbering.last_of(name))
    return takeover, CertificatesTakenOver(len(rows), takeover.known, takeover.sha256, digest_of(numbers))


def _certificate(line: Line, empty_trade: str) -> EarlierCertificate:
    number, name = line.made["scheme"].value, line.value("name")
    document, kind = line.made["document_number"], line.made["document_type"]
    return EarlierCertificate(
        number=number,
        scheme=line.made["scheme"].name,
        institution_id=line.made["institution"],
        institution_name=line.value("issuer"),
        name=name,
        masked_name=masked_name(name),
        name_index=identity.name_index(name),
        document_number=document,
        document_index=identity.document_index(kind, document),
        masked_number=masked_number(document),
        document_tail=identity.tail_index(number, document),
        occupation_code=line.value("occupation_code") or "",
        occupation_name=line.value("occupation_name"),
        trade=line.value("trade") or empty_trade,
        level=line.value("level"),
        issued_on=line.value("issued_on"),
        person_key=person_number(kind, document),
    )
