"""What the checks read: eight narrow tables of whole numbers, written once at import.

Text is compared, hashed and parsed in Python; the engines see integers only, and 0 says "not given", so no engine's
treatment of NULL, of Chinese text or of dates can change an answer. Days are numbers of `rosters.civil`, sittings are
minutes, occupations are their seven digits (6-31-01-03 is 6310103), texts are keys of `text_key`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import blake2b
from types import MappingProxyType
from typing import Any, Final

import ibis
import pyarrow as pa

from hengjian.kernel.law import Values
from hengjian.rosters.entry import EntryRow

Columns = Mapping[str, str]

SCHEMAS: Final[Mapping[str, Columns]] = MappingProxyType(
    {
        # one row per candidate of the rosters under check
        "candidates": {
            "row": "int64",
            "batch": "int64",
            "institution_kind": "int16",  # 1 employer, 2 social organisation, 3 school
            "edition": "int16",  # edition of the entry conditions: 18, 23
            "person_key": "int64",
            "id_kind": "int16",  # 1 resident identity card, 2 other papers
            "id_ok": "int16",  # 1 sound, 0 not
            "birth": "int32",
            "birth_in_number": "int32",
            "sex": "int16",  # 1 male, 2 female (GB/T 2261.1)
            "sex_in_number": "int16",
            "employer": "int64",
            "employer_own": "int16",  # 0 not judged, 1 the institution's own, 2 of its principal, 3 another's, 4 blank
            "evidence": "int16",  # of employment: 0 none, 1 contract, 2 de facto relation
            "contract_from": "int32",
            "contract_to": "int32",  # OPEN where no end is set
            "evidence_kinds": "int16",  # how many kinds of papers prove the de facto relation
            "occupation": "int32",
            "occupation_by_name": "int32",  # what the written name means in the catalogue
            "trade": "int64",
            "level": "int16",  # 5 … 1, then -1 and -2; 6 apprentice; a larger number is a lower level
            "job": "int64",
            "major": "int64",
            "mismatch_reason": "int16",  # 1 a reason for a differing occupation is on record
            "applied": "int32",
            "exam": "int32",
            "judged": "int32",  # the day on which conditions must be met, written by civil.judged
            "starts": "int64",
            "ends": "int64",
            "prior_number": "int16",  # 0 not given, 1 well formed, 2 malformed
            "prior_number_level": "int16",
            "prior_number_year": "int16",
            "prior_level": "int16",
            "prior_occupation": "int32",
            "prior": "int32",  # date of the prior certificate
            "prior_year": "int16",
            "work_from": "int32",  # where uninterrupted work in the occupation would have begun
            "title_grade": "int16",  # 1 junior, 2 middle, 3 senior professional title
            "title": "int32",
            "schooling": "int32",  # bits of entry.School
            "final_year": "int16",
            "apprenticed": "int16",
            "training_hours": "int32",
            "pre_technician": "int16",
            "condition": "int16",  # the number written, as conditions.Written
            "condition_place": "int16",  # its place among the conditions of the level, from 1
            "route": "int16",  # 0 ordinary, else an exception route
            "basis": "int16",  # 1 a basis document is on record
            "photo": "int16",  # 0 missing, 1 there, 2 not asked for in this file
            "photo_on": "int32",
        },
        # every enrolment known: those under check and those of other batches
        "enrolments": {
            "row": "int64",
            "batch": "int64",
            "person_key": "int64",
            "occupation": "int32",
            "level": "int16",
            "applied": "int32",
            "exam": "int32",
            "starts": "int64",
            "ends": "int64",
        },
        "employment": {"person_key": "int64", "employer": "int64", "begins": "int32", "ends": "int32"},
        "certificates": {"person_key": "int64", "occupation": "int32", "level": "int16", "issued": "int32"},
        "occupations": {"occupation": "int32"},
        # further codes under which an occupation went in another edition of the catalogue
        "aliases": {"occupation": "int32", "named": "int32"},
        # kind 1 job, 2 major, 3 trade (key: text), 4 related occupation (key: its digits)
        "related": {"kind": "int16", "key": "int64", "occupation": "int32"},
        "plans": {"batch": "int64", "occupation": "int32", "level": "int16"},
    }
)

JOB, MAJOR, TRADE, OCCUPATION = 1, 2, 3, 4
EMPLOYER, SOCIAL, SCHOOL = 1, 2, 3
OWN, PRINCIPAL, FOREIGN, BLANK = 1, 2, 3, 4


@cache
def _named(name: str) -> ibis.Table:
    return ibis.table(dict(SCHEMAS[name]), name=name)


@dataclass(frozen=True)
class Tables:
    """The tables as an engine sees them by name, with the day whose law holds, its values and the entry conditions."""

    on: date
    entry_rows: tuple[EntryRow, ...]
    law: Values

    def __getitem__(self, name: str) -> ibis.Table:
        return _named(name)

    @property
    def candidates(self) -> ibis.Table:
        return self["candidates"]

    @property
    def enrolments(self) -> ibis.Table:
        return self["enrolments"]

    @property
    def related(self) -> ibis.Table:
        return self["related"]


def arrow_schema(name: str) -> pa.Schema:
    kinds = {"int16": pa.int16(), "int32": pa.int32(), "int64": pa.int64()}
    return pa.schema([pa.field(column, kinds[kind], nullable=False) for column, kind in SCHEMAS[name].items()])


def arrow(name: str, rows: Iterable[Mapping[str, int]] = ()) -> pa.Table:
    """The table `name` from rows of which absent values are 0; an unknown column is a mistake."""
    listed = list(rows)
    unknown = {column for row in listed for column in row} - set(SCHEMAS[name])
    if unknown:
        raise KeyError(f"{name} has no column {', '.join(sorted(unknown))}")
    schema = arrow_schema(name)
    columns: dict[str, list[Any]] = {column: [row.get(column, 0) for row in listed] for column in SCHEMAS[name]}
    return pa.table(columns, schema=schema)


def data(**given: Iterable[Mapping[str, int]] | pa.Table) -> dict[str, pa.Table]:
    """All tables; those not given are empty. The enrolments under check are added to the known ones."""
    tables = {name: t if isinstance(t, pa.Table) else arrow(name, t) for name, t in given.items()}
    whole = {name: tables.get(name, arrow(name)) for name in SCHEMAS}
    whole["enrolments"] = pa.concat_tables(
        [whole["enrolments"], whole["candidates"].select(list(SCHEMAS["enrolments"]))]
    )
    return whole


def text_key(text: str) -> int:
    """A text as a number: width, case, blanks and marks of the catalogue do not count; 0 where nothing is left."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = "".join(sign for sign in plain if sign.isalnum())
    if not plain:
        return 0
    return int.from_bytes(blake2b(plain.encode(), digest_size=8).digest(), "big", signed=True) or 1


def occupation_number(code: str) -> int:
    """6-31-01-03 → 6310103; the trade's fifth part is left out; 0 for anything else."""
    parts = code.strip().split("-")
    if len(parts) not in (4, 5) or [len(p) for p in parts[:4]] != [1, 2, 2, 2] or not all(p.isdigit() for p in parts):
        return 0
    return int("".join(parts[:4]))


def occupation_code(number: int) -> str:
    digits = f"{number:07d}"
    return f"{digits[0]}-{digits[1:3]}-{digits[3:5]}-{digits[5:]}"
