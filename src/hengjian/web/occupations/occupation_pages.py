"""Occupations and standards: search in the catalogue, and one occupation with its editions and versions (R2, R3)."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import JsonResponse
from django.urls import reverse

from hengjian.kernel.law import nationwide
from hengjian.kernel.words import listed, say
from hengjian.occupations.lists import OCCUPATIONS
from hengjian.occupations.models import Occupation, Standard
from hengjian.occupations.queries import OccupationRow, search
from hengjian.web.cases import case_page, course, course_card
from hengjian.web.components import (
    Button,
    Card,
    Cell,
    Chip,
    Empty,
    Head,
    Row,
    Table,
    Tone,
    columns,
    crumbs,
    facts,
)
from hengjian.web.listing import show
from hengjian.web.occupations.labels import levels_in_words, major_class_chip
from hengjian.web.pages import Answer, Desk, page, page_of
from hengjian.web.paging import Part, part_of
from hengjian.web.parts import day
from hengjian.web.performing import act_bar, opening

MARKS: Mapping[str, tuple[str, Tone]] = {
    "L": ("绿色职业", "good"),
    "S": ("数字职业", "normal"),
    "L/S": ("绿色、数字职业", "good"),
}


def mark_chip(mark: str) -> list[Chip]:
    return [Chip(*MARKS[mark])] if mark in MARKS else []


@page("occupations/", "occupations")
def occupations_page(desk: Desk) -> Answer:
    """职业与标准。"""
    law = nationwide(desk.today)

    def cells(row: OccupationRow) -> Row:
        href = reverse("occupation", kwargs={"pk": row.id})
        ended = row.valid_to is not None and row.valid_to < desk.today
        standing = Chip(say("停用于 {valid_to}", valid_to=row.valid_to), "quiet") if ended else Chip("在用", "good")
        return Row(
            struck=ended,
            cells=[
                Cell(row.name, href=href, chips=[*mark_chip(row.mark), *major_class_chip(row.occupation_code, law)]),
                Cell(row.occupation_code, mono=True),
                Cell(row.small_name, note=row.middle_name),
                Cell(say("{edition} 年版", edition=row.edition)),
                Cell(chip=standing),
            ],
        )

    return show(
        desk,
        OCCUPATIONS,
        cells,
        lead="职业分类大典及以后的增补；每一条有启用日期，旧版仍可查。",
        empty=Empty("还没有录入职业分类大典"),
        buttons=_openings(desk),
    )


def _openings(desk: Desk) -> list[Button]:
    codes = ("occupations.add_occupation", "occupations.publish_standard")
    return [button for code in codes for button in opening(desk, code)]


@page("occupations/options/", "occupation_options")
def occupation_options(desk: Desk) -> Answer:
    """Occupations in force whose code or name has the words asked for: the suggestions of a form field."""
    words = desk.asked("q")[:40]
    rows = search(words, desk.today, limit=30) if words else []
    return JsonResponse({"options": [{"value": row.occupation_code, "label": row.name} for row in rows]})


@page_of(Occupation, "occupations/<int:pk>/", "occupation")
def occupation_page(desk: Desk, occupation: Occupation) -> Answer:
    """One occupation: where it stands, its editions, and every version of its standards."""
    editions = list(desk.visible(Occupation).filter(code=occupation.code).order_by("-valid_from"))
    standards = (
        desk.visible(Standard).filter(occupation_code=occupation.code).order_by("trade", "-issued_on", "kind", "pk")
    )
    records = course(
        desk.visible(Occupation).filter(code=occupation.code),
        desk.visible(Standard).filter(occupation_code=occupation.code),
    )
    head = Head(
        occupation.name,
        crumbs=crumbs(("职业与标准", reverse("occupations")), (occupation.code,)),
        chips=[*mark_chip(occupation.mark), *major_class_chip(occupation.code, nationwide(desk.today))],
        lead=listed(
            [part for part in (occupation.major_name, occupation.middle_name, occupation.small_name) if part], "\u3000"
        ),
    )
    aside = [
        Card(
            "基本情况",
            facts=facts(
                ("职业编码", Cell(occupation.code, mono=True)),
                ("小类", occupation.small_name),
                ("中类", occupation.middle_name),
                ("大类", occupation.major_name),
                (
                    "工种",
                    say("{trade_count} 个", trade_count=occupation.trade_count) if occupation.trade_count else "—",
                ),
                ("启用", day(occupation.valid_from)),
                ("停用", day(occupation.valid_to) or "在用"),
            ),
        ),
        course_card(records) if records else None,
    ]
    main = [_standards_card(desk, part_of(desk, standards)), _editions_card(editions)]
    return case_page(head, main, aside, acts=act_bar(desk, occupation), hint="职业目录由省级增补或停用。")


def _standards_card(desk: Desk, standards: Part[Standard]) -> Card:
    return Card(
        pager=standards.pager,
        title="标准和评价规范",
        hint="每个批次固定执行开考当日的版本；新版发布后，旧批次仍按旧版。",
        table=Table(
            columns=columns("名称", "版本", "等级", "申报条件", "状态"),
            rows=[
                [
                    Cell(
                        standard.title,
                        href=reverse("standard", kwargs={"pk": standard.pk}),
                        note=standard.document_number or str(standard.get_kind_display()),
                    ),
                    standard.version,
                    levels_in_words(standard.levels),
                    str(standard.get_conditions_display()),
                    Cell(chip=standard_chip(standard)),
                ]
                for standard in standards.rows
            ],
            empty=Empty("还没有标准", "没有国家职业标准或评价规范的职业不能申报认定计划。"),
        ),
    )


def standard_chip(standard: Standard) -> Chip:
    if standard.replaced_on is not None:
        return Chip(say("{replaced_on}被代替", replaced_on=day(standard.replaced_on)), "quiet")
    return Chip("现行", "good")


def _editions_card(editions: list[Occupation]) -> Card | None:
    if len(editions) < 2:
        return None
    return Card(
        "历次版本",
        table=Table(
            columns=columns("版本", "名称", "启用", "停用"),
            rows=[
                [say("{edition} 年版", edition=row.edition), row.name, day(row.valid_from), day(row.valid_to) or "在用"]
                for row in editions
            ],
        ),
    )


@page_of(Standard, "standards/<int:pk>/", "standard")
def standard_page(desk: Desk, standard: Standard) -> Answer:
    """One version of a standard or norm."""
    occupation = desk.visible(Occupation).filter(code=standard.occupation_code).order_by("-valid_from").first()
    versions = (
        desk.visible(Standard)
        .filter(occupation_code=standard.occupation_code, trade=standard.trade, kind=standard.kind)
        .order_by("-issued_on")
    )
    records = course(versions)
    head = Head(
        standard.title,
        crumbs=crumbs(
            ("职业与标准", reverse("occupations")),
            *(((occupation.name, reverse("occupation", kwargs={"pk": occupation.pk})),) if occupation else ()),
            (standard.version,),
        ),
        chips=[standard_chip(standard), Chip(str(standard.get_kind_display()), "quiet")],
    )
    aside = [
        Card(
            "基本情况",
            facts=facts(
                ("职业", Cell(occupation.name if occupation else "", note=standard.occupation_code)),
                ("工种", standard.trade or "—"),
                ("等级", levels_in_words(standard.levels)),
                ("申报条件", str(standard.get_conditions_display())),
                ("文号", standard.document_number or "—"),
                ("颁布", day(standard.issued_on)),
            ),
        ),
        course_card(records) if records else None,
    ]
    return case_page(head, [_standards_card(desk, part_of(desk, versions))], aside, acts=act_bar(desk, standard))
