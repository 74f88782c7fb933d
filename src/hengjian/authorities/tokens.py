"""Tokens with which a seat's own programs sign in to the API. A log-in table: it decides nothing, no act writes it."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Any, ClassVar

from django.db import models

from hengjian.authorities.models import Seat
from hengjian.kernel import clock
from hengjian.kernel.asking import Asking
from hengjian.kernel.policy import Policy

TOKEN_DAYS = Policy("accounts.api_token_days", int)


class ApiToken(models.Model):
    """Only the hash is kept; the token itself is shown once."""

    decides_nothing = True

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="tokens")
    label = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[Any] = ["-id"]

    @classmethod
    def valid(cls, text: str) -> ApiToken | None:
        """The token with this text that is neither ended nor expired, with its seat."""
        rows = cls.objects.select_related("seat", "seat__office", "seat__user")
        return rows.filter(digest=digest_of(text), revoked_at__isnull=True, expires_at__gt=clock.now()).first()


def digest_of(token: str) -> str:
    """What is kept of a token: SHA-256, hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()


def issue(seat: Seat, label: str) -> str:
    """A new token for this seat; it is told once and never again."""
    token = f"hj_{secrets.token_urlsafe(32)}"
    now = clock.now()
    ApiToken.objects.create(
        seat=seat,
        label=label[:60],
        digest=digest_of(token),
        made_at=now,
        expires_at=now + timedelta(days=Asking(seat, None, now).policy(TOKEN_DAYS)),
    )
    return token
