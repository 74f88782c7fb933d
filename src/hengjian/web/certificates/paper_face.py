"""The face of a certificate: which of its fields the law of the day of issue asks for, and what stands in each (R62)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
OPTIONAL = ("省级查询网址",)


@dataclass(frozen=True, slots=True)
class PaperLine(Component):
    label: str
    text: str
    mono: bool


@dataclass(frozen=True, slots=True)
class PaperFace(Component):
    """What is printed on the sheet, in the words and order of the law. `shows` names the fields with a place of their own;
    `unknown` are fields the law asks for and this sheet has no place for: then nothing is printed."""

    lines: Sequence[PaperLine]
    shows: Mapping[str, bool]
    unknown: Sequence[str]
    institution: str
    issued: str
    void: bool
    title: str
    supervised: bool
    certificate_address: str
    institution_address: str


def face_of(paper: CertificatePaper, law: Law) -> PaperFace:
    """`law` is that of the day of issue: what was printed then is printed again."""
    required, optional = law.policy(REQUIRED_FIELDS), law.policy(OPTIONAL_FIELDS)
    texts = {
        "姓名": paper.name,
        "证件类型": gettext(paper.document_type),
        "证件号码": paper.document_number,
        "职业名称": paper.occupation_name,
        "工种/职业方向": paper.trade,
        "职业技能等级": paper.level_text.replace("/", " / "),
        "证书编号": paper.spaced_number,
    }
    addresses = law.policy(QUERY_ADDRESSES)
    return PaperFace(
        lines=[PaperLine(name, texts[name], name in MONO) for name in required if name in LINES and texts[name]],
        shows={PLACES[name]: name in (*required, *optional) for name in (*PLACED, *OPTIONAL)},
        unknown=[name for name in required if name not in (*LINES, *PLACED)],
        institution=paper.institution,
        issued=day(paper.issued_on),
        void=paper.state == Certificate.State.REVOKED,
        title=gettext(law.policy(CERTIFICATE_NAME)),
        supervised=law.policy(GOVERNMENT_SUPERVISES),
        certificate_address=addresses["certificate"],
        institution_address=addresses["institution"],
    )


# The names by which the template asks for them.
PLACES: Mapping[str, str] = {
    "证书名称": "title",
    "证书正文": "body",
    "评价机构名称": "institution",
    "发证日期": "issued",
    "照片": "photo",
    "二维码": "code",
    "证书查询网址": "certificate_address",
    "机构查询网址": "institution_address",
    "省级查询网址": "own_address",
}
