"""Certificates as the search finds them: by the beginning or the end of their number."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse

from hengjian.certificates.models import Certificate
from hengjian.kernel.words import listed
from hengjian.web.components import Card, Cell, Chip
from hengjian.web.occupations.labels import level_title
from hengjian.web.pages import Desk
from hengjian.web.searching import FOUND, found, number_in


def certificates(desk: Desk, words: str) -> Card | None:
    number = number_in(words)
    if not number:
        return None
    rows = desk.visible(Certificate).filter(Q(number__startswith=number) | Q(number__endswith=number))
    return found(
        "证书",
        ("持证人", "证书编号", "职业", "状态"),
        [
            [
                Cell(row.masked_name, reverse("certificate", kwargs={"pk": row.pk})),
                Cell(number=row.number),
                listed((row.occupation_name, level_title(row.level)), " "),
                Cell(chip=Chip(str(row.get_state_display()), "good" if row.state == "issued" else "warn")),
            ]
            for row in rows.order_by("-id")[:FOUND]
        ],
    )
