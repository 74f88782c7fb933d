"""Supervisors as the search finds them. They are few and their names public to whoever sees them: they are read through."""

from __future__ import annotations

from hengjian.kernel import marks, typed
from hengjian.kernel.actor import Actor
from hengjian.kernel.disclosure import disclosed
from hengjian.kernel.finding import FOUND, Finder, Hit, number_in
from hengjian.kernel.marks import Named
from hengjian.kernel.words import listed
from hengjian.personnel.models import Assessor, AssessorMark, Supervisor

READ_THROUGH = 5_000


def _supervisors(actor: Actor, words: str) -> list[Hit]:
    rows = disclosed(Supervisor, actor).order_by("code")
    reasons = {}
    known = rows.values_list("pk", "name", "code", "card_number", "employer")[:READ_THROUGH]
    for pk, name, code, card, employer in known:
        reason = _why(words, name, code, card, employer)
        if reason:
            reasons[pk] = reason
    found = rows.filter(pk__in=list(reasons)).select_related("office")
    order = [*marks.REASONS.values(), "编号", "证件卡号", "单位"]
    ranked = sorted(found, key=lambda row: order.index(reasons[row.pk]))
    return [
        Hit(row.pk, row.name, row.code, row.employer, row.state, str(row.get_state_display()), reasons[row.pk])
        for row in ranked[: FOUND + 1]
    ]


def _why(words: str, name: str, code: str, card: str, employer: str) -> str:
    number = typed.code(words)
    if number in (code.upper(), card.upper()):
        return "编号" if number == code.upper() else "证件卡号"
    values = set(Named(0, name, "", 0).values())
    for meant in marks.asked_for(words):
        if not meant.alone and any((kind, value) in values for kind, given in meant.look_up for value in given):
            return marks.REASONS[meant.reason]
    return "单位" if len(words) > 1 and words in employer else ""


SUPERVISORS = Finder("supervisors", "督导员", "督导员姓名或编号", Supervisor, _supervisors)


def _found_assessors(actor: Actor, words: str) -> list[Hit]:
    rows = disclosed(Assessor, actor).select_related("office").defer("phone", "document_number")
    number = number_in(typed.code(words))
    found = [(row, "证件卡号") for row in rows.filter(card_number__startswith=number)[: FOUND + 1]] if number else []
    known = [row.pk for row, _ in found]
    found += marks.search(AssessorMark, rows.exclude(pk__in=known), words, FOUND + 1 - len(found))
    return [
        Hit(
            row.pk,
            row.name,
            row.card_number,
            listed((row.get_grade_display(), row.employer), " "),
            row.state,
            str(row.get_state_display()),
            reason,
        )
        for row, reason in found
    ]


ASSESSORS = Finder("assessors", "考评人员", "考评人员姓名、拼音或证卡编号", Assessor, _found_assessors)
