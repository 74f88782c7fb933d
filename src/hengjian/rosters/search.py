"""Candidates as the search finds them: by the full name, its pinyin or one slip of it, by the number or its tail. Nobody
learns more of a candidate than the masked name and number."""

from __future__ import annotations

from typing import Any

from hengjian.kernel import marks, typed
from hengjian.kernel.actor import Actor
from hengjian.kernel.disclosure import disclosed
from hengjian.kernel.finding import FOUND, Finder, Hit, number_in
from hengjian.kernel.words import listed
from hengjian.occupations.levels import level_title
from hengjian.rosters import drawing
from hengjian.rosters.codes import DOCUMENT
from hengjian.rosters.identity import document_index
from hengjian.rosters.models import Candidate, CandidateMark


def _candidates(actor: Actor, words: str) -> list[Hit]:
    rows = disclosed(Candidate, actor).exclude(reason=drawing.WITHDRAWN).select_related("batch__plan")
    rows = rows.defer("name", "document_number", "facts", "ticket_code")
    found: list[tuple[Any, str]] = []
    number = typed.number_code(words)
    if number_in(number):
        indexes = [document_index(kind, number) for kind in DOCUMENT.titles]
        whole = rows.filter(document_index__in=indexes).order_by("-pk")[: FOUND + 1]
        found = [(row, marks.REASONS["number"]) for row in whole]
    known = [row.pk for row, _ in found]
    found += marks.search(CandidateMark, rows.exclude(pk__in=known), words, FOUND + 1 - len(found))
    return [_hit(row, reason) for row, reason in found]


def _hit(row: Candidate, reason: str) -> Hit:
    return Hit(
        row.pk,
        row.masked_name,
        row.masked_number,
        listed(
            (row.batch.plan.number or row.batch.plan.title, row.batch.occupation_name, level_title(row.batch.level)),
            " ",
        ),
        row.state,
        str(row.get_state_display()),
        reason,
    )


CANDIDATES = Finder("candidates", "考生", "考生姓名、拼音、证件号码或其后四位", Candidate, _candidates)
