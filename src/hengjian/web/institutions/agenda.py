"""Site visits in the agenda."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from hengjian.authorities.models import Seat
from hengjian.institutions.models import SiteVisit
from hengjian.kernel.disclosure import disclosed
from hengjian.web.occasions import Occasion


def visits(seat: Seat, first: date, last: date) -> list[Occasion]:
    """Those planned and not concluded yet."""
    rows = disclosed(SiteVisit, seat).filter(planned_on__gte=first, planned_on__lte=last, visited_on__isnull=True)
    return [
        Occasion(
            f"visit-{visit.pk}",
            "visit",
            visit.planned_on,
            visit.planned_on,
            visit.filing.institution.short_name,
            reverse("filing", kwargs={"pk": visit.filing_id}),
            "现场考察",
            visit.place,
        )
        for visit in rows.select_related("filing__institution").order_by("planned_on", "pk")
    ]
