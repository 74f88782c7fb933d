"""The routed office can be overridden, with a reason that stands beside it (R9)."""

from __future__ import annotations

from hengjian.authorities.models import Office
from hengjian.authorities.roles import Role
from hengjian.institutions.facts import InstitutionReassigned
from hengjian.institutions.models import Institution
from hengjian.institutions.rules import institution_stands
from hengjian.kernel.act import Doing, act
from hengjian.kernel.arguments import Reason
from hengjian.kernel.refusal import PRODUCT, refuse
from hengjian.kernel.words import say


@act(
    "institutions.reassign",
    Institution,
    by=Role.PROVINCE_OFFICER.of_area,
    requires=[institution_stands],
    clause="《技能等级认定试点企业监管服务措施研究》第 2.1 节：属地管理、分级负责",
    danger=True,
)
def reassign(doing: Doing[Institution], *, office_id: int, reason: Reason) -> InstitutionReassigned:
    """改派负责机关。"""
    institution = doing.subject
    office = Office.objects.filter(pk=office_id).first()
    if office is None:
        raise refuse(
            "institutions.office_unknown",
            "没有这个机关。",
            field="office_id",
            remedy="请从所列机关中选择。",
            clause=PRODUCT,
        )
    if office.level == Office.Level.DISTRICT:
        raise refuse(
            "institutions.office_level",
            "负责机关须为省级或市级机关。",
            field="office_id",
            remedy="请从省级和市级机关中选择。",
            clause=PRODUCT,
        )
    if office.pk == institution.office_id:
        raise refuse(
            "institutions.office_same",
            say("{name}已是负责机关。", name=office.name),
            field="office_id",
            remedy="请选择另一机关。",
            clause=PRODUCT,
        )
    before, institution.office = institution.office_id, office
    institution.office_reason = say("改派至{name}：{reason}", name=office.name, reason=reason.strip())
    return InstitutionReassigned(before, office.pk, reason)
