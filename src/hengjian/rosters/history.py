"""What is known of the people of a roster besides it: other enrolments, other employers, certificates held (R26).

Certificates live in a layer above; that layer hands in its reading under its name.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime

import pyarrow as pa

from hengjian.kernel.clock import ZONE
from hengjian.plans.models import Batch, Sitting
from hengjian.plans.states import PlanState
from hengjian.rosters import civil
from hengjian.rosters.checks.tables import arrow, occupation_number, text_key
from hengjian.rosters.models import Candidate
from hengjian.rosters.sources import SOURCES, Rows

EPOCH = datetime(1970, 1, 1, tzinfo=ZONE)
_CHUNK = 500
_LEVELS = {"T": -1, "S": -2}


def known_beside(batch: Batch, keys: Iterable[int]) -> Mapping[str, pa.Table]:
    """The check tables `enrolments`, `employment` and `certificates` for these persons, without this batch."""
    persons = frozenset(key for key in keys if key)
    others = list(_others(batch, persons))
    times = sitting_times({candidate.batch_id for candidate in others})
    tables = {"enrolments": _enrolments(others, times), "employment": _employment(batch, others)}
    for name, source in SOURCES.items():
        tables[name] = [*tables.get(name, []), *source(persons)]
    return {name: arrow(name, rows) for name, rows in tables.items()}


def level_number(level: str) -> int:
    return _LEVELS.get(level) or int(level)


def sitting_times(batches: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Batch → minutes since 1970 between which its first day is occupied."""
    days: dict[int, tuple[date, int, int]] = {}
    rows = Sitting.objects.filter(batch_id__among=sorted(batches), withdrawn=False).order_by("starts_at", "pk")
    for batch, starts_at, ends_at in rows.values_list("batch_id", "starts_at", "ends_at"):
        starts, ends = starts_at.astimezone(ZONE), ends_at.astimezone(ZONE)
        first = days.get(batch)
        if first is None:
            days[batch] = (starts.date(), _minutes(starts), _minutes(ends))
        elif first[0] == starts.date():
            days[batch] = (first[0], first[1], max(first[2], _minutes(ends)))
    return {batch: (starts, ends) for batch, (_, starts, ends) in days.items()}


def _minutes(moment: datetime) -> int:
    return int((moment - EPOCH).total_seconds() // 60)


def _others(batch: Batch, persons: frozenset[int]) -> Iterable[Candidate]:
    keys = sorted(persons)
    for start in range(0, len(keys), _CHUNK):
        yield from (
            Candidate.objects.filter(person_key__in=keys[start : start + _CHUNK])
            .exclude(batch=batch.pk)
            .exclude(state=Candidate.State.EXCLUDED)
            .exclude(batch__plan__state=PlanState.WITHDRAWN)
            .select_related("batch__plan")
            .defer("name", "document_number")
            .order_by("pk")
        )


def _enrolments(others: list[Candidate], times: Mapping[int, tuple[int, int]]) -> Rows:
    rows = []
    for candidate in others:
        batch = candidate.batch
        starts, ends = times.get(batch.pk, (0, 0))
        rows.append(
            {
                "row": candidate.row,
                "batch": batch.pk,
                "person_key": candidate.person_key,
                "occupation": occupation_number(batch.occupation_code),
                "level": level_number(batch.level),
                "applied": civil.civil(batch.plan.submitted_on or batch.plan.held_on),
                "exam": civil.civil(batch.plan.ends_on),
                "starts": starts,
                "ends": ends,
            }
        )
    return rows


def _employment(batch: Batch, others: list[Candidate]) -> Rows:
    """Spells written in the rosters of other institutions."""
    rows = []
    for candidate in others:
        if candidate.batch.plan.institution_id == batch.plan.institution_id:
            continue
        told = json.loads(candidate.facts or "{}")
        employer, begins = text_key(told.get("employer") or ""), told.get("contract_begin")
        if not employer or not begins:
            continue
        ends = told.get("contract_end")
        rows.append(
            {
                "person_key": candidate.person_key,
                "employer": employer,
                "begins": civil.civil(date.fromisoformat(begins)),
                "ends": civil.civil(date.fromisoformat(ends)) if ends else civil.OPEN,
            }
        )
    return rows
