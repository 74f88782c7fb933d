"""Checking many certificates at once, and the figures of the public start page; what a single check may say, no more."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from hengjian.certificates import coding, identity
from hengjian.certificates.models import Certificate
from hengjian.certificates.queries import CheckAnswer, _answer
from hengjian.kernel import clock
from hengjian.kernel.certificate_number import Parts, Problem, parse


@dataclass(frozen=True)
class Asked:
    """One line of a batch: the number as written, and the holder's name or the number's last four."""

    number: str
    name: str = ""
    tail: str = ""


def problem_of(number: str) -> Problem | None:
    """What is wrong with a number as written; nothing when it could be one."""
    found = parse(number, coding.layout_on(clock.today()))
    return found if isinstance(found, Problem) else None


def check_many(lines: Sequence[Asked]) -> list[CheckAnswer | None]:
    """The answer to each line, as `queries.check` would give it, with one query for all."""
    layout = coding.layout_on(clock.today())
    wanted = [parse(line.number, layout) for line in lines]
    numbers = {parts.value for parts in wanted if isinstance(parts, Parts)}
    rows = Certificate.objects.filter(number__in=numbers).defer("name", "document_number").order_by("pk")
    found = {row.number: row for row in rows}
    answers: list[CheckAnswer | None] = []
    for line, parts in zip(lines, wanted, strict=True):
        row = found.get(parts.value) if isinstance(parts, Parts) else None
        answers.append(_answer(row) if row is not None and _fits(row, line) else None)
    return answers


def _fits(row: Certificate, line: Asked) -> bool:
    name, tail = line.name.strip(), line.tail.strip()
    if not name and len(tail) != identity.TAIL:
        return False
    name_fits = not name or hmac.compare_digest(identity.name_index(name), bytes(row.name_index))
    tail_fits = not tail or hmac.compare_digest(identity.tail_index(row.number, tail), bytes(row.document_tail))
    return name_fits and tail_fits
