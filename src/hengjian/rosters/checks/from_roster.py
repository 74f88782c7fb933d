"""From a roster as read to the tables of the checks: every text is looked up, every date numbered, once.

A date of which only month or year is written is never given a day in the candidate's favour: beginnings that must lie
far enough back count from the end of that month, ends to its end.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

import pyarrow as pa

from hengjian.kernel.law import Law, National
from hengjian.kernel.policy import Policy
from hengjian.rosters import civil
from hengjian.rosters.checks.prior_numbers import read as read_prior_number
from hengjian.rosters.checks.tables import (
    BLANK,
    EMPLOYER,
    FOREIGN,
    OWN,
    PRINCIPAL,
    arrow_schema,
    occupation_number,
    text_key,
)
from hengjian.rosters.checks.vocabulary import Vocabulary
from hengjian.rosters.conditions import read_condition
from hengjian.rosters.entry import Facts, School, entry_rows
from hengjian.rosters.policies import CONDITIONS_JUDGED_ON

T = TypeVar("T")
RESIDENT = ("01", None)
ROUTES: Mapping[str, int] = {"direct": 1, "break_rule": 2, "contest": 3, "link": 4, "own_rule": 5}
S = School
SCHOOLING: Mapping[str, int] = {
    "technical_school": S.TECHNICAL_SCHOOL,
    "senior_technical": S.TECHNICAL_SCHOOL | S.SENIOR_TECHNICAL,
    "senior_class": S.TECHNICAL_SCHOOL | S.SENIOR_CLASS,
    "technician_institute": S.TECHNICAL_SCHOOL | S.SENIOR_TECHNICAL | S.TECHNICIAN_INSTITUTE,
    "technician_class": S.TECHNICAL_SCHOOL
    | S.SENIOR_TECHNICAL
    | S.SENIOR_CLASS
    | S.TECHNICIAN_INSTITUTE
    | S.TECHNICIAN_CLASS,
    "medium_vocational": S.MEDIUM_VOCATIONAL,
    "higher_vocational": S.MEDIUM_VOCATIONAL | S.HIGHER_VOCATIONAL | S.COLLEGE,
    "college": S.COLLEGE,
}


@dataclass(frozen=True)
class Setting:
    """What the plan says of the batch; `starts` and `ends` are minutes since 1970, 0 while no sitting is set. `own_names` are the
    keys of the institution's names and credit code, `principal_names` those of whoever entrusted it; without own names the
    employer is not judged. `law` reads the law where the batch lies; without, the nation's counts."""

    applied: date
    exam: date
    edition: int
    batch: int = 1
    institution_kind: int = EMPLOYER
    employer: str = ""
    own_names: frozenset[int] = frozenset()
    principal_names: frozenset[int] = frozenset()
    occupation: int = 0
    level: int = 0
    starts: int = 0
    ends: int = 0
    law: Law | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if self.law is None:
            object.__setattr__(self, "law", National(self.applied))

    def policy(self, handle: Policy[T], on: date) -> T:
        assert self.law is not None
        return self.law.policy(handle, on)

    @property
    def judged(self) -> int:
        """The day on which conditions must be met."""
        day = self.exam if self.policy(CONDITIONS_JUDGED_ON, self.exam) == "exam" else self.applied
        return civil.judged(day)

    def plan_rows(self) -> list[dict[str, int]]:
        if not self.occupation or not self.level:
            return []
        return [{"batch": self.batch, "occupation": self.occupation, "level": self.level}]


def candidates(table: pa.Table, setting: Setting, words: Vocabulary) -> pa.Table:
    """The candidates of a roster as the checks read them; rows are numbered from 1 in the order of the table."""
    roster = _Roster(table)
    columns = _columns(roster, setting, words)
    columns |= _conditions(roster, columns, setting)
    return pa.table(columns, schema=arrow_schema("candidates"))


def _conditions(r: _Roster, columns: dict[str, Sequence[int]], setting: Setting) -> dict[str, Sequence[int]]:
    """The written number of the entry condition, judged by the candidate's other columns and the law of the day."""
    on, law = setting.applied, entry_rows()
    names = tuple(Facts.__dataclass_fields__)
    known: dict[tuple[Any, ...], tuple[int, int]] = {}
    found = []
    for told in zip(r["entry_condition"], *(columns[name] for name in names), strict=True):
        if told not in known:
            read = read_condition(told[0], Facts(**dict(zip(names, told[1:], strict=True))), law, on)
            known[told] = int(read.written), read.place
        found.append(known[told])
    return {"condition": [one for one, _ in found], "condition_place": [place for _, place in found]}


def places(table: pa.Table) -> dict[int, tuple[str, int]]:
    """Where each numbered row stands in the file."""
    pairs = zip(table["sheet"].to_pylist(), table["row"].to_pylist(), strict=True)
    return dict(enumerate(pairs, start=1))


class _Roster:
    """The roster column by column; a column that is absent is empty."""

    def __init__(self, table: pa.Table) -> None:
        self.table = table
        self.size = table.num_rows

    def __getitem__(self, name: str) -> list[Any]:
        if name not in self.table.column_names:
            return [None] * self.size
        values: list[Any] = self.table[name].to_pylist()
        return values

    def mapped(self, name: str, read: Callable[[Any], int]) -> list[int]:
        """Every different value is read once."""
        values = self[name]
        known = {value: read(value) for value in set(values)}
        return [known[value] for value in values]

    def days(self, name: str, *, late: bool = True) -> list[int]:
        """Dates as numbers; where the day is not written, the last one possible (or the first, with `late=False`)."""
        pairs = list(zip(self[name], self[f"{name}_precision"], strict=True))
        known = {pair: _number(*pair, late=late) for pair in set(pairs)}
        return [known[pair] for pair in pairs]


def _number(day: date | None, precision: str | None, *, late: bool) -> int:
    if precision == "open":
        return civil.OPEN
    if day is None or not late or precision in (None, "day"):
        return civil.civil(day)
    month = 12 if precision == "year" else day.month
    return (day.year * 12 + month - 1) * civil.MONTH + 31


def _columns(r: _Roster, setting: Setting, words: Vocabulary) -> dict[str, Sequence[int]]:
    return {
        **_frame(r, setting),
        **_person(r),
        **_employment(r, setting),
        **_occupation(r, setting, words),
        **_prior(r, setting, words),
        **_grounds(r, setting),
    }


def _frame(r: _Roster, setting: Setting) -> dict[str, Sequence[int]]:
    constant = {
        "batch": setting.batch,
        "institution_kind": setting.institution_kind,
        "edition": setting.edition,
        "applied": civil.civil(setting.applied),
        "exam": civil.civil(setting.exam),
        "judged": setting.judged,
        "starts": setting.starts,
        "ends": setting.ends,
    }
    return {"row": range(1, r.size + 1)} | {name: [value] * r.size for name, value in constant.items()}


def _person(r: _Roster) -> dict[str, Sequence[int]]:
    birth, in_number = r.days("birth", late=False), r.days("birth_from_id", late=False)
    sex, sex_in_number = r.mapped("sex", _digit), r.mapped("sex_from_id", _digit)
    whole = [precision in (None, "day") for precision in r["birth_precision"]]
    return {
        "person_key": [key or 0 for key in r["person_key"]],
        "id_kind": r.mapped("document_type", lambda v: 1 if v in RESIDENT else 2),
        "id_ok": r.mapped("id_ok", _int),
        "birth": [(b if w else 0) or n for b, n, w in zip(birth, in_number, whole, strict=True)],
        "birth_in_number": in_number,
        "sex": [a or b for a, b in zip(sex, sex_in_number, strict=True)],
        "sex_in_number": sex_in_number,
        "photo": _photos(r["photo"]),
        "photo_on": [0] * r.size,
    }


def _photos(written: Sequence[str | None]) -> list[int]:
    """Where no row names a photo, photos are handed in apart from the file."""
    if not any(written):
        return [2] * len(written)
    return [1 if name else 0 for name in written]


def _employment(r: _Roster, setting: Setting) -> dict[str, Sequence[int]]:
    begins, ends = r.days("contract_begin", late=False), r.days("contract_end")
    kinds = r.mapped("de_facto_evidence", lambda v: len(v.split("+")) if v else 0)
    contract = [bool(b or e) for b, e in zip(begins, ends, strict=True)]
    default = text_key(setting.employer)
    return {
        "employer_own": r.mapped("employer", lambda v: _whose(text_key(v or ""), setting)),
        "employer": r.mapped("employer", lambda v: text_key(v or "") or default),
        "evidence": [1 if c else 2 if k else 0 for c, k in zip(contract, kinds, strict=True)],
        "contract_from": begins,
        "contract_to": [end or civil.OPEN for end in ends],
        "evidence_kinds": kinds,
    }


def _whose(employer: int, setting: Setting) -> int:
    if not setting.own_names:
        return 0
    if not employer:
        return BLANK
    return OWN if employer in setting.own_names else PRINCIPAL if employer in setting.principal_names else FOREIGN


def _occupation(r: _Roster, setting: Setting, words: Vocabulary) -> dict[str, Sequence[int]]:
    codes = r.mapped("occupation_code", lambda v: occupation_number(v or ""))
    named = r.mapped("occupation_name", lambda v: (words.number_of(v) or -1) if v else 0)
    chosen = [c or max(n, 0) or setting.occupation for c, n in zip(codes, named, strict=True)]
    return {
        "occupation": chosen,
        "occupation_by_name": named,
        "trade": r.mapped("trade", lambda v: text_key(v or "")),
        "level": r.mapped("level", _int),
        "job": _keys(r["job"], chosen, words),
        "major": _keys(r["major"], chosen, words),
        "mismatch_reason": r.mapped("mismatch_reason", lambda v: 1 if v else 0),
    }


def _keys(texts: Sequence[str | None], occupations: Sequence[int], words: Vocabulary) -> list[int]:
    pairs = list(zip(texts, occupations, strict=True))
    known = {pair: words.key_for(*pair) for pair in set(pairs)}
    return [known[pair] for pair in pairs]


def _prior(r: _Roster, setting: Setting, words: Vocabulary) -> dict[str, Sequence[int]]:
    numbers = r["prior_number"]
    known = {number: read_prior_number(number, setting.applied) for number in set(numbers)}
    read = [known[number] for number in numbers]
    special = [kind == "special" for kind in r["prior_kind"]]  # a certificate of one skill has no level
    levels = [0 if no else level or 0 for no, level in zip(special, r["prior_level"], strict=True)]
    dates = r.days("prior_date")
    return {
        "prior_number": [0 if no else n.form for no, n in zip(special, read, strict=True)],
        "prior_number_level": [n.level for n in read],
        "prior_number_year": [n.year for n in read],
        "prior_level": levels,
        "prior_occupation": r.mapped("prior_occupation", lambda v: words.number_of(v) if v else 0),
        "prior": dates,
        "prior_year": [day // civil.YEAR if day else 0 for day in dates],
        "pre_technician": r.mapped("prior_kind", lambda v: 1 if v == "reserve" else 0),
    }


def _grounds(r: _Roster, setting: Setting) -> dict[str, Sequence[int]]:
    applied = civil.civil(setting.applied)
    graduated, ended = r.days("graduated_on"), r.days("apprenticeship_end")
    final, judged = r.mapped("is_final_year", _int), setting.judged
    return {
        "work_from": r.mapped("years_in_occupation", lambda v: _work_from(v, applied)),
        "title_grade": r.mapped("title_grade", _digit),
        "title": r.days("title_date"),
        "schooling": r.mapped("schooling", lambda v: int(SCHOOLING.get(v or "", 0))),
        "final_year": [1 if f or g > judged else 0 for f, g in zip(final, graduated, strict=True)],
        "apprenticed": [1 if 0 < end <= judged else 0 for end in ended],
        "training_hours": [0] * r.size,
        "route": r.mapped("exception_route", lambda v: ROUTES.get(v or "", 0)),
        "basis": r.mapped("exception_basis", lambda v: 1 if v else 0),
    }


def _work_from(years: float | None, applied: int) -> int:
    """Where uninterrupted work would have begun; whole months count."""
    return 0 if years is None else applied - int(years * 12 + 1e-9) * civil.MONTH


def _digit(value: str | None) -> int:
    return int(value) if value and value.isdecimal() else 0


def _int(value: Any) -> int:
    return int(value or 0)
