"""A seat's holder opens tokens for the seat's own programs and ends them; an administrator of the area may end one too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated

from pydantic import Field

from hengjian.authorities.facts import TokenEnded, TokenOpened
from hengjian.authorities.granting import by_a_token
from hengjian.authorities.models import Seat
from hengjian.authorities.roles import Role
from hengjian.authorities.scopes import offered
from hengjian.authorities.tokens import ApiToken, a_new_token, digest_of
from hengjian.kernel.act import Doing, Step, act, creates
from hengjian.kernel.actor import BY_OPERATOR
from hengjian.kernel.arguments import Line, Reason
from hengjian.kernel.asking import Asking
from hengjian.kernel.policy import Policy
from hengjian.kernel.refusal import PRODUCT, refuse
from hengjian.kernel.rule import rule
from hengjian.kernel.rule_cases import case
from hengjian.kernel.words import say

TOKEN_DAYS = Policy("accounts.api_token_days", int)
Scope = Annotated[tuple[Line, ...], Field(min_length=1, max_length=400)]
Days = Annotated[int, Field(ge=1, le=3660)]
DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


@rule("authorities.token_by_token", clause=PRODUCT)
def opened_in_person(asking: Asking[object]) -> tuple[str, str] | None:
    """接口令牌由本人登录签发。"""
    by_token = getattr(asking.actor, "by_token", None) is not None
    return ("令牌不能签发令牌。", "请登录网页办理。") if by_token else None


opened_in_person.shown_by(
    case("signed in", actor=Seat(role=Role.CLERK)),
    case("by a program", says="令牌不能签发令牌", actor=by_a_token(Seat(role=Role.CLERK))),
)


@creates(
    "authorities.open_token",
    ApiToken,
    by=[role.of_own_seat for role in Role],
    requires=[opened_in_person],
    cites=[TOKEN_DAYS],
)
def open_token(
    doing: Doing[None], *, label: Line, scope: Scope, digest: Line, days: Days | None = None
) -> tuple[ApiToken, TokenOpened]:
    """签发接口令牌。

    `digest` is the SHA-256 of a token of at least 32 random bytes: the token itself never reaches the log or a table. `scope`
    names what it may do, `days` how long, at most as long as the policy says.
    """
    seat = doing.actor
    assert isinstance(seat, Seat), "no other actor has a seat of its own"
    possible = {word for word, _ in offered(seat.role)}
    foreign = [word for word in scope if word not in possible]
    if foreign:
        raise refuse(
            "authorities.token_scope",
            say("本席位的令牌没有“{word}”这一项。", word=foreign[0]),
            field="scope",
            remedy="请从列出的各项中选择。",
            clause=PRODUCT,
        )
    most = doing.policy(TOKEN_DAYS)
    if days is not None and days > most:
        raise refuse(
            "authorities.token_days",
            say("令牌的有效期最多 {most} 日。", most=most),
            field="days",
            policy=TOKEN_DAYS.key,
            remedy="请填写较短的天数，到期前重新签发。",
        )
    if not DIGEST.fullmatch(digest):
        raise refuse(
            "authorities.token_digest",
            "令牌的散列应为 64 位小写十六进制数。",
            field="digest",
            remedy="散列由签发令牌的网页算出，请从那里办理。",
            clause=PRODUCT,
        )
    if ApiToken.objects.filter(digest=digest).exists():
        raise refuse(
            "authorities.token_known",
            "这个令牌已经签发过，请重新生成。",
            field="digest",
            remedy="请重新打开页面，另生成一个令牌。",
            clause=PRODUCT,
        )
    expires_at = doing.now + timedelta(days=days or most)
    words = list(dict.fromkeys(scope))
    token = doing.create(
        ApiToken, seat=seat, label=label, digest=digest, scope=words, made_at=doing.now, expires_at=expires_at
    )
    return token, TokenOpened(token.label, expires_at.date(), tuple(words))


@act(
    "authorities.end_token",
    ApiToken,
    by=[*(role.of_own_seat for role in Role), Role.ADMINISTRATOR.administering, BY_OPERATOR],
    step=Step(ApiToken.State.OPEN, to=ApiToken.State.ENDED),
    danger=True,
)
def end_token(doing: Doing[ApiToken], *, reason: Reason) -> TokenEnded:
    """终止接口令牌。"""
    doing.subject.ended_at = doing.now
    return TokenEnded(doing.subject.label, reason)


def issue(seat: Seat, label: str, *, key: str = "", scope: Sequence[str] = (), days: int | None = None) -> str:
    """Open a token for this seat, for all its programs could do unless less is named; its text is told here and never again."""
    text = a_new_token()
    words = tuple(scope or (word for word, _ in offered(seat.role)))
    open_token.once(key)(seat, label=label, scope=words, digest=digest_of(text), days=days)
    return text
