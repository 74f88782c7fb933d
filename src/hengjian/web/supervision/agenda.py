"""The moments of sealed draws in the agenda; only offices see draws."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse

from hengjian.authorities.models import Seat
from hengjian.kernel.clock import ZONE
from hengjian.kernel.disclosure import disclosed
from hengjian.kernel.words import say
from hengjian.supervision.models import Draw
from hengjian.web.occasions import Occasion

LASTS = timedelta(minutes=30)


def draws(seat: Seat, first: date, last: date) -> list[Occasion]:
    """Sealed and not drawn yet."""
    rows = disclosed(Draw, seat).filter(state=Draw.State.SEALED, opens_at__date__gte=first, opens_at__date__lte=last)
    return [
        Occasion(
            f"draw-{draw.pk}",
            "draw",
            draw.opens_at.astimezone(ZONE).date(),
            draw.opens_at.astimezone(ZONE).date(),
            say("抽取 {code}", code=draw.code),
            reverse("draw_case", kwargs={"pk": draw.pk}),
            draw.plan.institution.short_name,
            "",
            draw.opens_at,
            draw.opens_at + LASTS,
        )
        for draw in rows.select_related("plan__institution").order_by("opens_at", "pk")
    ]
