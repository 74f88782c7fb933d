"""A plan's stepper and its status in the list tell the whole life to the certificates online (B15)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hengjian.authorities.models import Seat
from hengjian.kernel import clock
from hengjian.web.pages import Desk
from hengjian.web.plans.life import STEPS, places
from tests.pages.stage import stage

ClientOf = Callable[[Seat], Client]
pytestmark = pytest.mark.django_db
LATER = "2026-10-20T10:00"


def shown(client: Client, plan: int) -> tuple[str, str, str]:
    """Its present step, its chip on its page and in the list."""
    head = client.get(reverse("plan", kwargs={"pk": plan})).context["page"]
    now = next((str(step.label) for step in head.steps if step.state == "present"), "")
    row = client.get(reverse("plans")).context["table"].rows[0]
    return now, str(head.chips[0].label), str(row.cells[4].chip.label)


@pytest.mark.parametrize(
    ("until", "step", "chip"),
    [
        ("admit", "考试", "待考试"),
        ("scores", "成绩与公示", "考试完成"),
        ("notice", "成绩与公示", "考试完成"),
        ("close", "结果备案", "公示期满"),
        ("report_results", "制证发证", "结果已备案"),
        ("issue", "数据上网", "已发证"),
        ("online", "", "已上网"),
    ],
)
def test_page_and_list_say_how_far_the_plan_has_come(client_of: ClientOf, until: str, step: str, chip: str) -> None:
    made = stage(candidates=4).lived(until) if until != "admit" else stage(candidates=4)
    with clock.at(LATER if until != "admit" else "2026-09-05T10:00"):
        assert shown(client_of(made.reviewer), made.plan.pk) == (step, chip, chip)


def test_many_plans_are_placed_with_one_statement() -> None:
    made = stage(candidates=4).lived("issue")
    other = stage(candidates=4)
    request = RequestFactory().get("/")
    request.seat = made.reviewer  # type: ignore[attr-defined]
    with clock.at(LATER), CaptureQueriesContext(connection) as sent:
        found = places(Desk(request), [made.plan.pk, other.plan.pk])
    assert len(sent) == 1 and STEPS[found[made.plan.pk]] == "数据上网" and STEPS[found[other.plan.pk]] == "考试"


def test_what_hangs_together_with_a_plan_stands_beside_it(client_of: ClientOf) -> None:
    made = stage(candidates=4).lived("issue")
    with clock.at(LATER):
        page = client_of(made.reviewer).get(reverse("plan", kwargs={"pk": made.plan.pk}))
        (card,) = [card for card in page.context["aside"] if card.title == "相关事项"]
        hrefs = [item.href for item in card.short.items]
        assert reverse("result_sheet", kwargs={"pk": made.sheet.pk}) in hrefs
        assert reverse("draw_case", kwargs={"pk": made.draw.pk}) in page.content.decode()
        assert f"{reverse('certificates')}?sheet={made.sheet.pk}" in hrefs
        clerk = client_of(made.clerk).get(reverse("plan", kwargs={"pk": made.plan.pk}))
        assert reverse("draw_case", kwargs={"pk": made.draw.pk}) not in clerk.content.decode()
