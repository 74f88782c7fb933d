"""A seat's holder opens tokens for the seat's own programs and ends them; an administrator of the area may end one too."""

from __future__ import annotations

import re
from datetime import timedelta

from hengjian.authorities.facts import TokenEnded, TokenOpened
from hengjian.authorities.models import Seat
from hengjian.authorities.roles import Role
from hengjian.authorities.tokens import ApiToken, a_new_token, digest_of
from hengjian.kernel.act import Doing, Step, act, creates
from hengjian.kernel.actor import BY_OPERATOR
from hengjian.kernel.arguments import Line, Reason
from hengjian.kernel.policy import Policy
from hengjian.kernel.refusal import refuse

TOKEN_DAYS = Policy("accounts.api_token_days", int)
DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


@creates("authorities.open_token", ApiToken, by=[role.of_own_seat for role in Role], cites=[TOKEN_DAYS])
def open_token(doing: Doing[None], *, label: Line, digest: Line) -> tuple[ApiToken, TokenOpened]:
    """签发接口令牌。

    `digest` is the SHA-256 of a token of at least 32 random bytes: the token itself never reaches the log or a table.
    """
    seat = doing.actor
    if not isinstance(seat, Seat) or seat.by_token is not None:
        raise refuse("authorities.token_by_token", "令牌不能签发令牌，请登录网页办理。", field="label")
    if not DIGEST.fullmatch(digest):
        raise refuse("authorities.token_digest", "令牌的散列应为 64 位小写十六进制数。", field="digest")
    if ApiToken.objects.filter(digest=digest).exists():
        raise refuse("authorities.token_known", "这个令牌已经签发过，请重新生成。", field="digest")
    expires_at = doing.now + timedelta(days=doing.policy(TOKEN_DAYS))
    token = doing.create(ApiToken, seat=seat, label=label, digest=digest, made_at=doing.now, expires_at=expires_at)
    return token, TokenOpened(token.label, expires_at.date())


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


def issue(seat: Seat, label: str, *, key: str = "") -> str:
    """Open a token for this seat; its text is told here, once, and never again."""
    text = a_new_token()
    open_token.once(key)(seat, label=label, digest=digest_of(text))
    return text
