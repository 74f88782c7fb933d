"""Institutions as the offices see them: scope with dates, who is responsible and why, what happened to them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from hengjian.institutions.lists import INSTITUTIONS
from hengjian.institutions.models import Filing, Institution, ScopeItem
from hengjian.institutions.queries import InstitutionRow, recheck
from hengjian.kernel.words import say
from hengjian.plans.models import Plan
from hengjian.web.cases import case_page, course, course_card, tabs
from hengjian.web.components import (
    Button,
    Card,
    Cell,
    Chip,
    Empty,
    Go,
    Head,
    Link,
    Row,
    Table,
    columns,
    crumbs,
    facts,
)
from hengjian.web.institutions.parts import (
    filing_chip,
    in_words,
    institution_chip,
    kind_of,
    scope_table,
)
from hengjian.web.listing import show
from hengjian.web.pages import Answer, Desk, page, page_of
from hengjian.web.paging import Part, part_of
from hengjian.web.parts import day
from hengjian.web.performing import act_bar, opening
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

    def cells(row: InstitutionRow) -> Row:
        href = reverse("institution", kwargs={"pk": row.id})
        return Row(
            [
                Cell(row.name, href=href, note=row.uscc),
                Cell(row.kind_label),
                Cell(row.area_name),
                Cell(chip=institution_chip(row.state)),
                Cell(str(row.levels)),
                Cell(day(row.valid_until)),
                Cell(row.office_name, second=True),
            ],
        )

    return show(
        desk,
        INSTITUTIONS,
        cells,
        lead="已登记的评价机构、备案范围和负责机关。",
        empty=Empty("还没有登记机构"),
        buttons=_openings(desk),
    )


def _openings(desk: Desk) -> list[Button | Go]:
    found = opening(desk, "institutions.register_applicant", "登记申请机构")
    return [*found, Go("承接已备案机构", href=reverse("takeovers"))] if found else []


@page_of(Institution, "institutions/<int:pk>/", "institution", "area", "office")
def institution_page(desk: Desk, institution: Institution) -> Answer:
    """One institution: scope, filings, plans, and what the ledger says of it."""
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
    head = Head(
        institution.name,
        crumbs=crumbs(("机构名录", reverse("institutions")), (institution.short_name,)),
        chips=[institution_chip(institution.state), Chip(kind_of(institution), "quiet")],
        tabs=sides,
    )
    history = course_card(
        [record for record in records if record.act in HISTORY], title="状态经过", detail=in_words, more="?side=proofs"
    )
    aside = [_facts_card(institution, desk), _office_card(institution), None if side == "proofs" else history]
    return case_page(head, main, aside, acts=act_bar(desk, institution) if side == "overview" else None)


def _scope_card(institution: Institution, desk: Desk) -> Card:
    """备案范围: what may be assessed, from when until when; the public sees the same."""
    scope = part_of(
        desk,
        desk.visible(ScopeItem).filter(institution=institution).order_by("occupation_code", "-level", "valid_from"),
    )
    return Card(
        "备案范围",
        pager=scope.pager,
        hint="只能在有效期内、按列出的职业和等级申报认定计划。",
        table=scope_table(scope.rows, desk.today),
        link=Link("公开页", reverse("register_entry", kwargs={"number": institution.filing_number}))
        if institution.filing_number
        else None,
    )


def _recheck_facts(institution: Institution, desk: Desk) -> tuple[tuple[str, Any], ...]:
    """When the site was last seen and when it must be seen again (R20)."""
    told = recheck(desk.asking(institution))
    if told is None:
        return ()
    chip = Chip("已逾期", "seal") if told.overdue else Chip("按期", "good")
    last = say("上次 {last}", last=day(told.last_visited_on)) if told.last_visited_on else ""
    return (("下次复查", Cell(day(told.due_on), chip=chip, note=last)),)


def _facts_card(institution: Institution, desk: Desk) -> Card:
    return Card(
        "基本情况",
        facts=facts(
            ("备案编号", Cell(institution.filing_number or "尚未备案", mono=bool(institution.filing_number))),
            ("备案层级", str(institution.get_filing_level_display())),
            ("备案日期", day(institution.filed_on)),
            ("有效期至", day(institution.valid_until)),
            *_recheck_facts(institution, desk),
            ("站点代码", Cell(institution.site_code or "—", mono=True)),
            ("信用代码", Cell(institution.uscc, mono=True)),
            ("所在地", Cell(institution.area.name, note=institution.address)),
            ("联系人", Cell(institution.contact or "—", note=institution.contact_phone)),
            *(
                (
                    (
                        "限制申请",
                        Cell(
                            say("{barred_until}以前不得再次申请", barred_until=day(institution.barred_until)), hot=True
                        ),
                    ),
                )
                if institution.barred_until
                else ()
            ),
        ),
    )


def _office_card(institution: Institution) -> Card:
    return Card(
        "负责机关",
        facts=facts(("机关", institution.office.name)),
        hint=institution.office_reason,
    )


def _filings_card(filings: Part[Filing]) -> Card:
    return Card(
        pager=filings.pager,
        title="备案申请",
        table=Table(
            columns=columns("事项", "状态", "提交日期", "决定日期"),
            rows=[
                [
                    Cell(str(filing.get_kind_display()), href=reverse("filing", kwargs={"pk": filing.pk})),
                    Cell(chip=filing_chip(filing.state)),
                    day(filing.submitted_on),
                    day(filing.decided_on),
                ]
                for filing in filings.rows
            ],
            empty=Empty("还没有备案申请"),
        ),
    )


def _plans_card(plans: Part[Plan]) -> Card:
    return Card(
        pager=plans.pager,
        title="认定计划",
        table=Table(
            columns=columns("计划", "编号", "开考日期", "状态"),
            rows=[
                [
                    Cell(plan.title, href=reverse("plan", kwargs={"pk": plan.pk})),
                    Cell(plan.number or "尚未备案", mono=bool(plan.number)),
                    day(plan.held_on),
                    Cell(chip=plan_chip(plan.state)),
                ]
                for plan in plans.rows
            ],
            empty=Empty("还没有认定计划"),
        ),
    )
