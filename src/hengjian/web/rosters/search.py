"""Candidates as the search finds them: by the last characters of the number, which the masked form shows, and nothing more."""

from __future__ import annotations

from django.urls import reverse

from hengjian.kernel.words import listed
from hengjian.rosters.models import Candidate
from hengjian.web.components import Card, Cell
from hengjian.web.occupations.labels import level_title
from hengjian.web.pages import Desk
from hengjian.web.searching import FOUND, TAIL, found, number_in


def candidates(desk: Desk, words: str) -> Card | None:
    number = number_in(words)
    if len(number) != TAIL:
        return None
    rows = desk.visible(Candidate).filter(masked_number__iendswith=number)
    return found(
        "考生",
        ("考生", "证件号码", "批次", "核定"),
        [
            [
                Cell(row.masked_name, href=reverse("candidate", kwargs={"pk": row.pk})),
                Cell(row.masked_number, mono=True),
                Cell(
                    listed((row.batch.occupation_name, level_title(row.batch.level)), " "),
                    note=row.batch.plan.number or row.batch.plan.title,
                ),
                str(row.get_state_display()),
            ]
            for row in rows.select_related("batch__plan").order_by("-id")[:FOUND]
        ],
    )
