"""The totals of 《评价结果备案表》, counted from the records and never typed (R63). An objection changes none of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import Count, Q

from hengjian.results.models import Score
from hengjian.results.states import ScoreState


@dataclass(frozen=True)
class Totals:
    """`passed` are those whose result stands, those among them whom an objection holds included (`held`).

    `listed` rows stand on the notice; `struck` of them no longer stand, cancelled or corrected after they were listed.
    Before a notice nobody is listed; from then on `listed = passed + struck`.
    """

    registered: int
    sat: int
    passed: int
    held: int
    cancelled: int
    listed: int
    struck: int


STANDING = tuple(state for state in ScoreState if state not in (ScoreState.EMPTY, ScoreState.CANCELLED))


def counts(prefix: str = "") -> dict[str, Any]:
    """The totals as aggregates `n_…` over scores, or over what has scores under `prefix`; one definition for all pages."""

    def q(**conditions: Any) -> Q:
        return Q(**{f"{prefix}{name}": value for name, value in conditions.items()})

    conditions = {
        "registered": q(id__isnull=False),
        "sat": q(absent=False, state__in=(*STANDING, ScoreState.CANCELLED)),
        "passed": q(passed=True, state__in=STANDING),
        "held": q(passed=True, state=ScoreState.HELD),
        "cancelled": q(state=ScoreState.CANCELLED),
        "listed": q(notice_place__isnull=False),
        "struck": q(notice_place__isnull=False) & (q(passed=False) | q(state=ScoreState.CANCELLED)),
    }
    return {f"n_{name}": Count(f"{prefix}id", filter=condition) for name, condition in conditions.items()}


def totals_of(sheet_id: int) -> Totals:
    return read(Score.objects.filter(sheet=sheet_id).aggregate(**counts()))


def read(counted: Mapping[str, Any]) -> Totals:
    """The totals out of what was aggregated or annotated with `counts`."""
    return Totals(**{field.name: counted[f"n_{field.name}"] for field in fields(Totals)})
