"""Tokens with which a seat's own programs sign in to the API. Opening and ending one are acts; only its hash is kept."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from hengjian.authorities.models import Seat
from hengjian.kernel import clock
from hengjian.kernel.case import CaseModel
from hengjian.kernel.words import say

USE_NOTED_EVERY = timedelta(minutes=10)


class ApiToken(CaseModel):
    """Stands for one seat until it ends or expires."""

    class State(models.TextChoices):
        OPEN = "open", "在用"
        ENDED = "ended", "已终止"

    decides_nothing = True

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="tokens")
    label = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    # Codes of acts, and `read`; empty where the token is older than scopes: then all the seat may.
    scope = models.JSONField(null=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)

    jurisdiction: ClassVar[dict[str, str]] = {"seat_number": "seat_id", "seats": "seat__area_path"}

    class Meta:
        ordering: ClassVar[Any] = ["-id"]
        constraints: ClassVar[Any] = [
            models.CheckConstraint(
                condition=Q(state="open", ended_at__isnull=True) | Q(state="ended", ended_at__isnull=False),
                name="token_ended_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return say("接口令牌“{label}”", label=self.label)

    @classmethod
    def valid(cls, text: str) -> ApiToken | None:
        """The token with this text that is neither ended nor expired, with its seat."""
        rows = cls.objects.select_related("seat", "seat__office", "seat__user")
        found: ApiToken | None = rows.filter(
            digest=digest_of(text), state=cls.State.OPEN, expires_at__gt=clock.now()
        ).first()
        return found


class TokenUse(models.Model):
    """When a token was last used. Changes at the door."""

    decides_nothing = True

    token = models.OneToOneField(ApiToken, on_delete=models.PROTECT, related_name="use")
    last_used_at = models.DateTimeField()


def digest_of(token: str) -> str:
    """What is kept of a token: SHA-256, hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()


def a_new_token() -> str:
    """32 random bytes; shown once by whoever makes it."""
    return f"hj_{secrets.token_urlsafe(32)}"


def note_use(token: ApiToken, now: datetime) -> None:
    """Every ten minutes at most, so that a program's reads stay reads."""
    fresh = TokenUse.objects.filter(token=token, last_used_at__gt=now - USE_NOTED_EVERY).exists()
    if not fresh:
        TokenUse.objects.update_or_create(token=token, defaults={"last_used_at": now})
