"""What stands about results on the page of a batch."""

from __future__ import annotations

from django.urls import reverse

from hengjian.kernel.words import say
from hengjian.plans.models import Batch
from hengjian.results.models import ResultSheet
from hengjian.results.totals import totals_of
from hengjian.web.components import Card, Link, facts
from hengjian.web.pages import Desk
from hengjian.web.results.sheet_parts import sheet_chip


def results_section(desk: Desk, batch: Batch) -> Card | None:
    """The totals of the sheet with the way to it."""
    sheet = desk.visible(ResultSheet).filter(batch=batch).order_by("pk").first()
    if sheet is None:
        return None
    totals = totals_of(sheet.pk)
    return Card(
        "评价结果",
        chips=[sheet_chip(sheet.state)],
        link=Link("看成绩单", reverse("result_sheet", kwargs={"pk": sheet.pk})),
        facts=facts(
            ("应考", say("{registered} 人", registered=totals.registered)),
            ("实考", say("{sat} 人", sat=totals.sat)),
            ("合格", say("{passed} 人", passed=totals.passed)),
        ),
    )
