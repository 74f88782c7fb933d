"""An applicant is registered with exactly one responsible office, routed and explained (R7–R9)."""

from __future__ import annotations

from hengjian.authorities.models import Area, Office
from hengjian.authorities.roles import Role
from hengjian.institutions.facts import ApplicantRegistered
from hengjian.institutions.models import Institution
from hengjian.institutions.policies import (
    CLASSES,
    DELEGATED_LEVELS,
    DIRECTLY_ADMINISTERED,
    FILING_LEVEL,
    ORGANISATION_OF_PROVINCE,
    RESPONSIBLE_LEVEL,
)
from hengjian.institutions.responsibility import NoOffice, OfficeAt, route
from hengjian.kernel.act import Doing, creates
from hengjian.kernel.actor import BY_OPERATOR
from hengjian.kernel.arguments import Line
from hengjian.kernel.identity import check_uscc, normalise
from hengjian.kernel.refusal import refuse
from hengjian.kernel.words import say, words_of

CLAUSE = "《技能等级认定试点企业监管服务措施研究》第 2.1 节：属地管理、分级负责"


@creates(
    "institutions.register_applicant",
    Institution,
    by=[BY_OPERATOR, Role.PROVINCE_OFFICER.anywhere, Role.CENTRE_REVIEWER.anywhere],
    cites=[CLASSES, FILING_LEVEL, DELEGATED_LEVELS, RESPONSIBLE_LEVEL, DIRECTLY_ADMINISTERED, ORGANISATION_OF_PROVINCE],
    clause=CLAUSE,
)
def register_applicant(
    doing: Doing[None],
    *,
    name: Line,
    short_name: Line,
    uscc: str,
    kind: str,
    ownership: str,
    area_code: str,
    address: str,
    filing_level: str = "",
    contact: str = "",
    contact_phone: str = "",
    organisation_code: str = "",
) -> tuple[Institution, ApplicantRegistered]:
    """登记申请机构。"""
    _check_choices(doing, kind, ownership)
    uscc, area = _unregistered(uscc), _area_of(doing, area_code)
    level = _filing_level(doing, filing_level)
    try:
        routing = route(
            level,
            ownership,
            area.path,
            _offices(),
            kind=kind,
            levels=doing.policy(RESPONSIBLE_LEVEL),
            directly_administered=doing.policy(DIRECTLY_ADMINISTERED),
        )
    except NoOffice as missing:
        raise refuse(
            "institutions.no_office",
            words_of(missing),
            field="area_code",
            clause=CLAUSE,
            remedy="请先在该区域设立负责机关，或选择上一级区域。",
        ) from None
    institution = doing.create(
        Institution,
        name=name.strip(),
        short_name=short_name.strip(),
        uscc=uscc,
        kind=kind,
        ownership=ownership,
        filing_level=level,
        area=area,
        area_path=area.path,
        office_id=routing.office_id,
        office_reason=routing.reason,
        address=address,
        contact=contact,
        contact_phone=contact_phone,
        organisation_code=_organisation_code(doing, level, organisation_code),
    )
    return institution, ApplicantRegistered(
        institution.name, uscc, kind, ownership, level, area.path, routing.office_id, routing.reason
    )


def _unregistered(uscc: str) -> str:
    """The credit code as it is kept; refused when it is malformed or known."""
    verdict = check_uscc(uscc)
    if not verdict.ok:
        raise refuse(
            "institutions.uscc_invalid",
            verdict.reason,
            field="uscc",
            clause="GB 32100-2015",
            remedy="请对照营业执照逐位核对。",
        )
    uscc = normalise(uscc)
    if Institution.objects.filter(uscc=uscc).exists():
        raise refuse(
            "institutions.uscc_known",
            "这个统一社会信用代码的机构已经登记。",
            field="uscc",
            remedy="请核对代码；机构已登记的，在其页面上办理。",
        )
    return uscc


def _area_of(doing: Doing[None], area_code: str) -> Area:
    """The area named, if it lies below the seat that registers."""
    area = Area.objects.filter(code=area_code).first()
    if area is None:
        raise refuse(
            "institutions.area_unknown",
            say("没有代码为 {area_code} 的监管区域。", area_code=area_code),
            field="area_code",
            remedy="请从所列区域中选择。",
        )
    if not area.path.startswith(str(doing.actor.reach.get("area", ""))):
        raise refuse(
            "institutions.area_foreign",
            say("{name}不在本席位的辖区内。", name=area.name),
            field="area_code",
            remedy="请选择本辖区内的区域，或请所在地机关登记。",
        )
    return area


def _check_choices(doing: Doing[None], kind: str, ownership: str) -> None:
    if kind not in Institution.Kind.values or kind not in doing.policy(CLASSES):
        raise refuse(
            "institutions.kind",
            "请选择机构类别。",
            field="kind",
            clause=CLASSES.text.citation,
            policy=CLASSES.key,
            remedy=say("类别为{classes}之一。", classes="、".join(doing.policy(CLASSES).values())),
        )
    if ownership not in Institution.Ownership.values:
        raise refuse("institutions.ownership", "请选择隶属关系。", field="ownership")


def _filing_level(doing: Doing[None], asked: str) -> str:
    level = asked or doing.policy(FILING_LEVEL)
    if level not in Institution.FilingLevel.values:
        raise refuse("institutions.filing_level", "请选择备案层级。", field="filing_level")
    allowed = {"ministry", doing.policy(FILING_LEVEL), *doing.policy(DELEGATED_LEVELS)}
    if level not in allowed:
        raise refuse(
            "institutions.filing_not_delegated",
            "备案没有下放到这一级。",
            field="filing_level",
            clause=DELEGATED_LEVELS.text.citation,
            policy=DELEGATED_LEVELS.key,
            remedy="请选择已下放的备案层级，或由上级机关办理。",
        )
    return level


def _organisation_code(doing: Doing[None], level: str, asked: str) -> str:
    """The ministry gives its own four digits; whoever is first filed with a province has the province's fixed ones."""
    of_province = doing.policy(ORGANISATION_OF_PROVINCE)
    if level != Institution.FilingLevel.MINISTRY:
        return of_province
    if not (len(asked) == 4 and asked.isascii() and asked.isdigit()) or asked == of_province:
        raise refuse(
            "institutions.organisation_code",
            "部级备案机构须填写部里给定的四位评价机构代码。",
            field="organisation_code",
            clause=ORGANISATION_OF_PROVINCE.text.citation,
            policy=ORGANISATION_OF_PROVINCE.key,
        )
    return asked


def _offices() -> list[OfficeAt]:
    rows = Office.objects.select_related("area").order_by("area__path")
    return [OfficeAt(row.pk, row.name, row.level, row.area.path) for row in rows]
