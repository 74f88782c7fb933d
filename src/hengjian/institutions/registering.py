"""What holds of whoever is registered, one by one or by a whole table: code, class, territory, level, office (R7–R9)."""

from __future__ import annotations

from hengjian.authorities.models import Area, Office
from hengjian.institutions.models import Institution
from hengjian.institutions.policies import (
    CLASSES,
    DELEGATED_LEVELS,
    DIRECTLY_ADMINISTERED,
    FILING_LEVEL,
    ORGANISATION_OF_PROVINCE,
    RESPONSIBLE_LEVEL,
)
from hengjian.institutions.responsibility import NoOffice, OfficeAt, Routing, route
from hengjian.institutions.states import InstitutionState
from hengjian.kernel.asking import Asking
from hengjian.kernel.identity import check_uscc, normalise
from hengjian.kernel.refusal import PRODUCT, refuse
from hengjian.kernel.words import say, words_of

CLAUSE = "《技能等级认定试点企业监管服务措施研究》第 2.1 节：属地管理、分级负责"


def well_formed(uscc: str) -> str:
    """The credit code as it is kept; refused when its check digit or form is wrong."""
    verdict = check_uscc(uscc)
    if not verdict.ok:
        raise refuse(
            "institutions.uscc_invalid",
            verdict.reason,
            field="uscc",
            clause="GB 32100-2015",
            remedy="请对照营业执照逐位核对。",
        )
    return normalise(uscc)


def is_registered(uscc: str) -> bool:
    """Whether an institution of this code stands in the register."""
    return Institution.objects.filter(uscc=uscc).exclude(state=InstitutionState.WITHDRAWN).exists()


def unregistered(uscc: str) -> str:
    """The credit code as it is kept; refused when it is malformed or known."""
    uscc = well_formed(uscc)
    if is_registered(uscc):
        raise refuse(
            "institutions.uscc_known",
            "这个统一社会信用代码的机构已经登记。",
            field="uscc",
            remedy="请核对代码；机构已登记的，在其页面上办理。",
            clause=PRODUCT,
        )
    return uscc


def any_area(area_code: str) -> Area:
    """The area named, wherever it lies below the province."""
    area = Area.objects.filter(code=area_code).first()
    if area is None:
        raise refuse(
            "institutions.area_unknown",
            say("没有代码为 {area_code} 的监管区域。", area_code=area_code),
            field="area_code",
            remedy="请从所列区域中选择。",
            clause=PRODUCT,
        )
    return area


def area_of(asking: Asking[None], area_code: str) -> Area:
    """The area named, if it lies below the seat that registers."""
    area = any_area(area_code)
    if not area.path.startswith(str(asking.actor.reach.get("area", ""))):
        raise refuse(
            "institutions.area_foreign",
            say("{name}不在本席位的辖区内。", name=area.name),
            field="area_code",
            remedy="请选择本辖区内的区域，或请所在地机关登记。",
            clause=PRODUCT,
        )
    return area


def check_choices(asking: Asking[None], kind: str, ownership: str) -> None:
    if kind not in Institution.Kind.values or kind not in asking.policy(CLASSES):
        raise refuse(
            "institutions.kind",
            "请选择机构类别。",
            field="kind",
            clause=CLASSES.text.citation,
            policy=CLASSES.key,
            remedy=say("类别为{classes}之一。", classes="、".join(asking.policy(CLASSES).values())),
        )
    if ownership not in Institution.Ownership.values:
        raise refuse(
            "institutions.ownership",
            "请选择隶属关系。",
            field="ownership",
            remedy="请从列出的选项中选择一项。",
            clause=PRODUCT,
        )


def filing_level_of(asking: Asking[None], asked: str) -> str:
    level = asked or asking.policy(FILING_LEVEL)
    if level not in Institution.FilingLevel.values:
        raise refuse(
            "institutions.filing_level",
            "请选择备案层级。",
            field="filing_level",
            remedy="请从列出的选项中选择一项。",
            clause=PRODUCT,
        )
    allowed = {"ministry", asking.policy(FILING_LEVEL), *asking.policy(DELEGATED_LEVELS)}
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


def organisation_code_of(asking: Asking[None], level: str, asked: str) -> str:
    """The ministry gives its own four digits; whoever is first filed with a province has the province's fixed ones."""
    of_province = asking.policy(ORGANISATION_OF_PROVINCE)
    if level != Institution.FilingLevel.MINISTRY:
        return of_province
    if not (len(asked) == 4 and asked.isascii() and asked.isdigit()) or asked == of_province:
        raise refuse(
            "institutions.organisation_code",
            "部级备案机构须填写部里给定的四位评价机构代码。",
            field="organisation_code",
            clause=ORGANISATION_OF_PROVINCE.text.citation,
            policy=ORGANISATION_OF_PROVINCE.key,
            remedy="请按人社部给定的代码填写；还没有代码的，先向部里申请。",
        )
    return asked


def routed(asking: Asking[None], level: str, ownership: str, area: Area, kind: str) -> Routing:
    """The one responsible office, and why; refused at the area where there is none."""
    try:
        return route(
            level,
            ownership,
            area.path,
            offices(),
            kind=kind,
            levels=asking.policy(RESPONSIBLE_LEVEL),
            directly_administered=asking.policy(DIRECTLY_ADMINISTERED),
        )
    except NoOffice as missing:
        raise refuse(
            "institutions.no_office",
            words_of(missing),
            field="area_code",
            clause=CLAUSE,
            remedy="请先在该区域设立负责机关，或选择上一级区域。",
        ) from None


def offices() -> list[OfficeAt]:
    rows = Office.objects.select_related("area").order_by("area__path")
    return [OfficeAt(row.pk, row.name, row.level, row.area.path) for row in rows]
