"""相关事项: what hangs together with a plan, each a step away: its institution, draws, sheets, objections, certificates."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from hengjian.certificates.models import Certificate
from hengjian.kernel.words import say
from hengjian.plans.models import Plan
from hengjian.results.models import Objection, ResultSheet
from hengjian.supervision.models import Draw
from hengjian.web.components import Card, ShortItem, ShortList
from hengjian.web.occupations.labels import level_title
from hengjian.web.pages import Desk
from hengjian.web.results.sheet_parts import sheet_chip
from hengjian.web.supervision.draw_pages import draw_chip

MOST = 6  # of one kind; the lists have them all


def related_card(desk: Desk, plan: Plan) -> Card:
    """What of it is disclosed to this desk; four statements."""
    return Card("相关事项", short=ShortList(list(_items(desk, plan))))


def _items(desk: Desk, plan: Plan) -> Iterator[ShortItem]:
    yield ShortItem(plan.institution.short_name, reverse("institution", kwargs={"pk": plan.institution_id}), "评价机构")
    for draw in desk.visible(Draw).filter(plan=plan).only("code", "state").order_by("-pk")[:MOST]:
        yield ShortItem(
            say("抽取 {code}", code=draw.code),
            reverse("draw_case", kwargs={"pk": draw.pk}),
            chip=draw_chip(draw.state),
        )
    sheets = desk.visible(ResultSheet).filter(batch__plan=plan).select_related("batch").order_by("pk")[:MOST]
    for sheet in sheets:
        yield ShortItem(
            say(
                "评价结果 · {occupation_name} {level_title}",
                occupation_name=sheet.batch.occupation_name,
                level_title=level_title(sheet.batch.level),
            ),
            reverse("result_sheet", kwargs={"pk": sheet.pk}),
            chip=sheet_chip(sheet.state),
        )
    if objections := desk.visible(Objection).filter(sheet__batch__plan=plan).count():
        yield ShortItem(
            say("公示异议 {objections} 件", objections=objections), f"{reverse('objections')}?q={plan.number or ''}"
        )
    issued = desk.visible(Certificate).filter(score__sheet__batch__plan=plan)
    if certificates := issued.count():
        sheet_of = next(iter(sheets), None)
        href = (
            f"{reverse('certificates')}?sheet={sheet_of.pk}"
            if sheet_of and len(sheets) == 1
            else reverse("certificates")
        )
        yield ShortItem(say("证书 {certificates} 张", certificates=certificates), href)
