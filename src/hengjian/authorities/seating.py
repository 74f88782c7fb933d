"""One function turns what somebody shows, a session or a token, into a seat: for pages, files, the API and commands.

Without the factor the policy asks for, with an ended seat, a deactivated account or a session left alone too long there
is no seat, only the sentence that says why. Times are real time, not a demonstration's moved clock.
"""

from __future__ import annotations

import time
from collections.abc import MutableMapping
from dataclasses import dataclass
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings

from hengjian.authorities.models import Seat, User
from hengjian.authorities.tokens import ApiToken, note_use
from hengjian.kernel import clock
from hengjian.kernel.actor import PUBLIC
from hengjian.kernel.asking import Asking
from hengjian.kernel.clock import ZONE
from hengjian.kernel.law import nationwide
from hengjian.kernel.policy import Policy
from hengjian.kernel.refusal import Kind, Refusal

IDLE_MINUTES = Policy("accounts.session_idle_minutes", int)
HOURS_MAX = Policy("accounts.session_hours_max", int)
SECOND_FACTOR_ROLES = Policy[tuple[str, ...]]("accounts.second_factor_roles", tuple)
SECOND_FACTOR_MODES = Policy[tuple[str, ...]]("accounts.second_factor_modes", tuple)

CHOSEN = "hengjian_seat"  # the seat chosen in this session
SEEN, SINCE, LIMITS = "hengjian_seen", "hengjian_since", "hengjian_limits"
SET_UP_HERE = "hengjian_factor"  # numbers of the factors that were set up, and so proven, in this very session
NOTED_EVERY = 60  # seconds: reading pages does not write the session each time
KINDS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)  # recovery codes replace a factor, they are none


@dataclass(frozen=True)
class Session:
    """A browser's session: who signed in, and the session's own values."""

    user: Any
    values: MutableMapping[str, Any]


@dataclass(frozen=True)
class Bearer:
    """The token a program shows."""

    text: str


@dataclass(frozen=True)
class Seating:
    """The seat, or why there is none; `seats` are all a session may choose from."""

    seat: Seat | None
    refusal: Refusal | None = None
    seats: tuple[Seat, ...] = ()


NOT_SIGNED_IN = Refusal("accounts.not_signed_in", "没有登录。", remedy="请登录，或出示有效的接口令牌。", kind=Kind.ROLE)
DEACTIVATED = Refusal("accounts.deactivated", "这个账号已停用。", remedy="请联系系统管理岗。", kind=Kind.ROLE)
SESSION_OVER = Refusal(
    "accounts.session_over", "登录已超时。", policy=IDLE_MINUTES.key, remedy="请重新登录。", kind=Kind.ROLE
)
NO_SEAT = Refusal(
    "accounts.no_seat",
    "您还没有在用的席位。",
    remedy="请联系所在机关或机构的系统管理岗设置席位。",
    kind=Kind.ROLE,
)
SECOND_FACTOR = Refusal(
    "accounts.second_factor",
    "您的岗位须先设置第二重验证，再办理事项。",
    policy=SECOND_FACTOR_ROLES.key,
    remedy="请登录网页，在“账户”中设置第二重验证。",
    kind=Kind.ROLE,
)
FACTOR_UNUSED = Refusal(
    "accounts.second_factor_unused",
    "这次登录没有用第二重验证，您的岗位须用它验证后再办理事项。",
    policy=SECOND_FACTOR_ROLES.key,
    remedy="请用第二重验证确认身份。",
    kind=Kind.ROLE,
)
TOKEN_UNKNOWN = Refusal(
    "accounts.token_unknown",
    "接口令牌无效：不存在、已终止或已到期。",
    remedy="请由席位持有人签发新的令牌。",
    kind=Kind.ROLE,
)
SEAT_ENDED = Refusal("accounts.seat_ended", "令牌所属的席位已不在用。", remedy="请联系系统管理岗。", kind=Kind.ROLE)


def seated(shown: Session | Bearer) -> Seating:
    """The seat behind a session or a token, or the reason why there is none. Notes that it is in use."""
    return _by_session(shown) if isinstance(shown, Session) else _by_token(shown)


def _by_session(session: Session) -> Seating:
    user = session.user
    if not user.is_authenticated:
        return Seating(None, NOT_SIGNED_IN)
    if not user.is_active:
        return Seating(None, DEACTIVATED)
    if _is_over(session.values):
        return Seating(None, SESSION_OVER)
    seats = tuple(held_by(user))
    chosen = session.values.get(CHOSEN)
    seat = next((seat for seat in seats if seat.pk == chosen), seats[0] if seats else None)
    _note(session.values, seat)
    if seat is None:
        return Seating(None, NO_SEAT)
    if asks_for_second_factor(seat):
        factors = factors_of(user)
        if not factors:
            return Seating(None, SECOND_FACTOR, seats)
        if not _has_proven(session, factors):
            return Seating(None, FACTOR_UNUSED, seats)
    return Seating(seat, None, seats)


def _by_token(bearer: Bearer) -> Seating:
    """A token stands for one seat; its holder's account, seat and factor are asked for each time it is used."""
    token = ApiToken.valid(bearer.text)
    if token is None:
        return Seating(None, TOKEN_UNKNOWN)
    seat: Seat = token.seat
    if not seat.user.is_active:
        return Seating(None, DEACTIVATED)
    if not seat.is_held:
        return Seating(None, SEAT_ENDED)
    if asks_for_second_factor(seat) and not factors_of(seat.user):
        return Seating(None, SECOND_FACTOR)
    note_use(token, clock.now())
    seat.by_token, seat.token_scope = token.pk, token.scope
    return Seating(seat, None, (seat,))


def held_by(user: User) -> list[Seat]:
    """The seats this person holds now, oldest first."""
    rows = Seat.objects.filter(user=user.pk, state=Seat.State.ACTIVE).select_related("office", "user").order_by("id")
    return list(rows)


def acting_seat(number: int) -> Seat | None:
    """The seat whoever runs this installation acts from at its command line; None where nobody holds it now."""
    seat = Seat.objects.filter(pk=number).select_related("office", "user").order_by("id").first()
    return seat if seat is not None and seat.is_held and seat.user.is_active else None


def asks_for_second_factor(seat: Seat) -> bool:
    """Whether the policy of the day asks this seat for a second factor in the way this installation runs."""
    law = nationwide(_today())
    if settings.MODE not in law.policy(SECOND_FACTOR_MODES) and not settings.SECOND_FACTOR_REQUIRED:
        return False
    return seat.role in law.policy(SECOND_FACTOR_ROLES)


def factors_of(user: User) -> set[int]:
    """The numbers of the second factors this person has set up."""
    return set(Authenticator.objects.filter(user=user.pk, type__in=KINDS).order_by("id").values_list("id", flat=True))


def _has_proven(session: Session, factors: set[int]) -> bool:
    """Whether this very session showed a factor its holder still has: a session opened before the factor was set up,
    or one whose factor has been removed since, has not."""
    if factors & set(session.values.get(SET_UP_HERE, ())):
        return True
    # The library's record of this session, as far as it is about this very person.
    records = get_authentication_records(SimpleNamespace(session=session.values), session.user)
    used = {record.get("id") for record in records if record.get("method") == "mfa"}
    return bool(used) and Authenticator.objects.filter(user=session.user.pk, pk__in=used - {None}).exists()


def set_up_here(session: Session, before: set[int]) -> None:
    """Note that the factors which are there now and were not before were set up, with proof, in this session."""
    fresh = sorted(factors_of(session.user) - before)
    if fresh:
        session.values[SET_UP_HERE] = [*session.values.get(SET_UP_HERE, ()), *fresh]


def _is_over(values: MutableMapping[str, Any]) -> bool:
    """Idle, or open, for longer than the limits noted when it was last used."""
    now = int(time.time())
    idle, open_for = values.get(LIMITS) or _limits(None)
    seen, since = values.get(SEEN), values.get(SINCE)
    return (seen is not None and now - seen > idle * 60) or (since is not None and now - since > open_for * 3600)


def _note(values: MutableMapping[str, Any], seat: Seat | None) -> None:
    now = int(time.time())
    seen = values.get(SEEN)
    if seen is None or now - seen >= NOTED_EVERY:
        values[SEEN] = now
        values.setdefault(SINCE, now)
        values[LIMITS] = list(_limits(seat))


def _limits(seat: Seat | None) -> tuple[int, int]:
    """Minutes of idleness and hours of a log-in, as the seat's area has them: a city may be stricter."""
    asking = Asking(seat or PUBLIC, None, datetime.now(ZONE))
    return asking.policy(IDLE_MINUTES), asking.policy(HOURS_MAX)


def _today() -> date:
    return datetime.now(ZONE).date()
