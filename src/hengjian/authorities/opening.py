"""A log-in for a person nobody has opened one for yet: who they are is checked, whoever opens it.

Found again are people by identity number; an account already there is never given another link by whoever knows the number.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError

from hengjian.authorities.logins import login_digest
from hengjian.authorities.models import Account, User
from hengjian.authorities.policies import PASSWORD_LINK_HOURS
from hengjian.kernel.act import Doing
from hengjian.kernel.asking import Asking
from hengjian.kernel.identity import check_resident_id, normalise
from hengjian.kernel.refusal import PRODUCT, refuse
from hengjian.kernel.sealed import blind_index

DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
PHONE = re.compile(r"(?:\+?86)?(1[0-9]{10})", re.ASCII)
LOWEST_USERNAME = 2


def new_account(
    doing: Doing[Any],
    *,
    username: str,
    name: str,
    identity_number: str,
    phone: str,
    area_path: str,
    link_digest: str,
    mail: str = "",
) -> Account:
    """The account of a new person, with the one-time link that sets its first password where there is one."""
    number, number_index = identity_of(doing, identity_number)
    told, phone_index = phone_of(phone)
    user = User(username=username_of(username), name=name.strip(), password=make_password(None))
    user.save(force_insert=True)
    return doing.create(
        Account,
        user=user,
        area_path=area_path,
        identity=number,
        identity_index=number_index,
        phone=told,
        phone_index=phone_index,
        mail=mail,
        login_digest=login_digest(user.pk),
        **link_of(doing, link_digest),
    )


def username_of(username: str) -> str:
    name = username.strip()
    try:
        UnicodeUsernameValidator()(name)
    except ValidationError:
        name = ""
    if len(name) < LOWEST_USERNAME:
        raise refuse(
            "authorities.username",
            "登录名须为两个以上字母、数字或 @ . + - _，不含空格。",
            field="username",
            remedy="请改正登录名，例如 zhang.san。",
            clause=PRODUCT,
        )
    if User.objects.filter(username__iexact=name).exists():
        raise refuse(
            "authorities.username_known",
            "这个登录名已有人使用。",
            field="username",
            remedy="请另取一个登录名。",
            clause=PRODUCT,
        )
    return name


def resident_number(asking: Asking[Any], value: str) -> str:
    """An identity number as it is kept; refused when it cannot be one. Whether it is known is not asked."""
    number = normalise(value)
    verdict = check_resident_id(number, today=asking.today)
    if not verdict.ok:
        raise refuse(
            "authorities.identity_number",
            verdict.reason,
            field="identity_number",
            remedy="请对照证件核对号码。",
            clause="GB 11643—1999《公民身份号码》",
        )
    return number


def phone_as_kept(value: str) -> str:
    """A mobile number in eleven digits, however it was written."""
    found = PHONE.fullmatch(normalise(value))
    if found is None:
        raise refuse(
            "authorities.phone",
            "手机号码应为 1 开头的 11 位数字。",
            field="phone",
            remedy="请核对手机号码后重新填写。",
            clause=PRODUCT,
        )
    return found[1]


def identity_of(doing: Doing[Any], value: str) -> tuple[str, bytes]:
    number = resident_number(doing, value)
    index = blind_index(number, "authorities_account.identity")
    if Account.objects.filter(identity_index=index).exists():
        raise refuse(
            "authorities.person_known",
            "这个身份证件号码已有账号。",
            field="identity_number",
            remedy="一人一个账号：请为已有账号设置席位，遗失口令的请重置口令。",
            clause=PRODUCT,
        )
    return number, index


def phone_of(value: str) -> tuple[str, bytes]:
    number = phone_as_kept(value)
    index = blind_index(number, "authorities_account.phone")
    if Account.objects.filter(phone_index=index).exists():
        raise refuse(
            "authorities.phone_known",
            "这个手机号码已属于另一个账号。",
            field="phone",
            remedy="请填写本人的手机号码；同一人用原有账号。",
            clause=PRODUCT,
        )
    return number, index


def link_of(doing: Doing[Any], digest: str) -> dict[str, Any]:
    if not digest:
        return {"link_digest": "", "link_until": None}
    if not DIGEST.fullmatch(digest):
        raise refuse(
            "authorities.link_digest",
            "链接的散列应为 64 位小写十六进制数。",
            field="link_digest",
            remedy="散列由生成链接的网页算出，请从那里办理。",
            clause=PRODUCT,
        )
    return {"link_digest": digest, "link_until": doing.now + timedelta(hours=doing.policy(PASSWORD_LINK_HOURS))}
