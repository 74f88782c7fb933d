"""Certificates that are issued and not yet to be found by the public wait at the centre's desk, all in one line."""

from __future__ import annotations

from django.urls import reverse

from hengjian.authorities.models import Seat
from hengjian.certificates.acts.put_online import put_online
from hengjian.certificates.models import Certificate
from hengjian.certificates.policies import GOING_ONLINE_WARN_WORKING_DAYS, GOING_ONLINE_WORKING_DAYS
from hengjian.kernel import clock
from hengjian.kernel.asking import Asking
from hengjian.kernel.disclosure import within
from hengjian.kernel.words import say
from hengjian.web.work import Line


def certificates_to_put_online(seat: Seat) -> list[Line]:
    """Due on the day of the oldest of them."""
    by = next((by for by in put_online.header.by if by.role_code == seat.role_code), None)
    if by is None:
        return []
    rows = within(Certificate, by, seat).filter(state=Certificate.State.ISSUED, online_on__isnull=True)
    first = rows.defer("name", "document_number").order_by("issued_on", "pk").first()
    if first is None:
        return []
    asking = Asking(seat, first)
    due = asking.calendar.add_working_days(
        first.issued_on, asking.policy(GOING_ONLINE_WORKING_DAYS, on=first.issued_on)
    )
    warned = asking.calendar.add_working_days(
        first.issued_on, asking.policy(GOING_ONLINE_WARN_WORKING_DAYS, on=first.issued_on)
    )
    late = clock.today() > warned.on
    return [
        Line(
            href=reverse("certificates"),
            title=say("{rows} 张证书等待上网", rows=rows.count()),
            under="公众现在还查不到",
            task=put_online.header.title,
            due_on=due.on,
            provisional=due.provisional,
            hint=say("最早一张发证已过 {days} 个工作日", days=warned.days) if late else "",
            hint_tone="seal" if late else "quiet",
        )
    ]
