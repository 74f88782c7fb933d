"""A seat is one person in one role at one office or institution; opening, confirming and ending it are acts.

A seat of a regulator is proposed by one administrator and confirmed by a second one or by the office's head: whoever opens
seats does not by that alone decide who regulates. Seats of institutions and of supervisors are opened in their rooms.
"""

from __future__ import annotations

from datetime import date

from hengjian.authorities.facts import SeatConfirmed, SeatDeclined, SeatEnded, SeatOpened
from hengjian.authorities.granting import CLAUSE, granted_in_person, granted_to, refuse_known
from hengjian.authorities.models import Office, Seat
from hengjian.authorities.roles import OFFICE_ROLES, Role
from hengjian.kernel.act import Doing, Step, act, creates
from hengjian.kernel.actor import BY_OPERATOR, Impersonal
from hengjian.kernel.arguments import Key, Line, Reason
from hengjian.kernel.asking import Asking
from hengjian.kernel.refusal import PRODUCT, refuse
from hengjian.kernel.rule import rule
from hengjian.kernel.rule_cases import case


@creates(
    "authorities.open_seat",
    Seat,
    by=[BY_OPERATOR, Role.ADMINISTRATOR.anywhere],
    requires=[granted_in_person],
    clause=CLAUSE,
)
def open_seat(doing: Doing[None], *, user_id: Key, role: Line, office_id: Key) -> tuple[Seat, SeatOpened]:
    """设置机关席位。

    The place's name and area are the office's. It stands once a second person has confirmed it; the installation's first
    seats stand at once.
    """
    if role not in OFFICE_ROLES:
        raise refuse(
            "authorities.no_such_role",
            "机关席位只有机关的岗位；机构席位在机构页面开通，督导员席位在督导员页面开通。",
            field="role",
            remedy="请从机关的岗位中选择。",
            clause=PRODUCT,
        )
    office = Office.objects.select_related("area").filter(pk=office_id).first()
    by_installation = doing.actor.role_code == BY_OPERATOR.role_code
    reach = "" if by_installation else str(doing.actor.reach.get("area") or "-")
    if office is None or not office.area.path.startswith(reach):
        raise refuse(
            "authorities.seat_out_of_area",
            "只能在本辖区的机关设置席位。",
            field="office_id",
            remedy="请从本辖区的机关中选择；其他辖区的由当地系统管理岗办理。",
            clause=PRODUCT,
        )
    user = granted_to(doing, user_id, role)
    refuse_known(Seat.objects.filter(user=user, role=role, office=office))
    seat = doing.create(
        Seat,
        user=user,
        role=role,
        office=office,
        place_name=office.name,
        area_path=office.area.path,
        proposed_by=doing.actor.person,
        state=Seat.State.ACTIVE if by_installation else Seat.State.PENDING,
    )
    return seat, SeatOpened(role, office.name, user.name)


def _person(who: str) -> Impersonal:
    return Impersonal("seat:1", "示例机关·系统管理岗", str(Role.ADMINISTRATOR), person=who)


@rule("authorities.seat_by_a_second_person", clause=CLAUSE)
def by_a_second_person(asking: Asking[Seat]) -> tuple[str, str] | None:
    """席位由提出人和本人以外的第二人确认。

    Neither whoever proposed the seat or let its holder in again, from whatever seat of theirs, nor whoever is to hold it.
    """
    seat = asking.subject
    if asking.actor.person in (seat.proposed_by, f"user:{seat.user_id}"):
        return "提出人和本人不能确认这个席位。", "请由另一位系统管理岗或中心负责人办理；同一人换用其他席位不算。"
    return None


by_a_second_person.shown_by(
    case("another administrator", Seat(user_id=7, proposed_by="user:1"), actor=_person("user:2")),
    case("whoever proposed it", Seat(user_id=7, proposed_by="user:1"), says="提出人和本人", actor=_person("user:1")),
    case("whoever is to hold it", Seat(user_id=7, proposed_by="user:1"), says="提出人和本人", actor=_person("user:7")),
)

SECOND = [Role.ADMINISTRATOR.of_area, Role.CENTRE_HEAD.of_responsible_office]


@act(
    "authorities.confirm_seat",
    Seat,
    by=SECOND,
    step=Step(Seat.State.PENDING, to=Seat.State.ACTIVE),
    requires=[by_a_second_person, granted_in_person],
    clause=CLAUSE,
    turn=True,
)
def confirm_seat(doing: Doing[Seat]) -> SeatConfirmed:
    """确认席位。"""
    seat = doing.subject
    seat.confirmed_by = doing.actor.person
    return SeatConfirmed(seat.role, seat.place_name, seat.user.name)


@act(
    "authorities.decline_seat",
    Seat,
    by=SECOND,
    step=Step(Seat.State.PENDING, to=Seat.State.DECLINED),
    requires=[by_a_second_person, granted_in_person],
    clause=CLAUSE,
    danger=True,
)
def decline_seat(doing: Doing[Seat], *, reason: Reason) -> SeatDeclined:
    """不予确认席位。"""
    doing.subject.ended_on = doing.today
    return SeatDeclined(doing.subject.role, doing.subject.place_name, reason)


@rule("authorities.seat_is_held", clause=PRODUCT)
def seat_is_held(asking: Asking[Seat]) -> tuple[str, str] | None:
    """席位尚未撤销。"""
    if asking.subject.ended_on is None:
        return None
    return "这个席位已经撤销。", "还需要这个席位的，请另行设置。"


seat_is_held.shown_by(
    case("held", Seat()),
    case("ended", Seat(ended_on=date(2026, 4, 1)), says="已经撤销"),
)


@act(
    "authorities.end_seat",
    Seat,
    by=[BY_OPERATOR, Role.ADMINISTRATOR.of_area, Role.INSTITUTION_ADMINISTRATOR.of_own_staff],
    requires=[seat_is_held],
    danger=True,
)
def end_seat(doing: Doing[Seat], *, reason: Reason) -> SeatEnded:
    """撤销席位。"""
    doing.subject.state = Seat.State.ENDED
    doing.subject.ended_on = doing.today
    return SeatEnded(reason, doing.today)
