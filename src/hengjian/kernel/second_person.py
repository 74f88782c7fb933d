"""Four eyes: who did one act on a case does not do the other. Judged by person, whatever seats the person holds.

    @act("results.enter_scores", ResultSheet, recalled=True, …)
    @act("results.confirm_results", ResultSheet, not_by=["results.enter_scores"], …)

An act that is recalled leaves, inside its own transaction, the hand of whoever did it on its case and on the cases that
one is part of; so the question costs one statement, however long the log has grown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from hengjian.kernel.asking import Asking
from hengjian.kernel.case import CaseModel
from hengjian.kernel.doing import Doing
from hengjian.kernel.header import HEADERS, Header
from hengjian.kernel.models import Hand
from hengjian.kernel.refusal import Kind, Refusal
from hengjian.kernel.words import say


def by_person(header: Header, asking: Asking[Any]) -> Refusal | None:
    """Why this person, who had a hand in it before, may not do it."""
    subject, person = asking.subject, asking.actor.person
    if not header.not_by or not person or not isinstance(subject, CaseModel):
        return None
    asked = [other for other in header.not_by if other.applies(asking)]
    if not asked:
        return None
    had = Hand.objects.filter(
        act__in=[other.act for other in asked],
        case_table=subject._meta.db_table,
        case_id=subject.pk,
        person=person,
    )
    done = set(had.order_by("pk").values_list("act", flat=True))
    first = next((other for other in asked if other.act in done), None)
    if first is None:
        return None
    before = HEADERS[first.act].title if first.act in HEADERS else "前一步"
    return Refusal(
        "kernel.second_person",
        say("“{before}”是您本人办理的，“{title}”须由另一人办理。", before=before, title=header.title),
        clause=header.clause,
        policy=first.law.key if first.law else "",
        remedy=say("请由没有办过“{before}”的人办理；同一人换用其他席位不算。", before=before),
        kind=Kind.RULE,
    )


def remember(doing: Doing[Any], cases: Iterable[CaseModel]) -> None:
    """Leave the hand of whoever acts, where another act will ask for it."""
    person = doing.actor.person
    if not doing.header.recalled or not person:
        return
    for case in cases:
        for row in (case, *_cases_over(case)):
            hand = {
                "act": doing.header.code,
                "case_table": row._meta.db_table,
                "case_id": row.pk,
                "person": person,
            }
            if not Hand.objects.filter(**hand).exists():
                doing.create(Hand, **hand)


def _cases_over(case: CaseModel) -> Iterator[CaseModel]:
    """The case this one is a row of, and what that is a row of."""
    while case.part_of:
        case = getattr(case, case.part_of)
        yield case
