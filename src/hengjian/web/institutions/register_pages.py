"""The public register of filed institutions: who may assess what, where and until when (R10), also as open data."""

from __future__ import annotations

from django.http import Http404
from django.urls import reverse

from hengjian.institutions.lists import REGISTER
from hengjian.institutions.queries import RegisterRow, register_entry
from hengjian.web.components import Cell, Chip, Empty, Head, Row, crumbs, facts
from hengjian.web.institutions.parts import institution_chip, scope_table
from hengjian.web.listing import show
from hengjian.web.pages import Answer, Desk, Page, page
from hengjian.web.parts import day


@page("register/", "register", access="public", asking=REGISTER.public)
def register_page(desk: Desk) -> Answer:
    """评价机构名录。"""

    def cells(row: RegisterRow) -> Row:
        href = reverse("register_entry", kwargs={"number": row.filing_number})
        return Row(
            [
                Cell(row.name, href=href, note=row.filing_number),
                row.kind_label,
                row.area_name,
                str(row.occupations),
                day(row.valid_until),
                Cell(chip=institution_chip(row.state)),
            ],
        )

    return show(
        desk,
        REGISTER,
        cells,
        lead="经备案可以开展职业技能等级认定的机构。谁评价、谁负责、谁发证。",
        empty=Empty("还没有备案的机构", "准予备案后，机构和备案范围在这里公开。"),
        template="public/register.html",
    )


@page("register/<str:number>/", "register_entry", access="public")
def register_entry_page(desk: Desk, number: str) -> Answer:
    """One institution as the public sees it."""
    found = register_entry(number, desk.today)
    if found is None:
        raise Http404
    row = found.institution
    head = Head(
        row.name,
        crumbs=crumbs(("评价机构", reverse("register")), (row.filing_number,)),
        chips=[institution_chip(row.state), Chip(row.kind_label, "quiet")],
    )
    values = {
        "facts": facts(
            ("备案编号", Cell(row.filing_number, mono=True)),
            ("信用代码", Cell(row.uscc, mono=True)),
            ("所在地", Cell(row.area_name, note=row.address)),
            ("负责机关", Cell(row.office_name, note=row.office_reason)),
            ("备案日期", day(row.filed_on)),
            ("有效期至", day(row.valid_until)),
        ),
        "scope": scope_table(found.scope, desk.today),
    }
    return Page("public/register_entry.html", head, values)
