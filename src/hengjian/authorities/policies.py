"""Handles on the rules of signing in."""

from __future__ import annotations

from hengjian.kernel.policy import Policy

LOGIN_FAILURES_PER_MINUTE = Policy("accounts.login_failures_per_minute", int)
LOGIN_FAILURES_PER_HOUR = Policy("accounts.login_failures_per_hour", int)
LOGIN_FAILURES_PER_DAY = Policy("accounts.login_failures_of_account_per_day", int)
NETWORK_FAILURES_PER_HOUR = Policy("accounts.login_failures_of_network_per_hour", int)
PASSWORD_RESETS_PER_HOUR = Policy("accounts.password_resets_per_hour", int)
KNOWN_DEVICE_DAYS = Policy("accounts.known_device_days", int)
SEARCHES_PER_HOUR = Policy("accounts.searches_per_hour", int)
PASSWORD_LINK_HOURS = Policy("accounts.password_link_hours", int)
SEATS_CONFIRMED = Policy[tuple[str, ...]]("accounts.institution_seats_confirmed", tuple)
INVITATIONS_PER_HOUR = Policy("accounts.invitations_per_hour", int)
PUBLIC_READINGS = Policy("accounts.public_reading_per_minute", int)
PUBLIC_QUERIES = Policy("accounts.public_query_per_minute", int)
