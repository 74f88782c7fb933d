"""What a holder changes about the own log-in is an act: the password, the factors, an identity from outside."""

from __future__ import annotations

from django.contrib.auth.hashers import identify_hasher

from hengjian.authorities.facts import LoginChanged, PasswordChanged
from hengjian.authorities.logins import login_digest
from hengjian.authorities.models import Account
from hengjian.authorities.roles import BY_HOLDER
from hengjian.kernel.act import Doing, Step, act
from hengjian.kernel.actor import BY_OPERATOR
from hengjian.kernel.arguments import Line
from hengjian.kernel.refusal import PRODUCT, refuse


@act("authorities.change_password", Account, by=[BY_HOLDER, BY_OPERATOR], step=Step(Account.State.OPEN))
def change_password(doing: Doing[Account], *, encoded: Line) -> PasswordChanged:
    """更改口令。

    `encoded` is the salted hash as it is stored; the password itself stays at the door. A link that was open is spent.
    """
    try:
        identify_hasher(encoded)
    except ValueError:
        raise refuse(
            "authorities.password_encoded",
            "口令须先加盐散列。",
            field="encoded",
            remedy="口令由网页或安装命令加盐散列，请从那里办理。",
            clause=PRODUCT,
        ) from None
    account = doing.subject
    account.user.password = encoded
    account.user.save(update_fields=["password"])
    account.link_digest, account.link_until = "", None
    account.login_digest = login_digest(account.user_id)
    return PasswordChanged(account.user.username)


@act("authorities.record_login_change", Account, by=BY_HOLDER, step=Step(Account.State.OPEN))
def record_login_change(doing: Doing[Account], *, added: tuple[str, ...], removed: tuple[str, ...]) -> LoginChanged:
    """变更登录方式。

    Performed in the transaction in which the library wrote the factor or identity (`web.own_login`).
    """
    account = doing.subject
    account.login_digest = login_digest(account.user_id)
    return LoginChanged(account.user.username, added, removed)
