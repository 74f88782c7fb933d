"""The tokens of one's own seat: opened here and shown once, named, with their last use, ended here."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from hengjian.authorities.acts.tokens import open_token
from hengjian.authorities.lists import TOKENS, TokenRow, minute, token_row
from hengjian.authorities.queries import expires_of, last_use
from hengjian.authorities.scopes import in_words
from hengjian.authorities.tokens import ApiToken, a_new_token, digest_of
from hengjian.kernel import clock
from hengjian.kernel.words import say
from hengjian.web.cases import case_page, course, course_card
from hengjian.web.components import Card, Cell, Chip, Empty, Go, Head, Row, crumbs, facts
from hengjian.web.listing import show
from hengjian.web.pages import Answer, Desk, Goto, Page, page, page_of
from hengjian.web.performing import act_bar, opening, performing

NEVER = "从未使用"


def _chip(row: TokenRow) -> Chip:
    return Chip(row.state_label, "good" if row.state == ApiToken.State.OPEN else "quiet")


@page("tokens/", "token_list")
def token_list_page(desk: Desk) -> Answer:
    """接口令牌。"""

    def cells(row: TokenRow) -> Row:
        href = reverse("token", kwargs={"pk": row.token})
        return Row(
            struck=row.state == ApiToken.State.ENDED,
            cells=[
                Cell(row.label, href=href, note=row.seat_label),
                Cell(row.scope_label, second=True),
                Cell(minute(row.last_used_at) or NEVER),
                Cell(f"{row.expires_at.astimezone(clock.ZONE):%Y-%m-%d}"),
                Cell(chip=_chip(row)),
            ],
        )

    return show(
        desk,
        TOKENS,
        cells,
        lead="让本席位的程序经接口办理和查询：不超出签发时勾选的范围，其余与本席位在页面上一样，每次办理都存证。",
        empty=Empty("还没有令牌", "需要与单位的业务系统对接时签发。"),
        buttons=[
            *opening(desk, "authorities.open_token", "签发令牌"),
            Go("接口说明", href=reverse("api_guide")),
        ],
    )


@page_of(ApiToken, "tokens/<int:pk>/", "token", "seat", "seat__user")
def token_page(desk: Desk, token: ApiToken) -> Answer:
    """One token: for what, until when, last used."""
    head = Head(
        token.label,
        crumbs=crumbs(("接口令牌", reverse("token_list")), (token.label,)),
        chips=[_chip(token_row(desk.asking(None), token))],
    )
    pairs: list[tuple[str, Any]] = [
        ("席位", token.seat.label),
        ("范围", in_words(token.scope)),
        ("签发", minute(token.made_at)),
        ("到期", minute(token.expires_at)),
        ("最近使用", minute(last_use(desk.actor, token.pk)) or NEVER),
    ]
    if token.ended_at:
        pairs.append(("终止", minute(token.ended_at)))
    return case_page(head, [Card("令牌", facts=facts(*pairs))], [course_card(course(token))], acts=act_bar(desk, token))


@page("tokens/open/", "open_token", performs=["authorities.open_token"])
def open_token_page(desk: Desk) -> Answer:
    """Open a token; its text stands on the page this one time."""
    text = a_new_token()
    if desk.post:
        posted = desk.request.POST.copy()
        posted["digest"] = digest_of(text)
        desk.request.POST = posted  # type: ignore[assignment]
    answer = performing(desk, open_token, None, unasked=("digest",))
    if not isinstance(answer, Goto):
        return answer
    return Page(
        "shown_once.html",
        Head("令牌已签发", crumbs=crumbs(("接口令牌", reverse("token_list")), ("签发",))),
        {
            "lead": "请现在复制到要对接的系统中，随请求头 Authorization: Bearer 一起发送。",
            "secret": text,
            "warning": say(
                "令牌只显示这一次，系统里只存它的散列；{day}到期。遗失的请终止后重新签发。",
                day=minute(expires_of(digest_of(text))),
            ),
            "back": reverse("token_list"),
            "back_label": "看全部令牌",
        },
    )
