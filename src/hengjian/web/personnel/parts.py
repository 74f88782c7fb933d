"""Supervisors in words and chips."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from hengjian.kernel.law import nationwide
from hengjian.personnel.models import Assessor, Supervisor
from hengjian.personnel.policies import CARD_WARN_DAYS
from hengjian.web.components import Chip, Tone

STATE_TONES: Mapping[str, Tone] = {"appointed": "good", "suspended": "warn", "ended": "quiet", "withdrawn": "quiet"}
ASSESSOR_TONES: Mapping[str, Tone] = {"standing": "good", "withdrawn": "quiet"}


def supervisor_chip(state: str) -> Chip:
    return Chip(str(Supervisor.State(state).label), STATE_TONES[state])


def assessor_chip(state: str) -> Chip:
    return Chip(str(Assessor.State(state).label), ASSESSOR_TONES[state])


def card_chip(valid_until: date, today: date) -> Chip:
    """Is the card valid, does its end come near? Past its end its holder is in no draw."""
    left = (valid_until - today).days
    if left < 0:
        return Chip("证卡已过期", "warn")
    soon = left <= nationwide(today).policy(CARD_WARN_DAYS)
    return Chip("证卡将到期", "warn") if soon else Chip("证卡有效", "good")
