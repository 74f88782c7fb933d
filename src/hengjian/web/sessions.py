"""How long a log-in lasts, and who needs a second factor: product rules of `policies/accounts.toml`.

Idle time is noted once a minute, so that reading pages does not write the session each time. Real time counts here, not
a demo's moved clock.
"""

from __future__ import annotations

import time
from datetime import datetime

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest

from hengjian.authorities.models import Seat
from hengjian.authorities.roles import Role
from hengjian.kernel.clock import ZONE
from hengjian.kernel.policy import Policy

IDLE_MINUTES = Policy("accounts.session_idle_minutes", int)
HOURS_MAX = Policy("accounts.session_hours_max", int)
SECOND_FACTOR_ROLES = Policy[tuple[str, ...]]("accounts.second_factor_roles", tuple)
SEEN, SINCE, FACTOR = "hengjian_seen", "hengjian_since", "hengjian_factor"
NOTED_EVERY = 60  # seconds
# The policy speaks of levels; these seats decide or put online at them.
LEVELS = {
    "province": (Role.PROVINCE_OFFICER,),
    "city": (Role.CENTRE_HEAD, Role.CENTRE_REVIEWER),
    "sealer": (Role.ADMINISTRATOR,),
}


def has_expired(request: HttpRequest) -> bool:
    """Whether this signed-in session has been idle, or open, for too long; notes that it is in use if not."""
    now = int(time.time())
    today = datetime.now(ZONE).date()
    seen, since = request.session.get(SEEN), request.session.get(SINCE)
    if seen is not None and now - seen > IDLE_MINUTES.on(today) * 60:
        return True
    if since is not None and now - since > HOURS_MAX.on(today) * 3600:
        return True
    if seen is None or now - seen >= NOTED_EVERY:
        request.session[SEEN] = now
        request.session.setdefault(SINCE, now)
    return False


def lacks_second_factor(request: HttpRequest, seat: Seat) -> bool:
    """Whether this seat may not be used before its holder has set up a second factor; a demonstration does without."""
    if not settings.SECOND_FACTOR_REQUIRED or request.session.get(FACTOR):
        return False
    wanted = {role for level in SECOND_FACTOR_ROLES.on(datetime.now(ZONE).date()) for role in LEVELS.get(level, ())}
    if seat.role not in wanted:
        return False
    if is_mfa_enabled(request.user):
        request.session[FACTOR] = True
        return False
    return True
