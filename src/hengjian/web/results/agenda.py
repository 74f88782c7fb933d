"""The last day of each notice in the agenda."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from hengjian.authorities.models import Seat
from hengjian.kernel.disclosure import disclosed
from hengjian.kernel.words import listed
from hengjian.results.models import ResultSheet
from hengjian.results.states import SheetState
from hengjian.web.occasions import Occasion
from hengjian.web.occupations.labels import level_title


def notices(seat: Seat, first: date, last: date) -> list[Occasion]:
    """Notices that close within these days."""
    rows = disclosed(ResultSheet, seat).filter(
        state=SheetState.ON_NOTICE, notice_closes_on__gte=first, notice_closes_on__lte=last
    )
    found = []
    for sheet in rows.select_related("batch__plan__institution").order_by("notice_closes_on", "pk"):
        assert sheet.notice_closes_on is not None
        batch = sheet.batch
        found.append(
            Occasion(
                f"notice-{sheet.pk}",
                "notice",
                sheet.notice_closes_on,
                sheet.notice_closes_on,
                listed((batch.occupation_name, level_title(batch.level)), " "),
                reverse("result_sheet", kwargs={"pk": sheet.pk}),
                listed((batch.plan.institution.short_name, "公示期满"), " · "),
            )
        )
    return found
