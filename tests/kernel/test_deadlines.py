"""A deadline is declared on its model, set in one way, and moved when a year's calendar arrives."""

from __future__ import annotations

import ast
from datetime import date
from typing import Any

import pytest

from hengjian.kernel.actor import CLOCK
from hengjian.kernel.case import case_models
from hengjian.kernel.deadline import Deadline
from hengjian.kernel.doing import Doing
from hengjian.kernel.policy import Policy
from hengjian.results.models import ResultSheet
from tests.house.source import Module, in_domains

SHORT, LONG = Policy("filing.accept_working_days", int), Policy("filing.decision_working_days", int)


def declared() -> list[tuple[Any, Deadline]]:
    return [(model, deadline) for model in case_models() for deadline in model.deadlines]


def test_every_deadline_has_its_four_columns() -> None:
    assert len(declared()) >= 6
    for model, deadline in declared():
        columns = {field.attname for field in model._meta.concrete_fields}
        assert set(deadline.columns) <= columns, f"{model.__name__}.{deadline.name}"
        assert {model._meta.get_field(deadline.on).null, model._meta.get_field(deadline.provisional).null} <= {
            True,
            False,
        }


def test_no_column_of_a_deadline_stands_without_its_declaration() -> None:
    known = {(model, deadline.provisional) for model, deadline in declared()}
    found = {
        (model, field.attname)
        for model in case_models()
        for field in model._meta.concrete_fields
        if field.attname.endswith("_provisional")
    }
    assert found == known


def test_of_several_lengths_the_act_says_which() -> None:
    two = Deadline("due", start="due_from", days=[SHORT, LONG])
    assert two.length_of(LONG) is LONG
    for wrong in (None, Policy("results.notice_working_days", int)):
        with pytest.raises(TypeError, match="has no such length"):
            two.length_of(wrong)
    assert Deadline("due", start="due_from", days=SHORT).length_of(None) is SHORT


@pytest.mark.django_db
def test_setting_one_fills_what_the_page_and_the_new_calendar_read() -> None:
    from hengjian.kernel import clock
    from hengjian.kernel.acts_catalogue import catalogue

    header = catalogue()["results.open_notice"].header
    sheet = ResultSheet()
    doing: Doing[Any] = Doing(header, CLOCK, clock.now(), sheet, [sheet])
    due = doing.set_deadline(sheet, "notice", start=date(2026, 5, 6))
    assert (sheet.notice_opened_on, sheet.notice_days) == (date(2026, 5, 6), 5)
    assert (sheet.notice_closes_on, sheet.notice_provisional) == (due.on, due.provisional)
    assert "results.notice_working_days" in {key for key, _, _ in doing.pins}
    doing.clear_deadline(sheet, "notice")
    assert (sheet.notice_closes_on, sheet.notice_provisional) == (None, False)


def hand_made(module: Module) -> list[str]:
    """Columns of deadlines filled by hand in an act."""
    if "/acts/" not in module.name:
        return []
    lengths = {deadline.length for _, deadline in declared()} | {deadline.on for _, deadline in declared()}
    found = []
    for node in ast.walk(module.tree):
        targets = node.targets if isinstance(node, ast.Assign) else []
        for target in (inner for one in targets for inner in ast.walk(one)):
            if isinstance(target, ast.Attribute) and target.attr in lengths:
                found.append(f"{module.name}:{node.lineno}: set it by doing.set_deadline")
    return found


def test_no_act_counts_a_deadline_by_hand() -> None:
    assert [fault for module in in_domains() for fault in hand_made(module)] == []
    assert hand_made(Module("plans/acts/x.py", "plan.due_on, plan.due_provisional = day, False"))
