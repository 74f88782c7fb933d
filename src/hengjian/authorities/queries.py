"""To whom areas, offices, seats and log-ins are disclosed; who holds a seat, whose log-in it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from hengjian.authorities.models import Account, Area, Office, Seat
from hengjian.authorities.tokens import ApiToken
from hengjian.kernel.disclosure import Disclosures, along_jurisdiction

DISCLOSED: Disclosures = along_jurisdiction(Account, ApiToken, Area, Office, Seat)


def account_of_link(digest: str, now: datetime) -> Account | None:
    """The open log-in whose password link has this digest and has not run out: the link is what admits to it."""
    rows = Account.objects.filter(state=Account.State.OPEN, link_digest=digest, link_until__gt=now)
    return rows.select_related("user").order_by("pk").first()


def account_of(user: int) -> Account:
    """The log-in of this person, for themselves."""
    return Account.objects.select_related("user").get(user_id=user)


def holders(actors: Iterable[str]) -> dict[str, str]:
    """Acting id (`seat:12`) → the name of the person who holds that seat; for time lines that say who decided."""
    keys = {int(each.removeprefix("seat:")) for each in actors if each.startswith("seat:")}
    held = Seat.objects.filter(pk__in=keys).order_by("pk").values_list("pk", "user__name")
    return {f"seat:{pk}": name for pk, name in held if name}
