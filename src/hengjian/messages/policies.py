"""Handles on the rules of telling people."""

from __future__ import annotations

from hengjian.kernel.policy import Policy

REMIND_BEFORE: Policy[tuple[int, ...]] = Policy("messages.remind_working_days_before", tuple)
REMIND_HOURS: Policy[tuple[int, ...]] = Policy("messages.remind_hours_before_exam", tuple)
QUIET_FROM = Policy("messages.quiet_from_hour", int)
QUIET_UNTIL = Policy("messages.quiet_until_hour", int)
DIGEST_AT = Policy("messages.digest_hour", int)
KEPT_DAYS = Policy("accounts.notification_retention_days", int)
TRIES = Policy("messages.delivery_tries_max", int)
DEFAULT_CHANNELS: Policy[tuple[str, ...]] = Policy("messages.channels_by_default", tuple)
URGENT_CHANNELS: Policy[tuple[str, ...]] = Policy("messages.channels_when_urgent", tuple)
