"""A seat is one person in one role at one office or institution; opening and ending it are acts."""

from __future__ import annotations

from datetime import date

from hengjian.authorities.facts import SeatEnded, SeatOpened
from hengjian.authorities.models import Office, Seat, User
from hengjian.authorities.roles import INSTITUTION_ROLES, OFFICE_ROLES, Role
from hengjian.kernel.act import Doing, act, creates
from hengjian.kernel.actor import BY_OPERATOR
from hengjian.kernel.arguments import Reason
from hengjian.kernel.asking import Asking
from hengjian.kernel.refusal import refuse
from hengjian.kernel.rule import rule
from hengjian.kernel.rule_cases import case


@creates("authorities.open_seat", Seat, by=[BY_OPERATOR, Role.ADMINISTRATOR.anywhere])
def open_seat(
    doing: Doing[None],
    *,
    user_id: int,
    role: str,
    office_id: int | None = None,
    institution_id: int | None = None,
    person_id: int | None = None,
    place_name: str = "",
    area_path: str = "",
) -> tuple[Seat, SeatOpened]:
    """设置席位。"""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        raise refuse(
            "authorities.no_such_user", "没有这个登录账号。", field="user_id", remedy="请先建立该人员的登录账号。"
        )
    if role not in Role.values:
        raise refuse("authorities.no_such_role", f"没有“{role}”这个岗位。", field="role", remedy="请从所列岗位中选择。")
    office = Office.objects.select_related("area").filter(pk=office_id).first() if office_id else None
    if role in INSTITUTION_ROLES and not institution_id:
        raise refuse("authorities.seat_needs_institution", "机构岗位须指明评价机构。", field="institution_id")
    if (role in OFFICE_ROLES or role == Role.SUPERVISOR) and office is None:
        raise refuse("authorities.seat_needs_office", "机关岗位须指明所在机关。", field="office_id")
    if role == Role.SUPERVISOR and person_id is None:
        raise refuse("authorities.seat_needs_person", "质量督导员席位须对应人员库中的一人。", field="person_id")
    if office is not None:
        place_name, area_path = office.name, office.area.path
    reach = str(doing.actor.reach.get("area", ""))
    if doing.actor.role_code == Role.ADMINISTRATOR and not area_path.startswith(reach):
        raise refuse("authorities.seat_out_of_area", "只能在本辖区内设置席位。", field="office_id")
    seat = doing.create(
        Seat,
        user=user,
        role=role,
        office=office,
        institution_id=institution_id,
        person_id=person_id,
        place_name=place_name,
        area_path=area_path,
    )
    return seat, SeatOpened(role, place_name, user.name)


@rule("authorities.seat_is_held")
def seat_is_held(asking: Asking[Seat]) -> str | None:
    """席位尚未撤销。"""
    return "这个席位已经撤销。" if asking.subject.ended_on else None


seat_is_held.shown_by(
    case("held", Seat()),
    case("ended", Seat(ended_on=date(2026, 4, 1)), says="已经撤销"),
)


@act(
    "authorities.end_seat",
    Seat,
    by=[BY_OPERATOR, Role.ADMINISTRATOR.of_area],
    requires=[seat_is_held],
    danger=True,
)
def end_seat(doing: Doing[Seat], *, reason: Reason) -> SeatEnded:
    """撤销席位。"""
    doing.subject.ended_on = doing.today
    return SeatEnded(reason, doing.today)
