"""Handles on the law of filing (policies/filing.toml)."""

from __future__ import annotations

from collections.abc import Mapping

from hengjian.kernel.policy import Policy, Table

ACCEPT_WORKING_DAYS = Policy("filing.accept_working_days", int)
DECISION_WORKING_DAYS = Policy("filing.decision_working_days", int)
CORRECTION_WORKING_DAYS = Policy("filing.correction_working_days", int)
ASSESSORS_OF_SITE_MIN = Policy("filing.assessors_of_site_min", int)
VALIDITY_YEARS = Policy("filing.validity_years", int)
RENEWAL_WINDOW_MONTHS = Policy("filing.renewal_window_months", int)
REAPPLY_BAR_MONTHS = Policy("filing.reapply_bar_months", int)
RECHECK_MONTHS = Policy("filing.recheck_months", int)
SITE_SCORE_FULL = Policy("filing.site_score_full", int)
FILING_LEVEL = Policy("filing.filing_level", str)
DELEGATED_LEVELS: Policy[tuple[str, ...]] = Policy("filing.delegated_levels", tuple)
RESPONSIBLE_LEVEL: Policy[Mapping[str, str]] = Policy("filing.responsible_level", Table)
DIRECTLY_ADMINISTERED: Policy[Mapping[str, str]] = Policy("filing.directly_administered", Table)
LINKAGE_PRINCIPLES: Policy[tuple[str, ...]] = Policy("filing.linkage_principles", tuple)
SITE_ITEMS: Policy[tuple[str, ...]] = Policy("filing.site_items", tuple)
APPLICATION_PAPERS: Policy[tuple[str, ...]] = Policy("filing.application_papers", tuple)
REQUIRED_PAPERS: Policy[Mapping[str, tuple[str, ...]]] = Policy("filing.required_papers", Table)
REVOCATION_GROUNDS: Policy[tuple[str, ...]] = Policy("filing.revocation_grounds", tuple)
FILING_NUMBER: Policy[Mapping[str, str | int]] = Policy("filing.filing_number", Table)
SITE_CODE: Policy[Mapping[str, int]] = Policy("filing.site_code", Table)
CLASSES: Policy[Mapping[str, str]] = Policy("filing.classes", Table)
VIDEO_REQUIRED = Policy("filing.video_required", bool)
IDLE_MONTHS_TO_EXIT = Policy("filing.idle_months_to_exit", int)
ORGANISATION_OF_PROVINCE = Policy("certificates.organisation_filed_with_province", str)
REGISTRATIONS_PER_HOUR = Policy("filing.registrations_per_hour", int)
TAKEOVER_UNDO_HOURS = Policy("filing.takeover_undo_hours", int)
