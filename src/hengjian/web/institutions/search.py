"""Institutions as the search finds them: by name, short name, credit code or filing number."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse

from hengjian.institutions.models import Institution
from hengjian.web.components import Card, Cell
from hengjian.web.institutions.parts import institution_chip, kind_of
from hengjian.web.pages import Desk
from hengjian.web.searching import FOUND, found


def institutions(desk: Desk, words: str) -> Card | None:
    rows = desk.visible(Institution).filter(
        Q(name__icontains=words) | Q(short_name__icontains=words) | Q(uscc__iexact=words) | Q(filing_number=words)
    )
    return found(
        "机构",
        ("机构", "类别", "状态"),
        [
            [
                Cell(row.name, href=reverse("institution", kwargs={"pk": row.pk}), note=row.filing_number or ""),
                kind_of(row),
                Cell(chip=institution_chip(row.state)),
            ]
            for row in rows.order_by("name", "id")[:FOUND]
        ],
    )
