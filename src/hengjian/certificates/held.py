"""Certificates held, as the roster checks ask for them: the register of this house and what it took over, by person (rosters.history)."""

from __future__ import annotations

from hengjian.certificates.models import Certificate, EarlierCertificate
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
        here = found.values_list("score__candidate__person_key", "occupation_code", "level", "issued_on")
        brought = EarlierCertificate.objects.filter(
            person_key__in=keys[start : start + _CHUNK], state=EarlierCertificate.State.STANDING
        ).exclude(occupation_code="")
        earlier = brought.order_by("pk").values_list("person_key", "occupation_code", "level", "issued_on")
        for key, occupation, level, issued in (*here, *earlier):
            rows.append(
                {
                    "person_key": key,
                    "occupation": occupation_number(occupation),
                    "level": history.level_number(level),
                    "issued": civil.civil(issued),
                }
            )
    return rows
