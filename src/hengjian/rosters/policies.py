"""Handles on the law of rosters and sampling: every threshold of the checks is a dated value of `policies/`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hengjian.kernel.policy import Policy, Table

SEVERITIES: Policy[Mapping[str, str]] = Policy("rosters.severities", Table)
MINIMUM_AGE_YEARS = Policy("rosters.minimum_age_years", int)
REMARKABLE_AGE_YEARS = Policy("rosters.remarkable_age_years", int)
DE_FACTO_EVIDENCE_KINDS = Policy("rosters.de_facto_evidence_kinds", int)
# A roster has the name of a photo and not its day; the check waits for the photos themselves.
PHOTO_AGE_MONTHS = Policy("certificates.photo_max_age_months", int, decides=False)
CONDITIONS_JUDGED_ON = Policy("rosters.conditions_judged_on", str)

FULL_CHECK_UP_TO = Policy("rosters.full_check_up_to", int)
COMBINED_CHECK_FROM = Policy("rosters.combined_check_from", int)
# Read only where there is a grade, and no institution has one yet; nor does any act agree to reduced inspection.
FULL_CHECK_GRADES: Policy[tuple[str, ...]] = Policy("rosters.full_check_grades", tuple, decides=False)
RAISED_GRADES: Policy[tuple[str, ...]] = Policy("rosters.raised_grades", tuple, decides=False)
ENTRUSTED_TIGHTENED = Policy("rosters.entrusted_tightened", bool)
ENTRUSTED_SECOND_APPROVER = Policy("rosters.entrusted_second_approver", bool)

CERTIFICATE_LAYOUT: Policy[Mapping[str, Any]] = Policy("certificates.layout", Table)
CERTIFICATE_CLASSES: Policy[tuple[Mapping[str, str], ...]] = Policy("certificates.class_letters", tuple)
CERTIFICATE_LEVELS: Policy[tuple[Mapping[str, str], ...]] = Policy("certificates.level_letters", tuple)
PROVINCES: Policy[Mapping[str, str]] = Policy("certificates.province_codes", Table)
STANDARD_TEMPLATE = Policy("occupations.standard_template", str)

TABLE_EDITION = Policy("sampling.table_edition", str)
INSPECTION_LEVEL = Policy("sampling.inspection_level", str)
ENTRUSTED_INSPECTION_LEVEL = Policy("sampling.entrusted_inspection_level", str)
AQL = Policy("sampling.aql", str)
REDUCED_ALLOWED = Policy("sampling.reduced_allowed", bool)
TIGHTEN_AFTER_REFUSED_LOTS = Policy("sampling.tighten_after_refused_lots", int)
TIGHTEN_WITHIN_LOTS = Policy("sampling.tighten_within_lots", int)
RELAX_AFTER_ACCEPTED_LOTS = Policy("sampling.relax_after_accepted_lots", int)
FULL_CHECK_AFTER_REFUSED_LOTS = Policy("sampling.full_check_after_refused_lots", int)
REDUCED_SWITCHING_SCORE = Policy("sampling.reduced_switching_score", int, decides=False)
STREAM_FROM_LOTS = Policy("sampling.stream_from_lots", int)
ISOLATED_BAD_PERCENT = Policy("sampling.isolated_bad_percent", int)
ISOLATED_STRICT_BAD_PERCENT = Policy("sampling.isolated_strict_bad_percent", int)
ISOLATED_RISK_PERCENT = Policy("sampling.isolated_risk_percent", int)

CONTRACT_KINDS: Policy[Mapping[str, str]] = Policy("occupations.contract_kinds", Table)
EXCEPTION_ROUTES: Policy[Mapping[str, str]] = Policy("occupations.exception_routes", Table)

# All that the checks of a roster read.
OF_CHECKS = (
    SEVERITIES,
    MINIMUM_AGE_YEARS,
    REMARKABLE_AGE_YEARS,
    DE_FACTO_EVIDENCE_KINDS,
    PHOTO_AGE_MONTHS,
    CONTRACT_KINDS,
    EXCEPTION_ROUTES,
)

# All that decides how deep a batch is verified.
OF_SAMPLES = (
    FULL_CHECK_UP_TO,
    COMBINED_CHECK_FROM,
    ENTRUSTED_TIGHTENED,
    ENTRUSTED_SECOND_APPROVER,
    TABLE_EDITION,
    INSPECTION_LEVEL,
    ENTRUSTED_INSPECTION_LEVEL,
    AQL,
    TIGHTEN_AFTER_REFUSED_LOTS,
    TIGHTEN_WITHIN_LOTS,
    RELAX_AFTER_ACCEPTED_LOTS,
    FULL_CHECK_AFTER_REFUSED_LOTS,
    STREAM_FROM_LOTS,
    ISOLATED_BAD_PERCENT,
    ISOLATED_STRICT_BAD_PERCENT,
    ISOLATED_RISK_PERCENT,
)
