"""One search over what this desk may see: institutions, plans, certificates, and candidates by the tail of their number."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse

from hengjian.certificates.models import Certificate
from hengjian.institutions.models import Institution
from hengjian.kernel import typed
from hengjian.kernel.words import listed, say
from hengjian.plans.models import Plan
from hengjian.rosters.models import Candidate
from hengjian.web.cases import exists
from hengjian.web.components import Card, Cell, Chip, Column, Empty, Head, Table
from hengjian.web.institutions.parts import institution_chip, kind_of
from hengjian.web.occupations.labels import level_title
from hengjian.web.pages import Answer, Desk, Page, page
from hengjian.web.parts import day
from hengjian.web.plans.parts import plan_chip

LIMIT = 10
SHORTEST = 2
TAIL = 4


@page("search/", "search")
def search_page(desk: Desk) -> Answer:
    """搜索。"""
    words = desk.asked("q")[:60]
    groups: list[Card] = []
    if len(words) >= SHORTEST:
        groups = [
            group for group in (_institutions(desk, words), _plans(desk, words)) if group.table and group.table.rows
        ]
        number = typed.code(words)
        if len(number) >= TAIL and number.isascii() and number.isalnum():
            found = (_certificates(desk, number), _candidates(desk, number))
            groups += [group for group in found if group.table and group.table.rows]
    lead = (
        say("“{words}”的结果，只含本席位可以查看的内容。", words=words)
        if words
        else "输入机构、计划、证书编号或证件号码后四位。"
    )
    empty = Empty("没有找到", "可以换用简称、编号的一部分，或证件号码后四位。") if words else None
    return Page("search.html", Head("搜索", lead=lead), {"groups": groups, "empty": empty})


def _table(title: str, labels: tuple[str, ...], rows: list[list[Any]]) -> Card:
    return Card(title, table=Table(columns=[Column(label) for label in labels], rows=rows))


def _institutions(desk: Desk, words: str) -> Card:
    rows = desk.visible(Institution).filter(
        Q(name__icontains=words) | Q(short_name__icontains=words) | Q(uscc__iexact=words) | Q(filing_number=words)
    )
    return _table(
        "机构",
        ("机构", "类别", "状态"),
        [
            [
                Cell(row.name, href=reverse("institution", kwargs={"pk": row.pk}), note=row.filing_number or ""),
                kind_of(row),
                Cell(chip=institution_chip(row.state)),
            ]
            for row in rows.order_by("name", "id")[:LIMIT]
        ],
    )


def _plans(desk: Desk, words: str) -> Card:
    rows = desk.visible(Plan).filter(
        Q(title__icontains=words) | Q(number__startswith=words) | Q(institution__short_name__icontains=words)
    )
    return _table(
        "认定计划",
        ("计划", "机构", "开考", "状态"),
        [
            [
                Cell(row.title, href=reverse("plan", kwargs={"pk": row.pk}), note=row.number or ""),
                row.institution.short_name,
                day(row.held_on),
                Cell(chip=plan_chip(row.state)),
            ]
            for row in rows.select_related("institution").order_by("-held_on", "-id")[:LIMIT]
        ],
    )


def _certificates(desk: Desk, number: str) -> Card:
    rows = desk.visible(Certificate).filter(Q(number__startswith=number) | Q(number__endswith=number))
    linked = exists("certificate")
    return _table(
        "证书",
        ("持证人", "证书编号", "职业", "状态"),
        [
            [
                Cell(
                    row.masked_name,
                    reverse("certificate", kwargs={"pk": row.pk}) if linked else "",
                ),
                Cell(number=row.number),
                listed((row.occupation_name, level_title(row.level)), " "),
                Cell(chip=Chip(str(row.get_state_display()), "good" if row.state == "issued" else "warn")),
            ]
            for row in rows.order_by("-id")[:LIMIT]
        ],
    )


def _candidates(desk: Desk, number: str) -> Card:
    """By the last characters of the number, which the masked form shows; institutions and offices only."""
    rows = desk.visible(Candidate).filter(masked_number__iendswith=number[-TAIL:])
    if len(number) > TAIL:
        rows = rows.none()
    return _table(
        "考生",
        ("考生", "证件号码", "批次", "核定"),
        [
            [
                Cell(row.masked_name, href=reverse("batch", kwargs={"pk": row.batch_id})),
                Cell(row.masked_number, mono=True),
                Cell(
                    listed((row.batch.occupation_name, level_title(row.batch.level)), " "),
                    note=row.batch.plan.number or row.batch.plan.title,
                ),
                str(row.get_state_display()),
            ]
            for row in rows.select_related("batch__plan").order_by("-id")[:LIMIT]
        ],
    )
