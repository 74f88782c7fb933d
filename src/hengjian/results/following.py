"""Rows that follow: held by an objection when the results were filed, answered since, and not filed yet (R58)."""

from __future__ import annotations

from hengjian.kernel.models import Entry
from hengjian.results.models import Objection, ResultSheet, Score
from hengjian.results.states import ScoreState

FILING_ACTS = ("results.file_results", "results.file_following_results")
ANSWER_ACT = "results.answer_objection"


def not_yet_filed(sheet_id: int) -> set[int]:
    """The passed scores whose objection was answered after the latest filing; the ledger's order decides."""
    filed = (
        Entry.objects.filter(act__in=FILING_ACTS, subject_table=ResultSheet._meta.db_table, subject_id=sheet_id)
        .order_by("-id")
        .values_list("id", flat=True)
        .first()
    )
    if filed is None:
        return set()
    cleared = dict(
        Objection.objects.filter(sheet=sheet_id, score__state=ScoreState.CLEARED, score__passed=True)
        .order_by("id")
        .values_list("id", "score_id")
    )
    answered = Entry.objects.filter(
        act=ANSWER_ACT, subject_table=Objection._meta.db_table, subject_id__in=cleared, id__gt=filed
    )
    later = set(answered.order_by("id").values_list("subject_id", flat=True))
    return {score for objection, score in cleared.items() if objection in later}


def held(sheet_id: int) -> int:
    return Score.objects.filter(sheet=sheet_id, state=ScoreState.HELD).count()
