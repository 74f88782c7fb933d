"""An institution's administrator invites its clerks: only there, never oneself; who answers for the institution waits for the office."""

from __future__ import annotations

from hengjian.authorities.granting import granted_in_person, may_be_granted, refuse_known, stands_at_once
from hengjian.authorities.inviting import Invited, invited
from hengjian.authorities.models import Seat
from hengjian.authorities.policies import INVITATIONS_PER_HOUR, PASSWORD_LINK_HOURS, SEATS_CONFIRMED
from hengjian.authorities.roles import INSTITUTION_ROLES, Role
from hengjian.institutions.facts import StaffInvited
from hengjian.institutions.models import Institution
from hengjian.institutions.states import InstitutionState
from hengjian.kernel.act import Doing, creates
from hengjian.kernel.arguments import Brief, Line
from hengjian.kernel.asking import Asking
from hengjian.kernel.refusal import PRODUCT, refuse
from hengjian.kernel.restraint import Restraint
from hengjian.kernel.rule import rule
from hengjian.kernel.rule_cases import case


def own_institution_is_registered(asking: Asking[object]) -> bool:
    """Whether the institution of this seat stands in the register."""
    rows = Institution.objects.filter(pk=asking.actor.reach.get("staff") or 0)
    return rows.exclude(state=InstitutionState.WITHDRAWN).exists()


@rule("institutions.own_institution_stands", clause=PRODUCT)
def own_institution_stands(asking: Asking[object]) -> tuple[str, str] | None:
    """本席位的机构在登记之列。"""
    if asking.consulting(own_institution_is_registered):
        return None
    return "本席位的机构已不在登记之列。", "请联系负责机关。"


own_institution_stands.shown_by(
    case("registered", read={own_institution_is_registered: True}),
    case("its takeover was undone", says="不在登记之列", read={own_institution_is_registered: False}),
)


@creates(
    "institutions.invite_staff",
    Seat,
    by=Role.INSTITUTION_ADMINISTRATOR.anywhere,
    requires=[granted_in_person, own_institution_stands],
    cites=[SEATS_CONFIRMED, PASSWORD_LINK_HOURS],
    restraint=[Restraint(per="person", limit=INVITATIONS_PER_HOUR)],
    clause="《技能等级认定试点企业监管服务措施研究》第 3.2 节：谁评价、谁负责、谁发证",
)
def invite_staff(
    doing: Doing[None],
    *,
    role: Line,
    name: Line,
    identity_number: Line,
    phone: Line,
    username: Line,
    mail: Brief = "",
    code: Brief = "",
) -> tuple[Seat, StaffInvited]:
    """邀请本机构人员。

    The institution is the administrator's own and nothing a form could say. `code` is the random part of the link for a first
    password: mailed where there is an address, else handed over by whoever made it; somebody with an account gets none.
    """
    institution = Institution.objects.get(pk=doing.actor.reach["staff"])
    if role not in INSTITUTION_ROLES:
        raise refuse(
            "institutions.seat_role",
            "机构只有列出的几种岗位。",
            field="role",
            remedy="请从列出的岗位中选择。",
            clause=PRODUCT,
        )
    who = Invited(name, identity_number, phone, username, mail, code)
    account = invited(doing, who, institution.area_path, institution.name)
    may_be_granted(doing, account, role, field="identity_number")
    refuse_known(
        Seat.objects.filter(user=account.user_id, role=role, institution_id=institution.pk), field="identity_number"
    )
    seat = doing.create(
        Seat,
        user=account.user,
        role=role,
        institution_id=institution.pk,
        place_name=institution.name,
        area_path=institution.area_path,
        proposed_by=doing.actor.person,
        state=Seat.State.ACTIVE if stands_at_once(doing, role) else Seat.State.PENDING,
    )
    return seat, StaffInvited(role, account.user.name, institution.name)
