"""Who may be given a seat: somebody else, one account for one person, never regulator and regulated at once."""

from __future__ import annotations

from typing import Any

from hengjian.authorities.models import Account, Seat, User
from hengjian.authorities.policies import SEATS_CONFIRMED
from hengjian.authorities.roles import INSTITUTION_ROLES, Role
from hengjian.kernel.act import Doing
from hengjian.kernel.actor import BY_OPERATOR
from hengjian.kernel.asking import Asking
from hengjian.kernel.refusal import PRODUCT, refuse
from hengjian.kernel.rule import rule
from hengjian.kernel.rule_cases import case
from hengjian.kernel.words import listed, say

CLAUSE = "《技能等级认定试点企业监管服务措施研究》第 2.2 节：客观公正"
STANDING = (Seat.State.PENDING, Seat.State.ACTIVE)


def by_a_token(seat: Seat) -> Seat:
    """The seat as a program holds it, for worked cases."""
    seat.by_token = 1
    return seat


@rule("authorities.granted_in_person", clause=PRODUCT)
def granted_in_person(asking: Asking[object]) -> tuple[str, str] | None:
    """席位由人登录办理，不由接口令牌办理。"""
    by_token = getattr(asking.actor, "by_token", None) is not None
    return ("接口令牌不能授予或确认席位。", "请登录网页办理。") if by_token else None


granted_in_person.shown_by(
    case("signed in", actor=Seat(role=Role.ADMINISTRATOR)),
    case("by a program", says="接口令牌不能", actor=by_a_token(Seat(role=Role.ADMINISTRATOR))),
)


def granted_to(doing: Doing[Any], user_id: int, role: str) -> User:
    """The person who is to sit there, or the refusal that says why not."""
    account = Account.objects.select_related("user").filter(user_id=user_id, state=Account.State.OPEN).first()
    actor = doing.actor
    by_installation = actor.role_code == BY_OPERATOR.role_code
    if account is None or not (by_installation or account.area_path.startswith(str(actor.reach.get("area") or "-"))):
        raise refuse(
            "authorities.no_such_user",
            "本辖区没有这个登录账号。",
            field="user_id",
            remedy="请由本辖区的系统管理岗先为其开立账号。",
            clause=PRODUCT,
        )
    may_be_granted(doing, account, role)
    return account.user


def may_be_granted(doing: Doing[Any], account: Account, role: str, field: str = "user_id") -> None:
    """Refuse at `field` what nobody may be given: a seat of one's own making, or on the other side of supervision."""
    if doing.actor.person == f"user:{account.user_id}":
        raise refuse(
            "authorities.grant_to_oneself",
            "不能为自己设置席位，请由另一位有权的人办理。",
            field=field,
            remedy="请另一位有权的人登录后办理。",
            clause=CLAUSE,
        )
    _regulator_or_regulated(account.user_id, role, field)


def _regulator_or_regulated(user_id: int, role: str, field: str) -> None:
    """Whoever supervises has no seat at an institution, and the other way round; a seat that waits counts."""
    held = set(Seat.objects.filter(user=user_id, state__in=STANDING).order_by("id").values_list("role", flat=True))
    own = {item for item in held if (item in INSTITUTION_ROLES) != (role in INSTITUTION_ROLES)}
    if own:
        labels = listed(sorted(str(Role(item).label) for item in own))
        raise refuse(
            "authorities.regulator_and_regulated",
            say("此人已是{labels}，监管方与被监管方的席位不能由同一人担任。", labels=labels),
            field=field,
            clause=CLAUSE,
            remedy="请先撤销其原有席位，或另选他人。",
        )


def stands_at_once(asking: Asking[Any], role: str) -> bool:
    """Whether a seat that an institution's administrator opens needs no second person."""
    return role not in asking.policy(SEATS_CONFIRMED)


def refuse_known(seat: Any, field: str = "user_id") -> None:
    """A seat is held once; one that ended can be opened again."""
    if seat.filter(state__in=STANDING).exists():
        raise refuse(
            "authorities.seat_known",
            "此人在这里已有同样的席位。",
            field=field,
            remedy="请为他人设置，或先撤销原有席位。",
            clause=PRODUCT,
        )
