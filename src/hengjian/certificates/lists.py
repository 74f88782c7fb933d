"""The list of certificates for their issuer and the office; masked, because a list is read over shoulders."""

from __future__ import annotations

from typing import Any

from hengjian.authorities.lists import office_filter
from hengjian.certificates.models import Certificate, EarlierCertificate
from hengjian.certificates.queries import STANDINGS, CertificateRow, EarlierRow, certificate_row, earlier_row
from hengjian.kernel.asking import Asking
from hengjian.kernel.disclosure import disclosed
from hengjian.kernel.listing import Choice, Days, ListColumn, Listing, Of


def _certificates(asking: Asking[None]) -> Any:
    return disclosed(Certificate, asking.actor).defer("name", "document_number")


def _standing(rows: Any, value: str, today: object) -> Any:
    if value == "revoked":
        return rows.filter(state=Certificate.State.REVOKED)
    return rows.filter(state=Certificate.State.ISSUED, online_on__isnull=value == "offline")


CERTIFICATES = Listing(
    "certificates",
    "证书",
    CertificateRow,
    rows=_certificates,
    row=lambda asking, found: certificate_row(found),
    key="certificate",
    columns=[
        ListColumn("持证人", "masked_name"),
        ListColumn("证书编号", "number", "number"),
        ListColumn("职业与等级", "occupation", "occupation_name"),
        ListColumn("评价机构", "institution", "institution_name"),
        ListColumn("发证日期", "issued_on", "issued_on"),
        ListColumn("状态", "standing_label"),
    ],
    search=("number", "occupation_name", "institution_name", "masked_name"),
    hint="编号、职业或机构",
    filters=[
        Choice("state", "状态", tuple(STANDINGS.items()), narrow=_standing),
        office_filter("office_id"),
        Days("issued", "发证日期", "issued_on"),
        Of("sheet", "成绩单", "score__sheet"),
    ],
    more=[
        ListColumn("等级", "level_text"),
        ListColumn("证件号码（遮盖）", "masked_number"),
        ListColumn("上网日期", "online_on"),
    ],
)


def _earlier(asking: Asking[None]) -> Any:
    return disclosed(EarlierCertificate, asking.actor).defer("name", "document_number")


EARLIER = Listing(
    "earlier_certificates",
    "承接的证书",
    EarlierRow,
    rows=_earlier,
    row=lambda asking, found: earlier_row(found),
    key="certificate",
    columns=[
        ListColumn("持证人", "masked_name"),
        ListColumn("证书编号", "number", "number"),
        ListColumn("职业", "occupation", "occupation_name"),
        ListColumn("等级", "level_text", "level"),
        ListColumn("发证机构", "institution", "institution_name"),
        ListColumn("发证日期", "issued_on", "issued_on"),
        ListColumn("承接机关", "taken_over_by"),
        ListColumn("状态", "state_label", "state"),
    ],
    search=("number", "occupation_name", "institution_name", "masked_name"),
    hint="编号、职业或机构",
    filters=[
        Choice("state", "状态", [(item.value, str(item.label)) for item in EarlierCertificate.State], "state"),
        office_filter("office_id"),
        Days("issued", "发证日期", "issued_on"),
    ],
)
