"""Filings: the list of applications and the page of one, with materials, site assessment, decision and its proofs."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from hengjian.institutions.lists import FILINGS, UNDECIDED
from hengjian.institutions.models import Filing, FilingItem, Material, SiteVisit
from hengjian.institutions.queries import FilingRow
from hengjian.institutions.states import FilingState, MaterialState
from hengjian.kernel import typed
from hengjian.kernel.calendar import stored_calendar
from hengjian.kernel.law import Law, nationwide
from hengjian.kernel.ledger import Recorded
from hengjian.kernel.words import listed, say
from hengjian.web.cases import case_page, course, course_card, tabs, turn
from hengjian.web.components import Button, Card, Cell, Column, Empty, Head, Row, Table, crumbs, facts
from hengjian.web.institutions.material_pages import checklist
from hengjian.web.institutions.parts import (
    PATH,
    filing_chip,
    filing_steps,
    in_words,
    kind_of,
    kinds_of,
)
from hengjian.web.institutions.visit_parts import SHEETS_ON_ONE_PAGE, sheet_card, visit_card, visits_card
from hengjian.web.listing import show
from hengjian.web.occupations.labels import level_title, major_class_chip
from hengjian.web.pages import Answer, Desk, page, page_of
from hengjian.web.paging import Part, part_of
from hengjian.web.parts import day, policy_chip, remaining, strip
from hengjian.web.performing import act_bar, opening
from hengjian.web.room import sections_on
from hengjian.web.work import Kind, Line

OPEN = tuple(state for state in FilingState if state not in ("filed", "refused", "withdrawn"))


def _line(filing: Filing) -> Line:
    returned = filing.state == FilingState.RETURNED
    return Line(
        href=reverse("filing", kwargs={"pk": filing.pk}),
        title=say("备案申请 · {kind}", kind=filing.get_kind_display()),
        under=say("{submitted_on}提交", submitted_on=day(filing.submitted_on)) if filing.submitted_on else "尚未提交",
        institution=filing.institution.short_name,
        institution_note=str(filing.institution.get_kind_display()),
        due_on=filing.due_on,
        provisional=filing.due_provisional,
        hint=filing.return_reason[:40] if returned else "",
        hint_tone="quiet",
    )


FILING_QUEUE = Kind(_line, ("institution", "office"), "filings", running=((Q(state__in=UNDECIDED), "due_on"),))


@page("filings/", "filings")
def filings_page(desk: Desk) -> Answer:
    """机构备案。"""
    calendar = stored_calendar()

    def cells(row: FilingRow) -> Row:
        href = reverse("filing", kwargs={"pk": row.id})
        open_now = row.state in OPEN and row.due_on is not None
        return Row(
            [
                Cell(
                    row.institution_name,
                    href=href,
                    note=kinds_of(row.institution_kind, row.institution_ownership_label),
                ),
                Cell(row.kind_label),
                Cell(chip=filing_chip(row.state)),
                Cell(day(row.submitted_on) or "尚未提交"),
                Cell(chip=remaining(row.due_on, desk.today, provisional=row.due_provisional, calendar=calendar))
                if open_now
                else Cell(day(row.decided_on), second=True),
                Cell(row.office_name, second=True),
            ],
        )

    return show(
        desk,
        FILINGS,
        cells,
        lead="首次备案、增项和续期的申请，从提交到决定。",
        empty=Empty("还没有备案申请", "机构提交申请后，会出现在负责机关的名单里。"),
        buttons=_openings(desk),
    )


def _openings(desk: Desk) -> list[Button]:
    return opening(desk, "institutions.draft_filing")


@page_of(Filing, "filings/<int:pk>/", "filing", "institution__area", "institution__office", "office")
def filing_page(desk: Desk, filing: Filing) -> Answer:
    """One filing, side by side: what is applied for, materials, the visit, the proofs."""
    items = desk.visible(FilingItem).filter(filing=filing).order_by("occupation_code", "-level")
    materials = desk.visible(Material).filter(filing=filing).order_by("id")
    visits = desk.visible(SiteVisit).filter(filing=filing).order_by("-id")
    records = course(filing, desk.visible(Material).filter(filing=filing))
    side, sides = tabs(
        desk,
        ("overview", "概况", 0),
        ("items", "申请职业", items.filter(withdrawn=False).count()),
        ("materials", "材料", materials.exclude(state=MaterialState.WITHDRAWN).count()),
        ("visit", "现场考察", visits.count()),
        ("proofs", "存证", len(records)),
    )
    main: list[Card | None]
    if side == "items":
        main = [
            _items_card(part_of(desk, items), nationwide(desk.today)),
            Card("申请说明", text=[filing.statement]) if filing.statement else None,
        ]
    elif side == "materials":
        main = []
    elif side == "visit":
        main = _visits(desk, visits, dict(items.values_list("occupation_code", "occupation_name")))
    elif side == "proofs":
        main = [course_card(records, title="全部办理记录", limit=200, detail=in_words)]
    else:
        main = [
            _return_card(filing),
            _deadline_card(desk, filing),
            _decision_card(filing),
            _items_card(part_of(desk, items), nationwide(desk.today)),
            *(section(desk, filing) for section in sections_on(Filing)),
        ]
    reached = next((r.step[0] for r in records if r.step and r.step[0] in PATH), FilingState.DRAFT)
    head = Head(
        listed((filing.get_kind_display(), filing.institution.short_name), " · "),
        crumbs=crumbs(("机构备案", reverse("filings")), (filing.institution.name, _institution(filing))),
        chips=[filing_chip(filing.state)],
        turn=turn(desk, filing, filing.due_on, provisional=filing.due_provisional),
        steps=filing_steps(filing, str(reached)),
        tabs=sides,
    )
    aside = [_facts_card(filing), None if side == "proofs" else _course_card(records)]
    acts = (
        act_bar(desk, filing, without=("institutions.add_material",) if side == "materials" else ())
        if side in ("overview", "materials", "visit")
        else None
    )
    if side == "materials":
        values = {"checklist": checklist(desk, filing, part_of(desk, materials))}
        return case_page(head, main, aside, acts=acts, template="institutions/materials.html", values=values)
    return case_page(head, main, aside, acts=acts)


def _visits(desk: Desk, visits: QuerySet[SiteVisit], occupations: dict[str, str]) -> list[Card | None]:
    """One visit with its sheets, a few at a time; all of them in a list, from which another one is chosen."""
    if not visits:
        return [Card("现场考察评估", empty=Empty("还没有安排现场考察", "材料逐项通过后安排。"))]
    chosen = visits.filter(pk=typed.whole_or(desk.asked("visit"), 0)).first() or visits[0]
    kept = [("side", "visit"), ("visit", str(chosen.pk))]
    sheets = part_of(desk, chosen.sheets, of="sheet", size=SHEETS_ON_ONE_PAGE, kept=kept)
    return [
        visit_card(chosen),
        *(sheet_card(sheet, occupations) for sheet in sheets.rows),
        Card("评估表", pager=sheets.pager) if sheets.pager is not None else None,
        visits_card(part_of(desk, visits, kept=kept), chosen),
    ]


def _institution(filing: Filing) -> str:
    return reverse("institution", kwargs={"pk": filing.institution_id})


def _course_card(records: list[Recorded]) -> Card:
    return course_card(records, detail=in_words, more="?side=proofs")


def _facts_card(filing: Filing) -> Card:
    institution = filing.institution
    return Card(
        "基本情况",
        facts=facts(
            ("机构", Cell(institution.name, href=_institution(filing))),
            ("类别", kind_of(institution)),
            ("信用代码", Cell(institution.uscc, mono=True)),
            ("所在地", Cell(institution.area.name, note=institution.address)),
            ("备案机关", filing.office.name),
            ("负责机关", Cell(institution.office.name, note=institution.office_reason)),
            ("提交日期", day(filing.submitted_on) or "尚未提交"),
            *((("受理日期", day(filing.accepted_on)),) if filing.accepted_on else ()),
        ),
    )


def _deadline_card(desk: Desk, filing: Filing) -> Card | None:
    if filing.due_from is None or filing.due_on is None or filing.state not in OPEN:
        return None
    key, started, what = {
        FilingState.SUBMITTED: ("filing.accept_working_days", "提交", "受理"),
        FilingState.RETURNED: ("filing.correction_working_days", "退回", "补正"),
    }.get(FilingState(filing.state), ("filing.decision_working_days", "受理", "决定"))
    return Card(
        say("{what}期限怎么算的", what=what),
        clause=policy_chip(key),
        strip=strip(
            filing.due_from,
            filing.due_on,
            today=desk.today,
            started=started,
            rule=say(
                "自{started}次日起算 {due_days} 个工作日；国务院假期不计，调休上班日计入。",
                started=started,
                due_days=filing.due_days,
            ),
            provisional=filing.due_provisional,
        ),
    )


def _return_card(filing: Filing) -> Card | None:
    if filing.state != FilingState.RETURNED:
        return None
    hint = "申请事项可以一并修改。" if filing.items_reopened else "只需更换被退回的材料，其余保持不变。"
    return Card("退回补正", chips=[filing_chip(filing.state)], hint=hint, text=[filing.return_reason])


def _decision_card(filing: Filing) -> Card | None:
    if filing.decided_on is None:
        return None
    pairs: list[tuple[str, Any]] = [
        ("决定", Cell(chip=filing_chip(filing.state))),
        ("作出决定", Cell(filing.decided_by, note=day(filing.decided_on))),
        ("理由", filing.decision_reason),
        ("依据", listed(filing.decision_clauses, "；")),
    ]
    if filing.state == FilingState.FILED:
        pairs += [
            ("备案编号", Cell(filing.institution.filing_number or "", mono=True)),
            ("有效期至", day(filing.institution.valid_until)),
        ]
    else:
        pairs.append(("陈述申辩", "对决定不服的，机构可以向作出决定的机关陈述申辩，也可以依法申请复议。"))
    return Card("备案决定", facts=facts(*pairs))


def _items_card(items: Part[FilingItem], law: Law) -> Card:
    return Card(
        pager=items.pager,
        title="申请的职业和等级",
        table=Table(
            columns=[
                Column("职业"),
                Column("等级"),
                Column("考评人员", numeric=True),
                Column("设备与检测手段"),
            ],
            rows=[
                Row(
                    struck=item.withdrawn,
                    cells=[
                        Cell(
                            item.occupation_name,
                            note=item.occupation_code,
                            chips=major_class_chip(item.occupation_code, law),
                        ),
                        level_title(item.level),
                        Cell(str(item.assessors)),
                        item.equipment,
                    ],
                )
                for item in items.rows
            ],
            empty=Empty("还没有填写职业和等级", "提交以前至少填写一个职业的一个等级。"),
        ),
    )
