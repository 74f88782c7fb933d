"""Rows that follow: held by an objection when the results were filed, answered since, and not filed yet (R58)."""

from __future__ import annotations

from hengjian.results.models import Score
from hengjian.results.states import ScoreState


def not_yet_filed(sheet_id: int) -> set[int]:
    """Of a sheet that has been filed, the passed scores whose objection was answered since."""
    cleared = Score.objects.filter(sheet=sheet_id, state=ScoreState.CLEARED, passed=True, filed=False)
    return set(cleared.order_by("id").values_list("id", flat=True))


def scores_to_certify(sheet_id: int) -> list[Score]:
    """Of a sheet that has been filed, the passed scores that stand and are filed, in the order of the roster."""
    unfiled = not_yet_filed(sheet_id)
    stands = Score.objects.filter(sheet=sheet_id, passed=True, state__in=[ScoreState.ENTERED, ScoreState.CLEARED])
    rows = stands.select_related("candidate").order_by("candidate__row")
    return [score for score in rows if score.pk not in unfiled]


def held(sheet_id: int) -> int:
    return Score.objects.filter(sheet=sheet_id, state=ScoreState.HELD).count()
