"""How long a message is kept: past that it is deleted with its deliveries. What it told about stands in the case and the log."""

from __future__ import annotations

from datetime import datetime, timedelta

from hengjian.kernel.law import nationwide
from hengjian.messages.models import Message
from hengjian.messages.policies import KEPT_DAYS


def kept_since(now: datetime) -> datetime:
    """Messages written before this moment are no longer kept."""
    return now - timedelta(days=nationwide(now.date()).policy(KEPT_DAYS))


def forget_old(now: datetime) -> int:
    """Delete what is no longer kept, read or not; how many messages."""
    _, deleted = Message.objects.filter(at__lt=kept_since(now)).delete()
    return deleted.get(Message._meta.label, 0)
