"""The ordinary candidate: in order on every point, so that a case says only what is out of order."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pyarrow as pa

from hengjian.rosters import civil
from hengjian.rosters.checks.check import Case
from hengjian.rosters.checks.tables import EMPLOYER, JOB, OWN, TRADE, data, text_key
from hengjian.rosters.conditions import Written

ON = date(2026, 11, 1)
ELECTRICIAN, WELDER = 6310103, 6180204
DAY_MINUTES = 24 * 60


def day(year: int, month: int, number: int) -> int:
    return civil.civil(date(year, month, number))


def ordinary(row: int) -> dict[str, int]:
    """An electrician of 36 with a contract since 2015, who applies for level 4."""
    return {
        "row": row,
        "batch": 1,
        "institution_kind": EMPLOYER,
        "edition": 23,
        "person_key": 1000 + row,
        "id_kind": 1,
        "id_ok": 1,
        "birth": day(1990, 5, 6),
        "birth_in_number": day(1990, 5, 6),
        "sex": 1,
        "sex_in_number": 1,
        "employer": 7,
        "employer_own": OWN,
        "evidence": 1,
        "contract_from": day(2015, 1, 1),
        "contract_to": civil.OPEN,
        "occupation": ELECTRICIAN,
        "occupation_by_name": ELECTRICIAN,
        "level": 4,
        "job": text_key("维修电工"),
        "applied": day(2026, 10, 10),
        "exam": day(2026, 11, 1),
        "judged": civil.judged(ON),
        "starts": 9 * 60,
        "ends": 11 * 60,
        "work_from": day(2015, 1, 1),
        "condition": int(Written.FULFILLED),
        "condition_place": 1,
        "photo": 1,
        "photo_on": day(2026, 9, 1),
    }


BESIDE: Mapping[str, tuple[Mapping[str, int], ...]] = {
    "occupations": ({"occupation": ELECTRICIAN}, {"occupation": WELDER}),
    "related": (
        {"kind": JOB, "key": text_key("维修电工"), "occupation": ELECTRICIAN},
        {"kind": JOB, "key": text_key("焊工"), "occupation": WELDER},
        {"kind": TRADE, "key": text_key("变电检修电工"), "occupation": ELECTRICIAN},
    ),
    "plans": ({"batch": 1, "occupation": ELECTRICIAN, "level": 4},),
}


def tables_of(case: Case) -> dict[str, pa.Table]:
    """The case as full tables: ordinary candidates with its differences, and what stands beside them."""
    candidates = [ordinary(row) | dict(given) for row, given in enumerate(case.candidates, start=1)]
    beside = {name: [*BESIDE.get(name, ()), *case.beside.get(name, ())] for name in {*BESIDE, *case.beside}}
    return data(candidates=candidates, **beside)
