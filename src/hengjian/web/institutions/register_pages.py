"""The public register of filed institutions: who may assess what, where and until when (R10), also as open data."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.http import Http404
from django.urls import reverse

from hengjian.institutions.models import Institution
from hengjian.institutions.queries import register_entry
from hengjian.institutions.states import InstitutionState
from hengjian.web.components import Cell, Chip, Empty, Head, Row, crumbs, facts
from hengjian.web.institutions.parts import city_options, institution_chip, scope_table
from hengjian.web.listing import Filter, ListColumn, Listing, show
from hengjian.web.pages import Answer, Desk, Page, page
from hengjian.web.parts import day
from hengjian.web.public.restrained import REGISTER

FILED = (InstitutionState.FILED, InstitutionState.SUSPENDED, InstitutionState.ENDED)


@page("register/", "register", access="public", asking=REGISTER)
def register_page(desk: Desk) -> Answer:
    """评价机构名录。"""
    in_force = Q(scope__valid_from__lte=desk.today, scope__valid_until__gte=desk.today)
    rows = (
        Institution.objects.filter(state__in=FILED, filing_number__isnull=False)
        .select_related("area")
        .annotate(items=Count("scope__occupation_code", distinct=True, filter=in_force))
    )

    def cells(row: Any) -> Row:
        href = reverse("register_entry", kwargs={"number": row.filing_number})
        return Row(
            [
                Cell(row.name, href=href, note=row.filing_number),
                str(row.get_kind_display()),
                row.area.name,
                str(row.items),
                day(row.valid_until),
                Cell(chip=institution_chip(row.state)),
            ],
        )

    return show(
        desk,
        Listing(
            title="评价机构名录",
            lead="经备案可以开展职业技能等级认定的机构。谁评价、谁负责、谁发证。",
            rows=rows,
            columns=[
                ListColumn("机构", "name"),
                ListColumn("类别", "kind"),
                ListColumn("所在地", "area_path"),
                ListColumn("职业数", "items", numeric=True),
                ListColumn("有效期至", "valid_until"),
                ListColumn("状态", "state"),
            ],
            cells=cells,
            texts=lambda row: [
                row.name,
                str(row.get_kind_display()),
                row.area.name,
                str(row.items),
                str(row.valid_until),
                str(row.get_state_display()),
            ],
            search=("name", "short_name", "filing_number", "scope__occupation_name"),
            hint="机构、备案编号或职业",
            filters=[
                Filter("kind", "类别", [(item.value, str(item.label)) for item in Institution.Kind], "kind"),
                Filter("city", "所在市", city_options(), "area_path__startswith"),
                Filter("state", "状态", [(item.value, str(item.label)) for item in FILED], "state"),
            ],
            order="name",
            empty=Empty("还没有备案的机构", "准予备案后，机构和备案范围在这里公开。"),
            template="public/register.html",
            file_name="register",
        ),
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
