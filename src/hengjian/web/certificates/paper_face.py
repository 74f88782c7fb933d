"""The face of a certificate: which of its fields the law of the day of issue asks for, and what stands in each (R62)."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

from django.utils.translation import gettext

from hengjian.certificates.models import Certificate
from hengjian.certificates.policies import (
    CERTIFICATE_NAME,
    GOVERNMENT_SUPERVISES,
    OPTIONAL_FIELDS,
    QUERY_ADDRESSES,
    REQUIRED_FIELDS,
)
from hengjian.certificates.queries import CertificatePaper
from hengjian.kernel.law import Law
from hengjian.web.components import Component
from hengjian.web.parts import day

# What stands in a row of its own: the field of the law → what is printed for it.
LINES = ("姓名", "证件类型", "证件号码", "职业名称", "工种/职业方向", "职业技能等级", "证书编号")
MONO = ("证件号码", "证书编号")
# What has its own place on the sheet.
PLACED = ("证书名称", "证书正文", "评价机构名称", "发证日期", "照片", "二维码", "证书查询网址", "机构查询网址")


@dataclass(frozen=True, slots=True)
class PaperLine(Component):
    label: str
    text: str
    mono: bool


@dataclass(frozen=True, slots=True)
class PaperPlaces(Component):
    """Which of the fields with a place of their own are printed."""

    title: bool
    body: bool
    institution: bool
    issued: bool
    photo: bool
    code: bool
    certificate_address: bool
    institution_address: bool
    own_address: bool


@dataclass(frozen=True, slots=True)
class PaperFace(Component):
    """What is printed on the sheet, in the words and order of the law."""

    lines: Sequence[PaperLine]
    shows: PaperPlaces
    institution: str
    issued: str
    void: bool
    title: str
    supervised: bool
    certificate_address: str
    institution_address: str


def without_place(law: Law) -> list[str]:
    """Fields the law asks for and this sheet has no place for: then nothing is printed."""
    return [name for name in law.policy(REQUIRED_FIELDS) if name not in (*LINES, *PLACED)]


def face_of(paper: CertificatePaper, law: Law) -> PaperFace:
    """`law` is that of the day of issue: what was printed then is printed again."""
    required = law.policy(REQUIRED_FIELDS)
    stored = (
        paper.name,
        gettext(paper.document_type) if paper.document_type else "",
        paper.document_number,
        paper.occupation_name,
        paper.trade,
        paper.level_text.replace("/", " / "),
        paper.spaced_number,
    )
    texts = dict(zip(LINES, stored, strict=True))
    addresses = law.policy(QUERY_ADDRESSES)
    return PaperFace(
        lines=[PaperLine(name, texts[name], name in MONO) for name in required if name in LINES and texts[name]],
        shows=_places({*required, *law.policy(OPTIONAL_FIELDS)}),
        institution=paper.institution,
        issued=day(paper.issued_on),
        void=paper.state == Certificate.State.REVOKED,
        title=gettext(law.policy(CERTIFICATE_NAME)),
        supervised=law.policy(GOVERNMENT_SUPERVISES),
        certificate_address=addresses["certificate"],
        institution_address=addresses["institution"],
    )


def _places(fields: Set[str]) -> PaperPlaces:
    return PaperPlaces(
        title="证书名称" in fields,
        body="证书正文" in fields,
        institution="评价机构名称" in fields,
        issued="发证日期" in fields,
        photo="照片" in fields,
        code="二维码" in fields,
        certificate_address="证书查询网址" in fields,
        institution_address="机构查询网址" in fields,
        own_address="省级查询网址" in fields,
    )
