"""Where a person is reached: changed by the holder, confirmed by whoever reads the mail there; and a password link by mail.

A link by mail changes nothing until it is used: whoever asks for another's cannot lock the owner out, and what it opens is
one page on which a new password is set. A seat that needs a second factor still needs it.
"""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner

from hengjian.authorities.contacts import mail_of
from hengjian.authorities.facts import ContactChanged, MailConfirmed, PasswordLinkSent
from hengjian.authorities.models import Account
from hengjian.authorities.opening import PHONE
from hengjian.authorities.policies import PASSWORD_LINK_HOURS, PASSWORD_RESETS_PER_HOUR
from hengjian.authorities.roles import BY_HOLDER
from hengjian.authorities.tokens import digest_of
from hengjian.kernel.act import Doing, Step, act
from hengjian.kernel.actor import By, Impersonal
from hengjian.kernel.arguments import Brief, Line
from hengjian.kernel.asking import Asking
from hengjian.kernel.identity import normalise
from hengjian.kernel.refusal import PRODUCT, refuse
from hengjian.kernel.restraint import Restraint
from hengjian.kernel.rule import rule
from hengjian.kernel.rule_cases import case
from hengjian.kernel.sealed import blind_index
from hengjian.kernel.words import say
from hengjian.messages.enclosing import enclose

CODE = re.compile(r"[A-Za-z0-9_-]{32,128}", re.ASCII)
# The entrance acts for whoever stands before it and is not signed in; no program and no seat can take its place.
DOOR = Impersonal("door", "登录入口", "door")
BY_DOOR = By("door", "登录入口")
_signer = TimestampSigner(sep=".", salt="authorities.confirm_mail")


@rule("authorities.mail_is_confirmed", clause=PRODUCT)
def mail_is_confirmed(asking: Asking[Account]) -> tuple[str, str] | None:
    """账号有经确认的电子邮箱。"""
    found = asking.subject
    if found.mail and found.mail_confirmed_at:
        return None
    return "这个账号没有经确认的电子邮箱。", "请联系系统管理岗重置口令。"


mail_is_confirmed.shown_by(
    case("none", Account(mail=""), says="没有经确认的电子邮箱"),
    case("not confirmed", Account(mail="wang@unit.example"), says="没有经确认的电子邮箱"),
    case("confirmed", Account(mail="wang@unit.example", mail_confirmed_at=datetime(2026, 3, 2, tzinfo=UTC))),
)


@act(
    "authorities.change_contact",
    Account,
    by=BY_HOLDER,
    step=Step(Account.State.OPEN),
    cites=[PASSWORD_LINK_HOURS],
    restraint=[Restraint(per="person", limit=PASSWORD_RESETS_PER_HOUR)],
)
def change_contact(doing: Doing[Account], *, phone: Line, mail: Brief = "") -> ContactChanged:
    """更改联系方式。

    A new address is written to and counts once whoever reads there has confirmed it.
    """
    account = doing.subject
    number = PHONE.fullmatch(normalise(phone))
    if number is None:
        raise refuse(
            "authorities.phone",
            "手机号码应为 1 开头的 11 位数字。",
            field="phone",
            remedy="请核对手机号码后重新填写。",
            clause=PRODUCT,
        )
    index = blind_index(number[1], "authorities_account.phone")
    if Account.objects.filter(phone_index=index).exclude(pk=account.pk).exists():
        raise refuse(
            "authorities.phone_known",
            "这个手机号码已属于另一个账号。",
            field="phone",
            remedy="请填写本人的手机号码。",
            clause=PRODUCT,
        )
    address = mail_of(mail)
    moved = address != account.mail
    changed = (*(("手机号码",) if number[1] != account.phone else ()), *(("电子邮箱",) if moved else ()))
    account.phone, account.phone_index = number[1], index
    if moved:
        account.mail, account.mail_confirmed_at = address, None
        if address:
            enclose(
                person=f"user:{account.user_id}",
                template="authorities.confirm_mail",
                cause=f"account:{account.pk}:mail:{account.revision}",
                title="确认电子邮箱",
                text=say("请登录后打开邮件中的链接确认；{hours} 小时内有效。", hours=doing.policy(PASSWORD_LINK_HOURS)),
                enclosed=f"{settings.SITE_ADDRESS}/profile/mail/{_token(account)}/",
                to=address,
                now=doing.now,
            )
    return ContactChanged(account.user.username, changed)


@act("authorities.confirm_mail", Account, by=BY_HOLDER, step=Step(Account.State.OPEN), cites=[PASSWORD_LINK_HOURS])
def confirm_mail(doing: Doing[Account], *, token: Line) -> MailConfirmed:
    """确认电子邮箱。"""
    account = doing.subject
    hours = doing.policy(PASSWORD_LINK_HOURS)
    try:
        fits = _signer.unsign(token, max_age=timedelta(hours=hours)) == _mark(account)
    except BadSignature:
        fits = False
    if not fits or not account.mail:
        raise refuse(
            "authorities.mail_link",
            "这个确认链接不正确、已过期，或者邮箱后来又改了。",
            field="token",
            remedy="请在“我的资料”中重新保存邮箱，再用新邮件中的链接确认。",
            clause=PRODUCT,
        )
    account.mail_confirmed_at = doing.now
    return MailConfirmed(account.user.username)


@act(
    "authorities.send_password_link",
    Account,
    by=BY_DOOR,
    step=Step(Account.State.OPEN),
    requires=[mail_is_confirmed],
    cites=[PASSWORD_LINK_HOURS],
    restraint=[Restraint(per="subject", limit=PASSWORD_RESETS_PER_HOUR)],
)
def send_password_link(doing: Doing[Account], *, code: Line) -> PasswordLinkSent:
    """经电子邮箱发送设置口令的链接。

    `code` is 32 random bytes; what is kept of it is its hash, and the letter until it has left.
    """
    if not CODE.fullmatch(code):
        raise refuse(
            "authorities.link_code", "链接的随机码不正确。", field="code", remedy="请重新申请链接。", clause=PRODUCT
        )
    account = doing.subject
    hours = doing.policy(PASSWORD_LINK_HOURS)
    account.link_digest, account.link_until = digest_of(code), doing.now + timedelta(hours=hours)
    enclose(
        person=f"user:{account.user_id}",
        template="authorities.password_link",
        cause=f"account:{account.pk}:link:{account.link_digest}",
        title="设置口令",
        text=say(
            "有人为您的账号申请重新设置口令，链接已发到您的邮箱，{hours} 小时内有效。不是您申请的，不必理会，原口令不变。",
            hours=hours,
        ),
        enclosed=f"{settings.SITE_ADDRESS}/password-link/{code}/",
        to=account.mail,
        now=doing.now,
    )
    return PasswordLinkSent(account.user.username)


def _mark(account: Account) -> str:
    """Stands for this account with this address."""
    return hashlib.sha256(f"{account.pk}:{account.mail}".encode()).hexdigest()


def _token(account: Account) -> str:
    return _signer.sign(_mark(account))
