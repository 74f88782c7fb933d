"""Handles on the law of plans (policies/plans.toml)."""

from __future__ import annotations

from collections.abc import Mapping

from hengjian.kernel.policy import Policy, Table

LEAD_WORKING_DAYS = Policy("plans.lead_working_days", int)
REVIEW_WORKING_DAYS = Policy("plans.review_working_days", int)
REQUIRED_BLOCKS: Policy[tuple[str, ...]] = Policy("plans.required_blocks", tuple)
PARTS_BY_LEVEL: Policy[Mapping[str, tuple[str, ...]]] = Policy("plans.parts_by_level", Table)
THEORY_ROOM_SEATS_MAX = Policy("plans.theory_room_seats_max", int)
THEORY_MINUTES_MIN = Policy("plans.theory_minutes_min", int)
PRACTICAL_MINUTES_MIN = Policy("plans.practical_minutes_min", int)
REVIEW_MINUTES_MIN = Policy("plans.review_minutes_min", int)
THEORY_INVIGILATORS_PER_ROOM_MIN = Policy("plans.theory_invigilators_per_room_min", int)
THEORY_CANDIDATES_PER_INVIGILATOR = Policy("plans.theory_candidates_per_invigilator", int)
PRACTICAL_ASSESSORS_MIN = Policy("plans.practical_assessors_min", int)
PRACTICAL_CANDIDATES_PER_ASSESSOR = Policy("plans.practical_candidates_per_assessor", int)
REVIEW_PANEL_MIN = Policy("plans.review_panel_min", int)
PANELS_ARE_ODD = Policy("plans.panels_are_odd", bool)
ENTRUSTED_NEEDS_SECOND_APPROVER = Policy("rosters.entrusted_second_approver", bool)
REVIEW_LEVELS: Policy[tuple[str, ...]] = Policy("occupations.review_levels", tuple)
REMINDER_DAYS: Policy[tuple[int, ...]] = Policy("plans.reminder_days", tuple)
PLAN_NUMBER: Policy[Mapping[str, int]] = Policy("plans.plan_number", Table)
