"""A person of an institution gets a seat there; name and area of the seat come from the institution, not from a form."""

from __future__ import annotations

from hengjian.authorities.granting import granted_in_person, granted_to, refuse_known
from hengjian.authorities.models import Seat
from hengjian.authorities.roles import INSTITUTION_ROLES, Role
from hengjian.institutions.facts import InstitutionSeatOpened
from hengjian.institutions.models import Institution
from hengjian.institutions.rules import institution_stands
from hengjian.kernel.act import Doing, act
from hengjian.kernel.actor import BY_OPERATOR
from hengjian.kernel.arguments import Key, Line
from hengjian.kernel.refusal import PRODUCT, refuse


@act(
    "institutions.open_institution_seat",
    Institution,
    by=[Role.CENTRE_REVIEWER.of_responsible_office, Role.ADMINISTRATOR.of_area, BY_OPERATOR],
    requires=[granted_in_person, institution_stands],
    clause="《技能等级认定试点企业监管服务措施研究》第 3.2 节：谁评价、谁负责、谁发证",
)
def open_institution_seat(doing: Doing[Institution], *, user_id: Key, role: Line) -> InstitutionSeatOpened:
    """开通机构席位。"""
    institution = doing.subject
    if role not in INSTITUTION_ROLES:
        raise refuse(
            "institutions.seat_role",
            "机构席位只有机构经办人、评价负责人和机构管理员三种。",
            field="role",
            remedy="请从列出的岗位中选择。",
            clause=PRODUCT,
        )
    user = granted_to(doing, user_id, role)
    refuse_known(Seat.objects.filter(user=user, role=role, institution_id=institution.pk))
    doing.create(
        Seat,
        user=user,
        role=role,
        institution_id=institution.pk,
        place_name=institution.name,
        area_path=institution.area_path,
        proposed_by=doing.actor.person,
    )
    return InstitutionSeatOpened(role, user.name)
