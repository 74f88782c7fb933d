"""A person of an institution gets a seat there; name and area of the seat come from the institution, not from a form."""

from __future__ import annotations

from hengjian.authorities.models import Seat, User
from hengjian.authorities.roles import INSTITUTION_ROLES, Role
from hengjian.institutions.facts import InstitutionSeatOpened
from hengjian.institutions.models import Institution
from hengjian.kernel.act import Doing, act
from hengjian.kernel.refusal import refuse


@act(
    "institutions.open_institution_seat",
    Institution,
    by=[Role.CENTRE_REVIEWER.of_responsible_office, Role.ADMINISTRATOR.of_area],
    clause="《技能等级认定试点企业监管服务措施研究》第 3.2 节：谁评价、谁负责、谁发证",
)
def open_institution_seat(doing: Doing[Institution], *, user_id: int, role: str) -> InstitutionSeatOpened:
    """开通机构席位。"""
    institution = doing.subject
    if role not in INSTITUTION_ROLES:
        raise refuse(
            "institutions.seat_role",
            "机构席位只有机构经办人和评价负责人两种。",
            field="role",
            remedy="请选择机构经办人或评价负责人。",
        )
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        raise refuse(
            "authorities.no_such_user", "没有这个登录账号。", field="user_id", remedy="请先建立该人员的登录账号。"
        )
    if Seat.objects.filter(user=user, role=role, institution_id=institution.pk).exists():
        raise refuse(
            "institutions.seat_known",
            "这个账号在本机构已有同样的席位。",
            field="user_id",
            remedy="请为其他账号开设，或选择另一岗位。",
        )
    doing.create(
        Seat,
        user=user,
        role=role,
        institution_id=institution.pk,
        place_name=institution.name,
        area_path=institution.area_path,
    )
    return InstitutionSeatOpened(role, user.name)
