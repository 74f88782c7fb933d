"""Handles on the law of results: marks, notice, objections, filing."""

from __future__ import annotations

from collections.abc import Mapping

from hengjian.kernel.policy import Policy, Table

NOTICE_WORKING_DAYS = Policy("results.notice_working_days", int)
PASS_MARK = Policy("results.pass_mark", int)
FULL_MARK = Policy("results.full_mark", int)
EVERY_PART_MUST_PASS = Policy("results.every_part_must_pass", bool)
OBJECTION_ANSWER_WORKING_DAYS = Policy("results.objection_answer_working_days", int)
OBJECTION_TRIAGE_WORKING_DAYS = Policy("results.objection_triage_working_days", int)
OBJECTION_REFUSAL_GROUNDS: Policy[tuple[str, ...]] = Policy("results.objection_refusal_grounds", tuple)
OBJECTION_BURST_NUMBER = Policy("results.objection_burst_number", int)
OBJECTION_BURST_HOURS = Policy("results.objection_burst_hours", int)
FILE_WORKING_DAYS_EMPLOYER = Policy("results.file_working_days_employer", int)
FILE_WORKING_DAYS_SOCIAL = Policy("results.file_working_days_social", int)
FILE_WORKING_DAYS_SCHOOL = Policy("results.file_working_days_school", int)
CITY_REVIEW_WORKING_DAYS = Policy("results.city_review_working_days", int)
ISSUE_WORKING_DAYS = Policy("certificates.issue_working_days", int)
PARTS_BY_LEVEL: Policy[Mapping[str, tuple[str, ...]]] = Policy("plans.parts_by_level", Table)
OBJECTIONS_PER_HOUR = Policy("results.objections_per_hour", int)
FINDS_PER_HOUR = Policy("results.notice_finds_per_hour", int)
