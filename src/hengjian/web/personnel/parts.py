"""Supervisors in words and chips."""

from __future__ import annotations

from datetime import date

from hengjian.kernel.law import nationwide
from hengjian.personnel.models import Supervisor
from hengjian.personnel.policies import CARD_WARN_DAYS

STATE_TONES = {"appointed": "good", "suspended": "warn", "ended": "quiet"}


def supervisor_chip(supervisor: Supervisor) -> dict[str, str]:
    return {"label": str(supervisor.get_state_display()), "tone": STATE_TONES[supervisor.state]}


def card_chip(supervisor: Supervisor, today: date) -> dict[str, str]:
    """Is the card valid, does its end come near? Past its end its holder is in no draw."""
    left = (supervisor.card_valid_until - today).days
    if left < 0:
        return {"label": "证卡已过期", "tone": "warn"}
    soon = left <= nationwide(today).policy(CARD_WARN_DAYS)
    return {"label": "证卡将到期", "tone": "warn"} if soon else {"label": "证卡有效", "tone": "good"}
