"""A person is one account: opened by an administrator for a new person, found again by identity number and phone.

Whoever resets another's password or takes off a lost factor could sign in as that person. Seats of regulators held by the
account therefore wait for a second person's confirmation again, as when they were opened.
"""

from __future__ import annotations

from allauth.mfa.models import Authenticator

from hengjian.authorities.facts import AccountClosed, AccountOpened, AccountRestored, FactorsRemoved, PasswordReset
from hengjian.authorities.logins import LABELS, login_digest
from hengjian.authorities.models import Account, Office, Seat
from hengjian.authorities.opening import link_of, new_account
from hengjian.authorities.policies import PASSWORD_LINK_HOURS
from hengjian.authorities.roles import OFFICE_ROLES, Role
from hengjian.kernel.act import Doing, Step, act, creates
from hengjian.kernel.actor import BY_OPERATOR, OPERATOR, Impersonal
from hengjian.kernel.arguments import Key, Line, Reason
from hengjian.kernel.asking import Asking
from hengjian.kernel.refusal import PRODUCT, refuse
from hengjian.kernel.rule import rule
from hengjian.kernel.rule_cases import case

BY_ADMINISTRATOR = [Role.ADMINISTRATOR.administering, BY_OPERATOR]


def _person(who: str) -> Impersonal:
    return Impersonal("seat:1", "示例机关·系统管理岗", str(Role.ADMINISTRATOR), person=who)


def factors_of_account(account: Account) -> int:
    """How many factors and sets of recovery codes the account has."""
    found: int = Authenticator.objects.filter(user_id=account.user_id).count()
    return found


@rule("authorities.account_of_another", clause=PRODUCT)
def account_of_another(asking: Asking[Account]) -> tuple[str, str] | None:
    """账号由本人以外的系统管理岗办理。

    Nobody lets oneself in again past the second person.
    """
    own = asking.actor.person == f"user:{asking.subject.user_id}"
    return ("不能对自己的账号办理。", "请由另一位系统管理岗办理。") if own else None


account_of_another.shown_by(
    case("another's", Account(user_id=7), actor=_person("user:1")),
    case("the own", Account(user_id=7), says="自己的账号", actor=_person("user:7")),
)


@rule("authorities.account_has_factors", clause=PRODUCT)
def account_has_factors(asking: Asking[Account]) -> tuple[str, str] | None:
    """账号设置了第二重验证。"""
    if asking.reading(factors_of_account):
        return None
    return "这个账号没有设置第二重验证。", "不需要解除；本人登录后可以设置。"


account_has_factors.shown_by(
    case("one", Account(), read={factors_of_account: 1}),
    case("none", Account(), says="没有设置", read={factors_of_account: 0}),
)


@creates("authorities.open_account", Account, by=BY_ADMINISTRATOR, cites=[PASSWORD_LINK_HOURS])
def open_account(
    doing: Doing[None],
    *,
    username: Line,
    name: Line,
    identity_number: Line,
    phone: Line,
    office_id: Key,
    link_digest: str = "",
) -> tuple[Account, AccountOpened]:
    """开立账号。

    `link_digest` is the SHA-256 of the one-time link with which the person sets a password; without it one is made by
    resetting the password.
    """
    office = Office.objects.select_related("area").filter(pk=office_id).first()
    reach = "" if doing.actor is OPERATOR else str(doing.actor.reach.get("seats") or "-")
    if office is None or not office.area.path.startswith(reach):
        raise refuse(
            "authorities.office_out_of_area",
            "只能为本辖区的机关开立账号。",
            field="office_id",
            remedy="请从本辖区的机关中选择；其他辖区的由当地系统管理岗办理。",
            clause=PRODUCT,
        )
    account = new_account(
        doing,
        username=username,
        name=name,
        identity_number=identity_number,
        phone=phone,
        area_path=office.area.path,
        link_digest=link_digest,
    )
    return account, AccountOpened(account.user.username, account.user.name, office.name)


@act(
    "authorities.reset_password",
    Account,
    by=BY_ADMINISTRATOR,
    step=Step(Account.State.OPEN),
    requires=[account_of_another],
    cites=[PASSWORD_LINK_HOURS],
    danger=True,
)
def reset_password(doing: Doing[Account], *, reason: Reason, link_digest: Line) -> PasswordReset:
    """重置口令。

    The old password and every session end; the person sets a new one with the link.
    """
    account = doing.subject
    account.user.set_unusable_password()
    account.user.save(update_fields=["password"])
    link = link_of(doing, link_digest)
    account.link_digest, account.link_until = link["link_digest"], link["link_until"]
    account.login_digest = login_digest(account.user_id)
    return PasswordReset(account.user.username, reason, _confirm_again(doing, account))


@act(
    "authorities.remove_factors",
    Account,
    by=BY_ADMINISTRATOR,
    step=Step(Account.State.OPEN),
    requires=[account_of_another, account_has_factors],
    danger=True,
)
def remove_factors(doing: Doing[Account], *, reason: Reason) -> FactorsRemoved:
    """解除第二重验证。

    For a lost device: every factor and recovery code of the account goes; a seat that needs one waits until it is set up
    anew.
    """
    account = doing.subject
    factors = Authenticator.objects.filter(user_id=account.user_id)
    kinds = tuple(LABELS[kind] for kind in factors.order_by("id").values_list("type", flat=True))
    factors.delete()
    account.login_digest = login_digest(account.user_id)
    return FactorsRemoved(account.user.username, kinds, reason, _confirm_again(doing, account))


@act(
    "authorities.close_account",
    Account,
    by=BY_ADMINISTRATOR,
    step=Step(Account.State.OPEN, to=Account.State.CLOSED),
    requires=[account_of_another],
    danger=True,
)
def close_account(doing: Doing[Account], *, reason: Reason) -> AccountClosed:
    """停用账号。

    Sessions and tokens end with it; seats stay and rest.
    """
    account = doing.subject
    _set_active(account, active=False)
    account.closed_on = doing.today
    return AccountClosed(account.user.username, reason)


@act(
    "authorities.restore_account",
    Account,
    by=BY_ADMINISTRATOR,
    step=Step(Account.State.CLOSED, to=Account.State.OPEN),
    requires=[account_of_another],
)
def restore_account(doing: Doing[Account], *, reason: Reason) -> AccountRestored:
    """恢复账号。"""
    account = doing.subject
    _set_active(account, active=True)
    account.closed_on = None
    return AccountRestored(account.user.username, reason)


def _set_active(account: Account, *, active: bool) -> None:
    account.user.is_active = active
    account.user.save(update_fields=["is_active"])
    account.login_digest = login_digest(account.user_id)


def _confirm_again(doing: Doing[Account], account: Account) -> int:
    """Regulators' seats of the account wait for a second person; the installation's own resets are its beginning."""
    if doing.actor is OPERATOR:
        return 0
    roles = [role.value for role in OFFICE_ROLES]
    seats = Seat.objects.filter(user_id=account.user_id, role__in=roles, state=Seat.State.ACTIVE)
    waiting = list(seats.order_by("id"))
    for seat in waiting:
        seat.state, seat.proposed_by = Seat.State.PENDING, doing.actor.person
        doing.save(seat)
    return len(waiting)
