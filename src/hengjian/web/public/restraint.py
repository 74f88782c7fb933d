"""How often one network may hand something in. Only a keyed hash of the address is kept, for an hour, in the cache (M14)."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

HOUR = 3600


def too_many(request: HttpRequest, what: str, an_hour: int) -> bool:
    """Counts this attempt; True when there were more than `an_hour` within the hour."""
    address = request.META.get("REMOTE_ADDR", "")
    key = hmac.new(settings.SECRET_KEY.encode(), f"{what}\0{address}".encode(), hashlib.sha256).hexdigest()
    if cache.add(f"restraint:{key}", 1, HOUR):
        return False
    try:
        return int(cache.incr(f"restraint:{key}")) > an_hour
    except ValueError:  # it ran out between the two steps
        return False
