"""Wrong passwords slow down whoever tries them, and never lock the account's owner out.

Failures are counted per network and account, per network, and per account from everywhere. A device on which the owner
has signed in before carries a signed cookie; it is counted by itself and so is not held up by what others try. Passkeys
are not counted at all: there is nothing to guess. Nothing here tells whether an account exists.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner

from hengjian.authorities.policies import (
    KNOWN_DEVICE_DAYS,
    LOGIN_FAILURES_PER_DAY,
    LOGIN_FAILURES_PER_HOUR,
    LOGIN_FAILURES_PER_MINUTE,
    NETWORK_FAILURES_PER_HOUR,
)
from hengjian.kernel import clock
from hengjian.kernel.asker import asker
from hengjian.kernel.counting import LOGIN_FAILURES
from hengjian.kernel.law import nationwide
from hengjian.kernel.restraint import Tally, in_words, note_wait
from hengjian.kernel.words import say

DEVICE = "hengjian_device"
REMEMBERED = 8  # accounts on one device: an office's shared computer
_AT_ONCE = Tally("accounts.login_failed_at_once", LOGIN_FAILURES_PER_MINUTE)
_HERE = Tally("accounts.login_failed_here", LOGIN_FAILURES_PER_HOUR)
_NETWORK = Tally("accounts.login_failed_network", NETWORK_FAILURES_PER_HOUR)
_ACCOUNT = Tally("accounts.login_failed_account", LOGIN_FAILURES_PER_DAY)


@dataclass(frozen=True)
class Attempt:
    """A password about to be tried: for which account, from which network, on which device if the account knows it."""

    account: str
    network: str
    device: str = ""

    @classmethod
    def of(cls, username: str, cookie: str) -> Attempt:
        found, account = asker(), _account(username)
        return cls(account, found.network if found is not None else "local", dict(_read(cookie)).get(account, ""))

    def wait(self) -> int:
        """Seconds until this attempt may be made; 0 when now. Notes the wait for the door."""
        tallies = [(_AT_ONCE, self._from), (_HERE, self._from)]
        if not self.device:
            tallies += [(_NETWORK, self.network), (_ACCOUNT, self.account)]
        seconds = max(tally.wait(who) for tally, who in tallies)
        if seconds:
            note_wait(seconds)
        return seconds

    def failed(self) -> None:
        LOGIN_FAILURES.inc()
        _AT_ONCE.note(self._from)
        _HERE.note(self._from)
        if not self.device:
            _NETWORK.note(self.network)
            _ACCOUNT.note(self.account)

    @property
    def _from(self) -> str:
        return f"{self.account}\0{self.device or self.network}"


def held_up(seconds: int) -> str:
    return say(
        "这里登录失败的次数太多，请在{in_words}后再试。账号没有被锁：用过的设备和通行密钥仍可登录。",
        in_words=in_words(seconds),
    )


def remembered(cookie: str, username: str) -> str:
    """The cookie of a device on which this account has just signed in."""
    account = _account(username)
    kept = [(name, mark) for name, mark in _read(cookie) if name != account][: REMEMBERED - 1]
    pairs = [(account, secrets.token_urlsafe(12)), *kept]
    return _signer().sign(".".join(f"{name}~{mark}" for name, mark in pairs))


def cookie_seconds() -> int:
    days = nationwide(clock.today()).policy(KNOWN_DEVICE_DAYS)
    return int(timedelta(days=days).total_seconds())


def _read(cookie: str) -> list[tuple[str, str]]:
    try:
        text = _signer().unsign(cookie, max_age=cookie_seconds())
    except BadSignature:
        return []
    pairs = (part.partition("~") for part in text.split("."))
    return [(name, mark) for name, _, mark in pairs if name and mark]


def _account(username: str) -> str:
    """A hash: neither the cookie nor a table names an account."""
    name = unicodedata.normalize("NFKC", username).strip().casefold()
    return hmac.new(settings.SECRET_KEY.encode(), f"device\0{name}".encode(), hashlib.sha256).hexdigest()[:24]


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="hengjian.device")
