"""What other domains show on the page of a plan and of a batch. A section is a card (`components/card.html`) or nothing.

    @plan_section
    def draws(desk: Desk, plan: Plan) -> Card | None: ...

Sections are shown in the order of their registration, beneath the plan's own cards; they read only what the desk sees.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hengjian.plans.models import Batch, Plan
from hengjian.web.pages import Desk

Card = dict[str, Any]
PlanSection = Callable[[Desk, Plan], Card | None]
BatchSection = Callable[[Desk, Batch], Card | None]
SECTIONS: list[PlanSection] = []
BATCH_SECTIONS: list[BatchSection] = []


def plan_section(section: PlanSection) -> PlanSection:
    """Register a section of the plan's page."""
    if section not in SECTIONS:
        SECTIONS.append(section)
    return section


def batch_section(section: BatchSection) -> BatchSection:
    """Register a section of the batch's page."""
    if section not in BATCH_SECTIONS:
        BATCH_SECTIONS.append(section)
    return section
