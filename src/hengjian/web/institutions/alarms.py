"""What comes round for an institution: the re-check that is due."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Max
from django.db.models.functions import Coalesce
from django.urls import reverse

from hengjian.authorities.models import Seat
from hengjian.authorities.roles import Role
from hengjian.institutions.models import Institution
from hengjian.institutions.policies import RECHECK_MONTHS
from hengjian.institutions.states import InstitutionState
from hengjian.kernel import clock
from hengjian.kernel.asking import Asking
from hengjian.kernel.disclosure import disclosed
from hengjian.kernel.spans import after_months
from hengjian.kernel.words import say
from hengjian.web.work import Line


def rechecks_due(seat: Seat) -> list[Line]:
    """Filed and not visited within the policy's months: the reviewer goes there again. One that was taken over from a table
    and never visited counts from the day of its filing."""
    if seat.role != Role.CENTRE_REVIEWER:
        return []
    today, months = clock.today(), Asking(seat, None).policy(RECHECK_MONTHS)
    since = after_months(today, -months)
    filed = disclosed(Institution, seat).filter(
        office=seat.office_id, state=InstitutionState.FILED, filed_on__lte=since
    )
    found = filed.annotate(last=Coalesce(Max("filings__visits__visited_on"), F("filed_on"))).filter(last__lte=since)
    return [_line(institution, institution.last, months) for institution in found.order_by("last", "pk")]


def _line(institution: Institution, last: date, months: int) -> Line:
    return Line(
        href=reverse("institution", kwargs={"pk": institution.pk}),
        title=say("{last} 以来没有复查", last=last),
        under=institution.name,
        institution=institution.short_name,
        institution_note=str(institution.get_kind_display()),
        task="到机构复查",
        due_on=after_months(last, months),
    )
