"""Institutions as the offices see them: scope with dates, who is responsible and why, what happened to them."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Max, Q
from django.urls import reverse

from hengjian.institutions.models import Filing, Institution, SiteVisit
from hengjian.institutions.policies import RECHECK_MONTHS
from hengjian.institutions.states import InstitutionState
from hengjian.kernel.spans import after_months
from hengjian.plans.models import Plan
from hengjian.web.cases import Card, case_page, course, course_card, tabs
from hengjian.web.institutions.parts import (
    city_options,
    filing_chip,
    in_words,
    institution_chip,
    kind_of,
    scope_table,
)
from hengjian.web.listing import Column, Filter, Listing, show
from hengjian.web.pages import Answer, Desk, crumbs, page
from hengjian.web.paging import Part, part_of
from hengjian.web.parts import day, facts
from hengjian.web.performing import act_bar, address_of
from hengjian.web.plans.parts import plan_chip

# What the status history shows; the papers of each filing stand on the filing's own page.
HISTORY = frozenset(
    f"institutions.{verb}"
    for verb in (
        "register_applicant", "submit_filing", "decide_filing", "recheck", "suspend", "resume", "end", "reassign",
        "expire_filing", "open_institution_seat",
    )
)  # fmt: skip


@page("institutions/", "institutions")
def institutions_page(desk: Desk) -> Answer:
    """机构名录。"""
    in_force = Q(scope__valid_from__lte=desk.today, scope__valid_until__gte=desk.today)
    rows = desk.visible(Institution).select_related("area", "office").annotate(items=Count("scope", filter=in_force))

    def cells(institution: Any) -> dict[str, Any]:
        href = reverse("institution", kwargs={"pk": institution.pk})
        return {
            "href": href,
            "cells": [
                {"text": institution.name, "href": href, "note": institution.uscc},
                {"text": str(institution.get_kind_display())},
                {"text": institution.area.name},
                {"chip": institution_chip(institution.state)},
                {"text": str(institution.items)},
                {"text": day(institution.valid_until)},
                {"text": institution.office.name, "second": True},
            ],
        }

    return show(
        desk,
        Listing(
            title="机构名录",
            lead="已登记的评价机构、备案范围和负责机关。",
            rows=rows,
            columns=[
                Column("机构", "name"),
                Column("类别", "kind"),
                Column("所在地", "area_path"),
                Column("状态", "state"),
                Column("有效范围", "items", numeric=True),
                Column("有效期至", "valid_until"),
                Column("负责机关"),
            ],
            cells=cells,
            texts=lambda row: [
                row.name,
                str(row.get_kind_display()),
                row.area.name,
                str(row.get_state_display()),
                str(row.items),
                str(row.valid_until or ""),
                row.office.name,
            ],
            search=("name", "short_name", "uscc", "filing_number"),
            hint="名称、信用代码或备案编号",
            filters=[
                Filter("state", "状态", [(item.value, str(item.label)) for item in InstitutionState], "state"),
                Filter("kind", "类别", [(item.value, str(item.label)) for item in Institution.Kind], "kind"),
                Filter("city", "所在市", city_options(), "area_path__startswith"),
            ],
            order="name",
            empty={"title": "还没有登记机构"},
            buttons=_openings(desk),
            file_name="institutions",
        ),
    )


def _openings(desk: Desk) -> list[dict[str, Any]]:
    from hengjian.institutions.acts.register_applicant import register_applicant

    if register_applicant.why_not(desk.actor) is not None:
        return []
    return [{"label": "登记申请机构", "href": address_of("institutions.register_applicant"), "primary": True}]


@page("institutions/<int:pk>/", "institution", of=Institution)
def institution_page(desk: Desk, pk: int) -> Answer:
    """One institution: scope, filings, plans, and what the ledger says of it."""
    institution = desk.one(Institution, pk, "area", "office")
    filings = desk.visible(Filing).filter(institution=institution).order_by("-id")
    plans = desk.visible(Plan).filter(institution=institution).order_by("-held_on", "-id")
    records = course(institution, desk.visible(Filing).filter(institution=institution))
    side, sides = tabs(
        desk,
        ("overview", "概况", 0),
        ("filings", "备案申请", filings.count()),
        ("plans", "认定计划", plans.count()),
        ("proofs", "存证", len(records)),
    )
    main: list[Card | None]
    if side == "filings":
        main = [_filings_card(part_of(desk, filings))]
    elif side == "plans":
        main = [_plans_card(part_of(desk, plans))]
    elif side == "proofs":
        main = [course_card(records, title="全部办理记录", limit=200, detail=in_words)]
    else:
        main = [_scope_card(institution, desk)]
    head = {
        "title": institution.name,
        "crumbs": crumbs(("机构名录", reverse("institutions")), (institution.short_name,)),
        "chips": [institution_chip(institution.state), {"label": kind_of(institution), "tone": "quiet"}],
        "tabs": sides,
    }
    history = course_card(
        [record for record in records if record.act in HISTORY], title="状态经过", detail=in_words, more="?side=proofs"
    )
    aside = [_facts_card(institution, desk), _office_card(institution), None if side == "proofs" else history]
    return case_page(head, main, aside, acts=act_bar(desk, institution) if side == "overview" else None)


def _scope_card(institution: Institution, desk: Desk) -> Card:
    """备案范围: what may be assessed, from when until when; the public sees the same."""
    scope = part_of(desk, institution.scope.order_by("occupation_code", "-level", "valid_from"))
    card: Card = {
        "title": "备案范围",
        "pager": scope.pager,
        "hint": "只能在有效期内、按列出的职业和等级申报认定计划。",
        "table": scope_table(scope.rows, desk.today),
    }
    if institution.filing_number:
        card["link"] = {
            "label": "公开页",
            "href": reverse("register_entry", kwargs={"number": institution.filing_number}),
        }
    return card


def _recheck_facts(institution: Institution, desk: Desk) -> tuple[tuple[str, Any], ...]:
    """When the site was last seen and when it must be seen again (R20)."""
    if institution.state not in (InstitutionState.FILED, InstitutionState.SUSPENDED) or institution.filed_on is None:
        return ()
    last = SiteVisit.objects.filter(filing__institution=institution).aggregate(last=Max("visited_on"))["last"]
    due = after_months(last or institution.filed_on, desk.asking(institution).policy(RECHECK_MONTHS))
    chip = {"label": "已逾期", "tone": "seal"} if due < desk.today else {"label": "按期", "tone": "good"}
    return (("下次复查", {"text": day(due), "chip": chip, "note": f"上次 {day(last)}" if last else ""}),)


def _facts_card(institution: Institution, desk: Desk) -> Card:
    return {
        "title": "基本情况",
        "facts": facts(
            ("备案编号", {"text": institution.filing_number or "尚未备案", "mono": bool(institution.filing_number)}),
            ("备案层级", str(institution.get_filing_level_display())),
            ("备案日期", day(institution.filed_on)),
            ("有效期至", day(institution.valid_until)),
            *_recheck_facts(institution, desk),
            ("站点代码", {"text": institution.site_code or "—", "mono": True}),
            ("信用代码", {"text": institution.uscc, "mono": True}),
            ("所在地", {"text": institution.area.name, "note": institution.address}),
            ("联系人", {"text": institution.contact or "—", "note": institution.contact_phone}),
            *(
                (("限制申请", {"text": f"{day(institution.barred_until)}以前不得再次申请", "hot": True}),)
                if institution.barred_until
                else ()
            ),
        ),
    }


def _office_card(institution: Institution) -> Card:
    return {
        "title": "负责机关",
        "facts": facts(("机关", institution.office.name)),
        "hint": institution.office_reason,
    }


def _filings_card(filings: Part[Filing]) -> Card:
    return {
        "pager": filings.pager,
        "title": "备案申请",
        "table": {
            "columns": [{"label": label} for label in ("事项", "状态", "提交日期", "决定日期")],
            "rows": [
                [
                    {"text": str(filing.get_kind_display()), "href": reverse("filing", kwargs={"pk": filing.pk})},
                    {"chip": filing_chip(filing.state)},
                    day(filing.submitted_on),
                    day(filing.decided_on),
                ]
                for filing in filings.rows
            ],
            "empty": {"title": "还没有备案申请"},
        },
    }


def _plans_card(plans: Part[Plan]) -> Card:
    return {
        "pager": plans.pager,
        "title": "认定计划",
        "table": {
            "columns": [{"label": label} for label in ("计划", "编号", "开考日期", "状态")],
            "rows": [
                [
                    {"text": plan.title, "href": reverse("plan", kwargs={"pk": plan.pk})},
                    {"text": plan.number or "尚未备案", "mono": bool(plan.number)},
                    day(plan.held_on),
                    {"chip": plan_chip(plan.state)},
                ]
                for plan in plans.rows
            ],
            "empty": {"title": "还没有认定计划"},
        },
    }
