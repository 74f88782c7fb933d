"""What a list lets one do beyond reading it: choose columns; take a file under its own name that loses nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from hengjian.authorities.models import Seat
from hengjian.kernel import clock
from hengjian.plans.lists import PLANS
from tests.lists import the_file
from tests.pages.stage import stage

ClientOf = Callable[[Seat], Client]
pytestmark = pytest.mark.django_db
NOW = "2026-09-05T10:00"


def test_columns_are_chosen_and_stay_chosen_in_every_link(client_of: ClientOf) -> None:
    with clock.at(NOW):
        made = stage(candidates=4)
        context = client_of(made.reviewer).get(reverse("plans") + "?column=state_label&q=1").context
    table = context["table"]
    assert [str(column.label) for column in table.columns] == ["计划", "状态"], "the first always stays"
    assert all(len(row.cells) == 2 for row in table.rows) and table.rows
    assert all("column=state_label" in column.sort for column in table.columns if column.sort)
    assert [option.value for option in context["choice"].options if option.chosen] == ["state_label"]
    assert [(field.name, field.value) for field in context["choice"].kept] == [("q", "1")]


def test_columns_nobody_knows_choose_nothing(client_of: ClientOf) -> None:
    with clock.at(NOW):
        made = stage(candidates=4)
        context = client_of(made.reviewer).get(reverse("plans") + "?column=x&column=²").context
    assert len(context["table"].columns) == len(PLANS.columns)


def test_a_file_is_called_by_its_list_and_day_and_has_a_column_for_every_value(client_of: ClientOf) -> None:
    with clock.at(NOW):
        made = stage(candidates=4)
        answer = the_file(client_of(made.reviewer), "plans", "csv", {})
    assert quote("认定计划-2026-09-05.csv") in answer["Content-Disposition"]
    head, *lines = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert len(set(head)) == len(head) and {"计划编号", "考点", "机构全称", "考试结束"} <= set(head)
    row = dict(zip(head, lines[0], strict=True))
    assert (row["计划编号"], row["考点"], row["机构全称"]) == (made.plan.number, made.plan.venue, made.institution.name)
