"""Checking certificates as the public does: one in a single prepared statement, many with one query.

`check` is written for the page asked for most, so its statement is compiled once and the words of a level are kept.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any

from django.db import connection

from hengjian.certificates import coding, identity
from hengjian.certificates.models import Certificate, EarlierCertificate
from hengjian.certificates.policies import LEVEL_TEXTS
from hengjian.certificates.queries import CheckAnswer, _answer, earlier_answer
from hengjian.certificates.schemes import Scheme, scheme_of
from hengjian.kernel import clock
from hengjian.kernel.certificate_number import Layout, Problem
from hengjian.kernel.law import nationwide

_READ = (
    "pk", "name_index", "document_tail", "masked_name", "masked_number", "occupation_name", "occupation_code", "trade",
    "level", "institution_name", "issued_on", "online_on", "state", "revoked_on",
)  # fmt: skip
_NOTHING = b"\0" * 16
_LABELS = {str(value): str(label) for value, label in Certificate.State.choices}


def check(number: str, *, name: str = "", tail: str = "") -> CheckAnswer | Problem | None:
    """The answer, what is wrong with the number as written, or nothing: a pair that does not fit says no more."""
    parts = _read(number)
    if isinstance(parts, Problem):
        return parts
    value = parts.value
    with connection.cursor() as cursor:
        cursor.execute(_statement(), [value, value, EarlierCertificate.State.STANDING.value])
        row = cursor.fetchone()
    # Both are always computed and compared, found or not, so that the time tells nothing.
    name_fits = hmac.compare_digest(identity.name_index(name), bytes(row[1]) if row else _NOTHING)
    tail_fits = hmac.compare_digest(identity.tail_index(value, tail), bytes(row[2]) if row else _NOTHING)
    given_name, given_tail = bool(name.strip()), len(tail.strip()) == identity.TAIL
    fits = (given_name or given_tail) and (name_fits or not given_name) and (tail_fits or not tail.strip())
    if row is None or not fits:
        return None
    if row[0] == 0:
        rows = EarlierCertificate.objects.filter(number=value, state=EarlierCertificate.State.STANDING)
        return earlier_answer(rows.select_related("takeover").defer("name", "document_number").get())
    issued_on, state = _day(row[10]), row[12]
    assert issued_on is not None
    return CheckAnswer(
        certificate=row[0],
        number=value,
        spaced_number=parts.parts.spaced() if parts.parts is not None else value,
        masked_name=row[3],
        masked_number=row[4],
        occupation_name=row[5],
        occupation_code=row[6],
        trade=row[7],
        level_text=_level_text(row[8], issued_on),
        institution=row[9],
        issued_on=issued_on,
        online_on=_day(row[11]),
        valid=state == Certificate.State.ISSUED.value,
        state_label=_LABELS[state],
        revoked_on=_day(row[13]),
    )


def certificates_online() -> int:
    """How many certificates the public can find."""
    return Certificate.objects.filter(online_on__isnull=False).count()


@cache
def _statement() -> str:
    """One statement, kept short: Django looks through its text for marks each time."""
    columns = ", ".join("id" if name == "pk" else name for name in _READ)
    # Of what was taken over only the pair is read here; it is looked for whether or not the first has it, so that time tells nothing.
    nothing = {"pk": "0", "name_index": "name_index", "document_tail": "document_tail"}
    pair = ", ".join(nothing.get(name, "NULL") for name in _READ)
    first = f"SELECT {columns} FROM {Certificate._meta.db_table} WHERE number = %s"  # noqa: S608 - names of our own
    second = f"SELECT {pair} FROM {EarlierCertificate._meta.db_table} WHERE number = %s AND state = %s"  # noqa: S608
    return f"{first} UNION ALL {second}"


@lru_cache(maxsize=8)
def _layout(day: date) -> Layout:
    return coding.layout_on(day)


@lru_cache(maxsize=4096)
def _level_text(level: str, issued_on: date) -> str:
    texts = nationwide(issued_on).policy(LEVEL_TEXTS)
    return str(texts[level]) if level in texts else _layout(issued_on).level_name(level)


def _day(value: date | str | None) -> date | None:
    """A day as the driver gives it: SQLite keeps text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


@dataclass(frozen=True)
class Asked:
    """One line of a batch: the number as written, and the holder's name or the number's last four."""

    number: str
    name: str = ""
    tail: str = ""


def problem_of(number: str) -> Problem | None:
    """What is wrong with a number as written; nothing when it could be one."""
    found = _read(number)
    return found if isinstance(found, Problem) else None


def _read(number: str) -> Scheme | Problem:
    return scheme_of(number, nationwide(clock.today()))


def check_many(lines: Sequence[Asked]) -> list[CheckAnswer | None]:
    """The answer to each line, as `queries.check` would give it, with one query for each of the two registers."""
    wanted = [_read(line.number) for line in lines]
    numbers = {read.value for read in wanted if isinstance(read, Scheme)}
    rows = Certificate.objects.filter(number__among=sorted(numbers)).defer("name", "document_number").order_by("pk")
    earlier = EarlierCertificate.objects.filter(number__among=sorted(numbers), state=EarlierCertificate.State.STANDING)
    brought = earlier.select_related("takeover").defer("name", "document_number").order_by("pk")
    found: dict[str, Any] = {row.number: row for row in brought} | {row.number: row for row in rows}
    answers: list[CheckAnswer | None] = []
    for line, read in zip(lines, wanted, strict=True):
        row = found.get(read.value) if isinstance(read, Scheme) else None
        if row is None or not _fits(row, line):
            answers.append(None)
        else:
            answers.append(earlier_answer(row) if isinstance(row, EarlierCertificate) else _answer(row))
    return answers


def _fits(row: Certificate | EarlierCertificate, line: Asked) -> bool:
    name, tail = line.name.strip(), line.tail.strip()
    if not name and len(tail) != identity.TAIL:
        return False
    name_fits = not name or hmac.compare_digest(identity.name_index(name), bytes(row.name_index))
    tail_fits = not tail or hmac.compare_digest(identity.tail_index(row.number, tail), bytes(row.document_tail))
    return name_fits and tail_fits
