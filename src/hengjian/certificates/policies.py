"""Handles on the law of certificates: the coding rule, the style, going online, revocation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hengjian.kernel.policy import Policy, Table

LAYOUT: Policy[Mapping[str, Any]] = Policy("certificates.layout", Table)
CLASS_LETTERS: Policy[tuple[Mapping[str, str], ...]] = Policy("certificates.class_letters", tuple)
LEVEL_LETTERS: Policy[tuple[Mapping[str, str], ...]] = Policy("certificates.level_letters", tuple)
PROVINCE_CODES: Policy[Mapping[str, str]] = Policy("certificates.province_codes", Table)
OLDER_SCHEMES: Policy[tuple[Mapping[str, Any], ...]] = Policy("certificates.older_schemes", tuple)
SERIAL_RANGE: Policy[Mapping[str, int]] = Policy("certificates.serial_range", Table)
SERIAL_RESTARTS_PER: Policy[tuple[str, ...]] = Policy("certificates.serial_restarts_per", tuple)
REQUIRED_FIELDS: Policy[tuple[str, ...]] = Policy("certificates.required_fields", tuple)
OPTIONAL_FIELDS: Policy[tuple[str, ...]] = Policy("certificates.optional_fields", tuple)
EMPTY_TRADE_TEXT = Policy("certificates.empty_trade_text", str)
CERTIFICATE_NAME = Policy("certificates.certificate_name", str)
QUERY_ADDRESSES: Policy[Mapping[str, str]] = Policy("certificates.query_addresses", Table)
GOVERNMENT_SUPERVISES = Policy("certificates.government_supervises_printing", bool)
GOING_ONLINE_WARN_WORKING_DAYS = Policy("certificates.going_online_warn_working_days", int)
LEVEL_TEXTS: Policy[Mapping[str, str]] = Policy("certificates.level_texts", Table)
REVOCATION_GROUNDS: Policy[tuple[str, ...]] = Policy("certificates.revocation_grounds", tuple)
GOING_ONLINE_WORKING_DAYS = Policy("certificates.going_online_working_days", int)
ELECTRONIC_YEARS = Policy("archives.electronic_years", int)
PAPER_YEARS = Policy("archives.paper_years", int)
LONGEST_TERM_WINS = Policy("archives.longest_term_wins", bool)
PUBLIC_QUERIES = Policy("accounts.public_query_per_minute", int)
BATCH_CHECKS = Policy("accounts.batch_checks_per_hour", int)
CHECK_MISSES = Policy("accounts.check_misses_per_day", int)
