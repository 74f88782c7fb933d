"""Plans as the search finds them: by title, the beginning of the number, or the institution's short name."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse

from hengjian.plans.models import Plan
from hengjian.web.components import Card, Cell
from hengjian.web.pages import Desk
from hengjian.web.parts import day
from hengjian.web.plans.parts import plan_chip
from hengjian.web.searching import FOUND, found


def plans(desk: Desk, words: str) -> Card | None:
    rows = desk.visible(Plan).filter(
        Q(title__icontains=words) | Q(number__startswith=words) | Q(institution__short_name__icontains=words)
    )
    return found(
        "认定计划",
        ("计划", "机构", "开考", "状态"),
        [
            [
                Cell(row.title, href=reverse("plan", kwargs={"pk": row.pk}), note=row.number or ""),
                row.institution.short_name,
                day(row.held_on),
                Cell(chip=plan_chip(row.state)),
            ]
            for row in rows.select_related("institution").order_by("-held_on", "-id")[:FOUND]
        ],
    )
