"""What a message claims: looked at once more before it leaves the house."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hengjian.kernel.acts_catalogue import catalogue, turns_of
from hengjian.kernel.case import CaseModel, case_of
from hengjian.messages.declared import AHEAD, NOTIFIES
from hengjian.messages.models import Message

NEXT, DEADLINE, BEGINS = "next.", "deadline.", "ahead."


def claim_of(template: str) -> Callable[[Any], bool] | None:
    """Of what somebody must do next: that it still waits. Of a declared message: what was declared. None: claims nothing."""
    if template.startswith(DEADLINE):
        return waits
    if template.startswith(BEGINS):
        return AHEAD[template.removeprefix(BEGINS)].holds
    if template.startswith(NEXT):
        state = template.rpartition(".")[2]
        return lambda row: getattr(row, "state", "") == state
    catalogue()  # declarations stand beside the acts
    declared = NOTIFIES.get(template)
    if declared is None or not declared.claims:
        return None
    states = declared.claims
    return lambda row: getattr(row, "state", "") in states


def subjects_of(message: Message) -> list[CaseModel]:
    """The cases a message is about, as they stand now."""
    model = case_of(message.subject_table)
    keys = [message.subject_id, *(message.also or ())]
    return list(model._base_manager.filter(pk__in=keys).order_by("pk")) if model is not None else []


def holds_of_any(message: Message) -> bool:
    """Whether what it says is still so, of one of its cases at least; what claims nothing holds."""
    claims = claim_of(message.template)
    return claims is None or any(claims(row) for row in subjects_of(message))


def waits(row: Any) -> bool:
    """Whether the case is in a state from which somebody must lead it on."""
    model: type[CaseModel] = type(row)
    return bool(turns_of(model, getattr(row, "state", "")))
