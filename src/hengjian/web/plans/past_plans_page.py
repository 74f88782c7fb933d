"""Plans carried out before this system, as offices took them over: a list, for nothing is done with them."""

from __future__ import annotations

from django.urls import reverse

from hengjian.plans.lists import PAST_PLANS
from hengjian.plans.queries import PastPlanRow
from hengjian.web.components import Cell, Chip, Empty, Go, Row
from hengjian.web.listing import show
from hengjian.web.occupations.labels import level_title
from hengjian.web.pages import Answer, Desk, page
from hengjian.web.parts import day
from hengjian.web.takeovers.kinds import BY_CODE


@page("plans/past/", "past_plans")
def past_plans_page(desk: Desk) -> Answer:
    """以往计划。"""

    def cells(row: PastPlanRow) -> Row:
        return Row(
            [
                Cell(row.title, note=row.venue),
                Cell(row.number, mono=True),
                Cell(row.institution_name),
                Cell(row.occupation, note=row.occupation_code),
                Cell(level_title(row.level)),
                Cell(day(row.held_on)),
                str(row.headcount),
                "—" if row.passed is None else str(row.passed),
                Cell(chip=Chip(row.state_label, "good" if row.state == "standing" else "quiet")),
            ],
        )

    kind = BY_CODE["plans"]
    return show(
        desk,
        PAST_PLANS,
        cells,
        lead="平台启用以前已经完成的计划，由机关从表格承接，只供查询和统计。",
        empty=Empty("还没有以往计划", "从表格承接后列在这里。"),
        buttons=[Go(kind.title, href=f"{reverse('takeovers')}?side={kind.code}")] if kind.open_to(desk.actor) else [],
    )
