"""What tells that a database has been a demonstration: a real installation is not made on top of it."""

from __future__ import annotations

from hengjian.authorities.models import User
from hengjian.demo.people import LOGINS, PASSWORD
from hengjian.institutions.models import Institution
from hengjian.kernel.models import DemoClock

INVENTED = "演示："


def traces() -> list[str]:
    """`clock`, `login`, `institution`: what was found; nothing where the database is not a demonstration's."""
    found = []
    if DemoClock.objects.exists():
        found.append("clock")
    names = [login.name for login in LOGINS]
    users = User.objects.filter(username__in=names).order_by("pk")
    if any(user.check_password(PASSWORD) for user in users):
        found.append("login")
    if Institution.objects.filter(name__startswith=INVENTED).exists():
        found.append("institution")
    return found
