"""Handles on the law of supervision: how many attend, by when they report, what they look at."""

from __future__ import annotations

from collections.abc import Mapping

from hengjian.kernel.policy import Policy, Table

SUPERVISORS_PER_SITTING_MIN = Policy("supervision.supervisors_per_sitting_min", int)
COVERAGE_PERCENT = Policy("supervision.coverage_percent", int)
REPORT_WORKING_DAYS = Policy("supervision.report_working_days", int)
CHECKLIST: Policy[Mapping[str, tuple[str, ...]]] = Policy("supervision.checklist", Table)
CONTENT_THEMES: Policy[tuple[str, ...]] = Policy("supervision.content_themes", tuple)
DEVIATION_KINDS: Policy[tuple[str, ...]] = Policy("supervision.deviation_kinds", tuple)
PARTS_BY_LEVEL: Policy[Mapping[str, tuple[str, ...]]] = Policy("plans.parts_by_level", Table)
MEANS: Policy[tuple[str, ...]] = Policy("supervision.means", tuple)
MEANS_PER_SITTING_MIN = Policy("supervision.means_per_sitting_min", int)
METHODS: Policy[tuple[str, ...]] = Policy("supervision.methods", tuple)
OBSTRUCTIONS: Policy[tuple[str, ...]] = Policy("supervision.obstructions", tuple)
VOID_GROUNDS: Policy[Mapping[str, str]] = Policy("supervision.void_grounds", Table)
VOIDS_BY_OWN_HEAD_MAX = Policy("supervision.voids_by_own_head_max", int)
BEACON_AFTER_VOIDS = Policy("supervision.beacon_after_voids", int)
