"""The information base of assessors (R54): card, occupations and levels, employer, training."""

from __future__ import annotations

from django.urls import reverse

from hengjian.kernel.words import listed, say
from hengjian.occupations.queries import occupations_on
from hengjian.personnel.lists import ASSESSORS
from hengjian.personnel.models import Assessor
from hengjian.personnel.queries import AssessorRow
from hengjian.web.cases import case_page, course, course_card
from hengjian.web.components import Card, Cell, Column, Empty, Go, Head, Row, Table, crumbs, facts
from hengjian.web.listing import show
from hengjian.web.occupations.labels import levels_spanned
from hengjian.web.pages import Answer, Desk, page, page_of
from hengjian.web.parts import day
from hengjian.web.performing import act_bar
from hengjian.web.personnel.parts import assessor_chip, card_chip
from hengjian.web.takeovers.kinds import BY_CODE


@page("assessors/", "assessors")
def assessors_page(desk: Desk) -> Answer:
    """考评人员库。"""

    def cells(row: AssessorRow) -> Row:
        return Row(
            [
                Cell(row.name, href=reverse("assessor", kwargs={"pk": row.id}), note=row.masked_number),
                Cell(row.employer, note=row.institution_name),
                Cell(row.grade_label),
                Cell(listed(row.occupations)),
                Cell(row.card_number, mono=True),
                Cell(
                    chip=card_chip(row.card_valid_until, desk.today),
                    note=say("至 {card_valid_until}", card_valid_until=row.card_valid_until),
                ),
                Cell(chip=assessor_chip(row.state)),
                Cell(row.office_name, second=True),
            ],
        )

    kind = BY_CODE["assessors"]
    there = f"{reverse('takeovers')}?side={kind.code}"
    return show(
        desk,
        ASSESSORS,
        cells,
        lead="考评人员的证卡、考评职业和等级、工作单位和培训。",
        empty=Empty("还没有考评人员", "从名单承接后列在这里。"),
        buttons=[Go(kind.title, href=there)] if kind.open_to(desk.actor) else [],
    )


@page_of(Assessor, "assessors/<int:pk>/", "assessor", "office", "institution")
def assessor_page(desk: Desk, assessor: Assessor) -> Answer:
    """One assessor: the card, what may be scored, for whom."""
    names = occupations_on(set(assessor.occupations), desk.today)
    scored = Card(
        "考评职业",
        table=Table(
            columns=[Column("职业"), Column("代码")],
            rows=[
                [names[code].name if code in names else code, Cell(code, mono=True)] for code in assessor.occupations
            ],
            empty=Empty("尚未登记考评职业"),
        ),
    )
    head = Head(
        assessor.name,
        crumbs=crumbs(("考评人员", reverse("assessors")), (assessor.card_number,)),
        chips=[assessor_chip(assessor.state), card_chip(assessor.card_valid_until, desk.today)],
    )
    institution = assessor.institution
    aside = [
        Card(
            "基本情况",
            facts=facts(
                ("级别", str(assessor.get_grade_display())),
                ("考评等级", levels_spanned(assessor.levels) if assessor.levels else "按级别的规定"),
                ("工作单位", assessor.employer),
                ("评价机构", institution.name if institution is not None else "—"),
                ("证件号码", assessor.masked_number or "—"),
                ("登记机关", assessor.office.name),
                ("证卡编号", Cell(assessor.card_number, mono=True)),
                ("证卡有效期至", day(assessor.card_valid_until)),
                ("培训", day(assessor.trained_on) or "没有记录"),
                ("电话", assessor.phone or "—"),
            ),
        ),
        course_card(course(assessor)),
    ]
    return case_page(head, [scored], aside, acts=act_bar(desk, assessor))
