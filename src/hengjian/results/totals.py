"""The totals of 《评价结果备案表》, counted from the records and never typed (R63)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from hengjian.results.models import Score
from hengjian.results.states import ScoreState


@dataclass(frozen=True)
class Totals:
    """`passed` are those whose result stands: neither held by an objection nor cancelled."""

    registered: int
    sat: int
    passed: int
    held: int
    cancelled: int


def totals_of(sheet_id: int) -> Totals:
    stands = ~Q(state__in=[ScoreState.HELD, ScoreState.CANCELLED])
    counted = Score.objects.filter(sheet=sheet_id).aggregate(
        registered=Count("id"),
        sat=Count("id", filter=Q(absent=False) & ~Q(state=ScoreState.EMPTY)),
        passed=Count("id", filter=Q(passed=True) & stands),
        held=Count("id", filter=Q(state=ScoreState.HELD)),
        cancelled=Count("id", filter=Q(state=ScoreState.CANCELLED)),
    )
    return Totals(**counted)
