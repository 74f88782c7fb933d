"""相关事项: what hangs together with a plan, each a step away: its institution, sheets, objections, certificates. Its draws
stand in a block of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Count, F, Model, OuterRef, QuerySet, Subquery
from django.urls import reverse

from hengjian.certificates.models import Certificate
from hengjian.kernel.words import say
from hengjian.plans.models import Batch, Plan
from hengjian.results.models import Objection, ResultSheet
from hengjian.web.components import Card, ShortItem, ShortList
from hengjian.web.occupations.labels import level_title
from hengjian.web.pages import Desk
from hengjian.web.results.sheet_parts import sheet_chip

MOST = 6  # of one kind; the lists have them all


def with_related(desk: Desk, batches: QuerySet[Batch]) -> QuerySet[Any]:
    """The batches with what of their sheets is disclosed to this desk, in the same statement."""
    sheet = desk.visible(ResultSheet).filter(batch=OuterRef("pk")).order_by()
    return batches.annotate(
        sheet_pk=Subquery(sheet.values("pk")[:1]),
        sheet_state=Subquery(sheet.values("state")[:1]),
        objections=_counted(desk.visible(Objection), "sheet__batch"),
        certificates=_counted(desk.visible(Certificate), "score__sheet__batch"),
    )


def _counted(rows: QuerySet[Any], batch: str) -> Subquery:
    of_batch: QuerySet[Model] = rows.order_by().filter(**{batch: OuterRef("pk")})
    return Subquery(of_batch.annotate(of=F(batch)).values("of").annotate(number=Count("pk")).values("number"))


def related_card(plan: Plan, batches: Sequence[Any]) -> Card:
    """`batches` as `with_related` gives them."""
    return Card("相关事项", short=ShortList(list(_items(plan, batches))))


def _items(plan: Plan, batches: Sequence[Any]) -> Iterator[ShortItem]:
    yield ShortItem(plan.institution.short_name, reverse("institution", kwargs={"pk": plan.institution_id}), "评价机构")
    sheets = sorted((batch for batch in batches if batch.sheet_pk), key=lambda batch: batch.sheet_pk)
    for batch in sheets[:MOST]:
        yield ShortItem(
            say(
                "评价结果 · {occupation_name} {level_title}",
                occupation_name=batch.occupation_name,
                level_title=level_title(batch.level),
            ),
            reverse("result_sheet", kwargs={"pk": batch.sheet_pk}),
            chip=sheet_chip(batch.sheet_state),
        )
    if objections := sum(batch.objections or 0 for batch in batches):
        yield ShortItem(
            say("公示异议 {objections} 件", objections=objections), f"{reverse('objections')}?q={plan.number or ''}"
        )
    if certificates := sum(batch.certificates or 0 for batch in batches):
        one = f"?sheet={sheets[0].sheet_pk}" if len(sheets) == 1 else ""
        yield ShortItem(say("证书 {certificates} 张", certificates=certificates), reverse("certificates") + one)
