"""A supervisor gets a seat: the person of the base says who, and the office that appointed them where."""

from __future__ import annotations

from hengjian.authorities.granting import granted_in_person, granted_to, refuse_known
from hengjian.authorities.models import Seat
from hengjian.authorities.roles import Role
from hengjian.kernel.act import Doing, Step, act
from hengjian.kernel.actor import BY_OPERATOR
from hengjian.kernel.arguments import Key
from hengjian.kernel.refusal import PRODUCT, refuse
from hengjian.kernel.words import say
from hengjian.personnel.facts import SupervisorSeatOpened
from hengjian.personnel.models import Supervisor


@act(
    "personnel.open_supervisor_seat",
    Supervisor,
    by=[Role.CENTRE_REVIEWER.of_responsible_office, BY_OPERATOR],
    step=Step(Supervisor.State.APPOINTED),
    requires=[granted_in_person],
    clause="《技能等级认定试点企业监管服务措施研究》第 3.2.3 节：质量督导员",
)
def open_supervisor_seat(doing: Doing[Supervisor], *, user_id: Key) -> SupervisorSeatOpened:
    """开通督导员席位。

    Two have looked already: the office appointed the supervisor, an administrator opened the account. Both bear one name.
    """
    supervisor = doing.subject
    user = granted_to(doing, user_id, Role.SUPERVISOR)
    if user.name != supervisor.name:
        raise refuse(
            "personnel.seat_of_another",
            say("账号持有人{name}不是督导员{name2}，督导员席位只能由本人担任。", name=user.name, name2=supervisor.name),
            field="user_id",
            remedy="请选择督导员本人的账号；还没有的，先开立账号。",
            clause=PRODUCT,
        )
    refuse_known(Seat.objects.filter(role=Role.SUPERVISOR, person_id=supervisor.pk))
    refuse_known(Seat.objects.filter(role=Role.SUPERVISOR, user=user, office_id=supervisor.office_id))
    office = supervisor.office
    doing.create(
        Seat,
        user=user,
        role=Role.SUPERVISOR,
        office=office,
        person_id=supervisor.pk,
        place_name=office.name,
        area_path=supervisor.area_path,
        proposed_by=doing.actor.person,
    )
    return SupervisorSeatOpened(supervisor.code, user.username)
