"""Handles on the law of quality supervisors (policies/personnel.toml)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hengjian.kernel.policy import Policy, Table

SUPERVISOR_CARD_YEARS = Policy("personnel.supervisor_card_years", int)
# What is chosen as the ground → the relations the law names.
SUPERVISOR_RECUSAL_RELATIONS: Policy[Mapping[str, tuple[str, ...]]] = Policy(
    "personnel.supervisor_recusal_relations", Table
)
SUPERVISOR_EXPERIENCE_YEARS = Policy("personnel.supervisor_experience_years", int)
SUPERVISOR_ASSESSOR_YEARS = Policy("personnel.supervisor_assessor_years", int)
SUPERVISOR_CARD_NUMBER: Policy[Mapping[str, Any]] = Policy("personnel.supervisor_card_number", Table)
REFUSALS_PER_YEAR_MAX = Policy("personnel.refusals_per_year_max", int)
CARD_WARN_DAYS = Policy("personnel.card_warn_days", int)
