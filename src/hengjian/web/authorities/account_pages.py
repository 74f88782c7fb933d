"""Accounts: a person's one log-in. Administrators open them, reset passwords and take off lost factors within their area."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import Http404
from django.urls import reverse

from hengjian.authorities.acts.accounts import open_account, reset_password
from hengjian.authorities.lists import ACCOUNTS, AccountRow, administers
from hengjian.authorities.logins import LABELS, parts_of
from hengjian.authorities.models import Account, Seat
from hengjian.authorities.policies import PASSWORD_LINK_HOURS
from hengjian.authorities.roles import Role
from hengjian.authorities.tokens import digest_of
from hengjian.kernel.identity import mask_resident_id
from hengjian.kernel.words import listed, say
from hengjian.web.cases import case_page, course, course_card
from hengjian.web.components import Card, Cell, Chip, Column, Empty, Head, Row, Table, Tone, crumbs, facts
from hengjian.web.listing import show
from hengjian.web.pages import Answer, Desk, Goto, Page, page, page_of
from hengjian.web.performing import act_bar, opening, performing

TONES: Mapping[Account.State, Tone] = {Account.State.OPEN: "good", Account.State.CLOSED: "quiet"}
SEAT_TONES: Mapping[Seat.State, Tone] = {
    Seat.State.PENDING: "warn",
    Seat.State.ACTIVE: "good",
    Seat.State.DECLINED: "quiet",
    Seat.State.ENDED: "quiet",
}


def _administered(desk: Desk) -> Any:
    """The accounts of the administrator's own area; nobody else has these pages."""
    if desk.seat is None or desk.seat.role != Role.ADMINISTRATOR:
        raise Http404
    return desk.visible(Account).select_related("user")


def _chip(state: str) -> Chip:
    return Chip(str(Account.State(state).label), TONES[Account.State(state)])


def seat_chip(state: str) -> Chip:
    return Chip(str(Seat.State(state).label), SEAT_TONES[Seat.State(state)])


@page("people/", "account_list")
def account_list_page(desk: Desk) -> Answer:
    """账号管理。"""
    if not administers(desk.actor):
        raise Http404

    def cells(row: AccountRow) -> Row:
        href = reverse("account", kwargs={"pk": row.account})
        return Row(
            struck=row.state == Account.State.CLOSED,
            cells=[
                Cell(row.name, href=href),
                Cell(row.username, mono=True),
                Cell(row.masked_number, mono=True),
                Cell(chip=_chip(row.state)),
            ],
        )

    return show(
        desk,
        ACCOUNTS,
        cells,
        lead="一人一个账号，按身份证件号码和手机号码认人；能办什么由席位决定。",
        empty=Empty("还没有账号"),
        buttons=opening(desk, "authorities.open_account", "开立账号"),
    )


@page_of(Account, "people/<int:pk>/", "account", "user")
def account_page(desk: Desk, account: Account) -> Answer:
    """One account: who, how they sign in, which seats."""
    _administered(desk)
    opens = [label for label, _ in parts_of([account.user_id])[account.user_id] if label in LABELS.values()]
    seats = desk.visible(Seat).filter(user=account.user_id).order_by("id")
    main: list[Card | None] = [
        Card(
            "账号",
            facts=facts(
                ("姓名", account.user.name),
                ("登录名", Cell(account.user.username, mono=True)),
                ("证件号码", Cell(mask_resident_id(account.identity), mono=True)),
                ("手机号码", Cell(f"{account.phone[:3]}****{account.phone[-4:]}", mono=True)),
                ("第二重验证", listed(opens) or "未设置"),
                ("口令", "已设置" if account.user.has_usable_password() else "未设置，等待本人用链接设置"),
            ),
        ),
        Card(
            "席位",
            flush=True,
            table=Table(
                columns=[Column("岗位"), Column("单位"), Column("状态")],
                empty=Empty("还没有席位"),
                rows=[
                    Row(
                        [
                            Cell(str(Role(seat.role).label), href=reverse("seat", kwargs={"pk": seat.pk})),
                            Cell(seat.place_name),
                            Cell(chip=seat_chip(seat.state)),
                        ],
                    )
                    for seat in seats
                ],
            ),
        ),
    ]
    head = Head(
        account.user.name,
        crumbs=crumbs(("账号", reverse("account_list")), (account.user.username,)),
        chips=[_chip(account.state)],
    )
    return case_page(head, main, [course_card(course(account))], acts=act_bar(desk, account))


@page("people/open/", "open_account", performs=["authorities.open_account"])
def open_account_page(desk: Desk) -> Answer:
    """Open an account for a new person; the link for the first password is shown once."""
    _administered(desk)
    return _with_link(desk, open_account, None)


@page("people/<int:pk>/reset/", "reset_password", performs=["authorities.reset_password"])
def reset_password_page(desk: Desk, pk: int) -> Answer:
    """Reset another's password; the link for the new one is shown once."""
    account = _administered(desk).filter(pk=pk).first()
    if account is None:
        raise Http404
    return _with_link(desk, reset_password, account)


def _with_link(desk: Desk, act: Any, subject: Account | None) -> Answer:
    """The act's form without the link's hash, which is made here; done, the link stands on the page this one time."""
    code = secrets.token_urlsafe(32)
    if desk.post:
        posted = desk.request.POST.copy()
        posted["link_digest"] = digest_of(code)
        desk.request.POST = posted  # type: ignore[assignment]
    answer = performing(desk, act, subject, unasked=("link_digest",))
    if not isinstance(answer, Goto):
        return answer
    hours = desk.asking(subject).policy(PASSWORD_LINK_HOURS)
    return Page(
        "shown_once.html",
        Head("请把链接交给本人", crumbs=crumbs(("账号", reverse("account_list")), ("设置口令的链接",))),
        {
            "lead": "本人打开下面的链接设置口令。请当面或经可靠渠道交给本人，不要用公开的群或邮件发送。",
            "secret": f"{settings.SITE_ADDRESS}{reverse('password_link', kwargs={'code': code})}",
            "warning": say("链接只显示这一次，{hours} 小时内有效，只能用一次；遗失的请重置口令。", hours=hours),
            "back": answer.to,
            "back_label": "看这个账号",
        },
    )
