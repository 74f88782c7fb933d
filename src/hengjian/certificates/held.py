"""Certificates held, as the roster checks ask for them: the register of this house, by person (rosters.history)."""

from __future__ import annotations

from hengjian.certificates.models import Certificate
from hengjian.rosters import civil, history
from hengjian.rosters.checks.tables import occupation_number
from hengjian.rosters.sources import Rows

_CHUNK = 500


def held_by(persons: frozenset[int]) -> Rows:
    keys = sorted(persons)
    rows: Rows = []
    for start in range(0, len(keys), _CHUNK):
        found = Certificate.objects.filter(
            score__candidate__person_key__in=keys[start : start + _CHUNK], state=Certificate.State.ISSUED
        ).order_by("pk")
        for key, occupation, level, issued in found.values_list(
            "score__candidate__person_key", "occupation_code", "level", "issued_on"
        ):
            rows.append(
                {
                    "person_key": key,
                    "occupation": occupation_number(occupation),
                    "level": history.level_number(level),
                    "issued": civil.civil(issued),
                }
            )
    return rows
