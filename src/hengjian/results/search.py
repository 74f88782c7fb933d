"""Objections as the search finds them: by the code their writer was given, by the plan, by a word of what is written, as far
as whoever asks may read it."""

from __future__ import annotations

from typing import Any

from hengjian.kernel import codes
from hengjian.kernel.actor import Actor
from hengjian.kernel.disclosure import disclosed
from hengjian.kernel.finding import FOUND, Finder, Hit, by_words
from hengjian.kernel.words import listed
from hengjian.results.lists import whose
from hengjian.results.models import Objection
from hengjian.results.queries import OF_OBJECTIONS, objection_row

READ_THROUGH = 500  # the newest, whose words lie encrypted and are read one by one
LOOKED_AT = (
    ("sheet__batch__plan__number", "计划编号"),
    ("sheet__batch__occupation_name", "职业"),
    ("sheet__batch__plan__institution__name", "机构"),
)


def _objections(actor: Actor, words: str) -> list[Hit]:
    rows = disclosed(Objection, actor).select_related(*OF_OBJECTIONS).order_by("-pk")
    found: list[tuple[Any, str]] = [(row, "查询码") for row in rows.filter(code=codes.read(words))[:1]]
    found += by_words(rows.exclude(pk__in=[row.pk for row, _ in found]), words, LOOKED_AT)
    if len(found) <= FOUND:
        others = rows.exclude(pk__in=[row.pk for row, _ in found])[:READ_THROUGH]
        written = [(row, "异议内容") for row in others if all(word in _text(actor, row) for word in words.split())]
        found += written
    return [_hit(actor, row, reason) for row, reason in found[: FOUND + 1]]


def _text(actor: Actor, row: Objection) -> str:
    told = objection_row(actor, row)
    return f"{told.text}\n{told.answer}"


def _hit(actor: Actor, row: Objection, reason: str) -> Hit:
    told = objection_row(actor, row)
    return Hit(
        row.pk,
        whose(told),
        told.plan_number,
        listed((told.institution_short_name, told.received_on.isoformat()), " · "),
        told.state,
        told.state_label,
        reason,
    )


OBJECTIONS = Finder("objections", "公示异议", "异议查询码或内容", Objection, _objections)
