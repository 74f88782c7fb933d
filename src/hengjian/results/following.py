"""Rows that follow: held by an objection when the results were filed, answered since, and not filed yet (R58)."""

from __future__ import annotations

from hengjian.results.models import Score
from hengjian.results.states import ScoreState


def not_yet_filed(sheet_id: int) -> set[int]:
    """Of a sheet that has been filed, the passed scores whose objection was answered since."""
    cleared = Score.objects.filter(sheet=sheet_id, state=ScoreState.CLEARED, passed=True, filed=False)
    return set(cleared.order_by("id").values_list("id", flat=True))


def held(sheet_id: int) -> int:
    return Score.objects.filter(sheet=sheet_id, state=ScoreState.HELD).count()
