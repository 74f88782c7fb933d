"""Somebody is invited by name, identity number and phone: found again if they have an account, else one is opened for them.

Whoever has an account keeps its log-in: an invitation gives nobody a link to an account that exists.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from hengjian.authorities.contacts import mail_of
from hengjian.authorities.models import Account
from hengjian.authorities.opening import PHONE, new_account
from hengjian.authorities.policies import PASSWORD_LINK_HOURS
from hengjian.authorities.tokens import digest_of
from hengjian.kernel.act import Doing
from hengjian.kernel.identity import normalise
from hengjian.kernel.refusal import PRODUCT, refuse
from hengjian.kernel.sealed import blind_index
from hengjian.kernel.words import say
from hengjian.messages.enclosing import enclose


@dataclass(frozen=True)
class Invited:
    """Who is invited; `code` is the random part of the link with which they set a first password, sent to `mail` if there is one."""

    name: str
    identity_number: str
    phone: str
    username: str
    mail: str = ""
    code: str = ""


def a_link_code() -> str:
    """32 random bytes."""
    return secrets.token_urlsafe(32)


def invited(doing: Doing[Any], who: Invited, area_path: str, place: str) -> Account:
    """The account of this person, open; `place` is where they are invited to, for the letter."""
    index = blind_index(normalise(who.identity_number), "authorities_account.identity")
    known = Account.objects.select_related("user").filter(identity_index=index).order_by("pk").first()
    if known is not None:
        return _known(known, who)
    mail = mail_of(who.mail)
    account = new_account(
        doing,
        username=who.username,
        name=who.name,
        identity_number=who.identity_number,
        phone=who.phone,
        area_path=area_path,
        link_digest=digest_of(who.code) if who.code else "",
        mail=mail,
    )
    if mail and who.code:
        hours = doing.policy(PASSWORD_LINK_HOURS)
        enclose(
            person=f"user:{account.user_id}",
            template="authorities.invitation",
            cause=f"account:{account.pk}:invited",
            title="账号已开立",
            text=say(
                "{place}为您开立了账号。请打开链接设置口令，登录名写在打开的页面上；{hours} 小时内有效。",
                place=place,
                hours=hours,
            ),
            enclosed=f"{settings.SITE_ADDRESS}/password-link/{who.code}/",
            to=mail,
            now=doing.now,
        )
    return account


def _known(account: Account, who: Invited) -> Account:
    phone = PHONE.fullmatch(normalise(who.phone))
    if account.user.name != who.name.strip() or phone is None or phone[1] != account.phone:
        raise refuse(
            "authorities.person_differs",
            "姓名、手机号码与这个身份证件号码的账号不符。",
            field="identity_number",
            remedy="请与本人逐项核对；资料有变化的，先由本人在“我的资料”中更改，或由系统管理岗核对。",
            clause=PRODUCT,
        )
    if account.state != Account.State.OPEN:
        raise refuse(
            "authorities.account_is_closed",
            "此人的账号已停用。",
            field="identity_number",
            remedy="请联系所在地机关的系统管理岗。",
            clause=PRODUCT,
        )
    return account
