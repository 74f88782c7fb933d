"""On the start page: the institutions of a district; how an institution itself stands."""

from __future__ import annotations

from django.urls import reverse

from hengjian.institutions.lists import INSTITUTIONS
from hengjian.institutions.models import Institution
from hengjian.kernel.listing import Wanted, part_of
from hengjian.kernel.words import say
from hengjian.web.components import Card, Cell, Chip, Empty, Link, Table, columns, facts
from hengjian.web.institutions.parts import institution_chip
from hengjian.web.pages import Desk
from hengjian.web.parts import day, remaining

SHOWN = 10


def institutions_card(desk: Desk) -> Card:
    """Those of the area, first whose filing ends first."""
    part = part_of(INSTITUTIONS, desk.asking(None), Wanted(sort="valid_until", size=SHOWN))
    rows = [
        [
            Cell(row.short_name, href=reverse("institution", kwargs={"pk": row.id}), note=row.kind_label),
            Cell(chip=institution_chip(row.state)),
            Cell(day(row.valid_until)) if row.valid_until else "",
            Cell(say("{levels} 个职业等级", levels=row.levels)),
        ]
        for row in part.rows
    ]
    return Card(
        "辖区机构",
        chips=[Chip(say("{total} 家", total=part.total), "normal")],
        link=Link("机构名录", reverse("institutions")),
        table=Table(columns("机构", "状态", "有效期至", "范围"), rows, empty=Empty("辖区内还没有评价机构")),
        flush=True,
    )


def own_card(desk: Desk) -> Card | None:
    """The institution's own filing: number, until when, in which state."""
    assert desk.seat is not None
    own = desk.visible(Institution).filter(pk=desk.seat.institution_id or 0).select_related("office").first()
    if own is None:
        return None
    return Card(
        "本机构",
        chips=[institution_chip(own.state)],
        link=Link("详情", reverse("institution", kwargs={"pk": own.pk})),
        facts=facts(
            ("备案编号", Cell(own.filing_number, mono=True) if own.filing_number else "尚未备案"),
            *(
                (("有效期至", Cell(day(own.valid_until), chip=remaining(own.valid_until, desk.today))),)
                if own.valid_until
                else ()
            ),
            ("备案机关", own.office.name),
        ),
    )
