"""The first administrators: account and seat by acts, and the one-time link with which each sets the own password.

A link is shown before the transaction that makes it valid ends: a run that is killed there has shown one that opens
nothing, and never has a valid one been lost unseen. Two administrators are enough for everybody else to come in by pages, where a
second person confirms; beyond two the installation opens no seat.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from hengjian.authorities.acts.accounts import open_account, reset_password
from hengjian.authorities.acts.open_seat import open_seat
from hengjian.authorities.models import Account, Office, Seat
from hengjian.authorities.roles import Role
from hengjian.authorities.tokens import digest_of
from hengjian.installing.answers import Person
from hengjian.kernel.actor import OPERATOR
from hengjian.kernel.identity import normalise
from hengjian.kernel.refusal import PRODUCT, refuse
from hengjian.kernel.words import say

FIRST = 2  # one proposes, the other confirms
Show = Callable[[str], None]


@dataclass(frozen=True)
class Seated:
    """`link` is empty where the account was there before."""

    username: str
    office: str
    link: str = ""
    new: bool = True


def administrators() -> int:
    """How many people are administrators now."""
    held = Seat.objects.filter(role=Role.ADMINISTRATOR, state=Seat.State.ACTIVE, office__isnull=False)
    return held.values("user_id").distinct().count()


def seat_administrator(person: Person, office: Office, show: Show) -> Seated:
    """Whatever of account and seat is missing. Raises Refused at the field that is wrong."""
    account = Account.objects.select_related("user").filter(user__username__iexact=person.username.strip()).first()
    seats = Seat.objects.filter(role=Role.ADMINISTRATOR, state__in=[Seat.State.ACTIVE, Seat.State.PENDING])
    seat = seats.select_related("office").filter(user_id=account.user_id).first() if account is not None else None
    if account is not None and seat is not None:
        return Seated(account.user.username, seat.place_name, new=False)
    if administrators() >= FIRST:
        raise refuse(
            "installing.administrators_stand",
            say("已有 {first} 位系统管理岗，“{username}”不由安装程序设置。", first=FIRST, username=person.username),
            field="administrators",
            remedy="请由系统管理岗在网页上开立账号、设置席位，另一位确认。",
            clause=PRODUCT,
        )
    if account is not None and account.identity != normalise(person.identity_number):
        raise refuse(
            "installing.username_of_another",
            say("登录名“{username}”已属于另一个人。", username=person.username),
            field="username",
            remedy="请另取一个登录名。",
            clause=PRODUCT,
        )
    code = secrets.token_urlsafe(32) if account is None else ""
    with transaction.atomic():
        if account is None:
            account = open_account(
                OPERATOR,
                username=person.username,
                name=person.name,
                identity_number=person.identity_number,
                phone=person.phone,
                office_id=office.pk,
                link_digest=digest_of(code),
            )
        open_seat(OPERATOR, user_id=account.user_id, role=Role.ADMINISTRATOR.value, office_id=office.pk)
        if code:
            show(_link(code))
    return Seated(account.user.username, office.name, _link(code) if code else "")


def new_link(username: str, show: Show) -> Seated:
    """Another link for somebody who has set no password yet. Raises Refused for everybody else."""
    account = Account.objects.select_related("user").filter(user__username__iexact=username).first()
    if account is None:
        raise refuse(
            "installing.no_such_account",
            say("没有“{username}”这个账号。", username=username),
            field="username",
            remedy="请写安装时给出的登录名。",
            clause=PRODUCT,
        )
    if account.user.has_usable_password():
        raise refuse(
            "installing.password_is_set",
            say("“{username}”已经设置过口令。", username=username),
            remedy="遗失口令的，由另一位系统管理岗在网页上重置。",
            clause=PRODUCT,
        )
    code, reason = secrets.token_urlsafe(32), "安装程序重发设置口令的链接。"
    with transaction.atomic():
        reset_password(OPERATOR, account, reason=reason, link_digest=digest_of(code))
        show(_link(code))
    return Seated(account.user.username, "", _link(code))


def _link(code: str) -> str:
    return f"{settings.SITE_ADDRESS}/password-link/{code}/"
