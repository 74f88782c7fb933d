"""The law of states stands in the database too: every state column is bound by a constraint, and no state is derived."""

from __future__ import annotations

import ast
from typing import Any

import pytest
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from hengjian.kernel.case import case_models
from tests.house.source import modules


def holds_in(condition: Any, state: str) -> bool | None:
    """Whether the condition is true or false of a row in this state whatever else it holds; None: that depends."""
    if not isinstance(condition, Q):
        return None
    known = [
        _holds(child, state) if not isinstance(child, Q) else holds_in(child, state) for child in condition.children
    ]
    deciding = condition.connector == Q.OR
    answer = deciding if deciding in known else None if None in known else not deciding
    return (not answer) if condition.negated and answer is not None else answer


def _holds(leaf: Any, state: str) -> bool | None:
    name, value = leaf
    if name in ("state", "state__exact"):
        return str(value) == state
    return state in {str(one) for one in value} if name == "state__in" else None


def unbound_states(model: type[models.Model]) -> set[str]:
    """States of which no constraint demands anything. The state a case starts in may promise nothing yet."""
    field = next((field for field in model._meta.concrete_fields if field.name == "state"), None)
    if field is None:
        return set()
    every = {str(code) for code, _ in field.flatchoices} - {str(field.get_default())}
    return {state for state in every if not any(demands(one, state) for one in model._meta.constraints)}


def speaks_of_states(condition: Any) -> bool:
    return isinstance(condition, Q) and any(
        speaks_of_states(child) if isinstance(child, Q) else child[0].split("__")[0] == "state"
        for child in condition.children
    )


def demands(constraint: Any, state: str) -> bool:
    """A check that is not true anyway of this state, or a uniqueness that counts rows in it."""
    if isinstance(constraint, CheckConstraint):
        return speaks_of_states(constraint.condition) and holds_in(constraint.condition, state) is not True
    return isinstance(constraint, UniqueConstraint) and bool(
        constraint.condition and holds_in(constraint.condition, state) is not False
    )


def test_every_state_has_its_constraint() -> None:
    found = {f"{model._meta.label}.{state}" for model in case_models() for state in unbound_states(model)}
    assert not found, f"say in a constraint what holds in these states: {sorted(found)}"


# The log is read for what was said and where it stands in the tree, never for what state a case is in.
READS_THE_LOG = {
    "authorities/audit.py": "every act of an area, for its auditor",
    "certificates/course.py": "where the steps of a certificate stand in the log",
    "cli/demo.py": "how many acts the demo performed",
    "demo/play.py": "tells each act as it is performed",
    "papers/proofs.py": "the receipt inside a paper, and where its issue stands in the log",
    "plans/queries.py": "the versions of a plan, as said when it was changed",
    "results/public_queries.py": "the receipt of an objection",
    "rosters/erasing.py": "which files were handed in with a batch, and by whom, to destroy them",
    "rosters/public_queries.py": "where the draw of a sample stands in the log",
    "safekeeping/proofs.py": "receipts built anew after a copy came back",
    "supervision/public_queries.py": "where a draw stands in the log",
    "supervision/rules.py": "a sealed list lies under a checkpoint before its hour: a fact about the log itself",
    "web/health_page.py": "how many entries wait to be sealed",
    "web/cases.py": "the time line of a case",
    "web/outbox.py": "which request keys were done: the receipt itself",
    "web/log_pages.py": "the pages of the log",
    "web/public/notice_pages.py": "where a notice stands in the log",
}
LOG_WORDS = {
    "Entry", "EntryRow", "course_of", "ledger", "log_lines", "sealed_entry", "last_entry_about", "unsealed",
}  # fmt: skip


def log_readers() -> set[str]:
    found = set()
    for module in modules():
        if module.domain == "kernel":
            continue
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith("hengjian.kernel"):
                continue
            if LOG_WORDS & {alias.name for alias in node.names}:
                found.add(module.name)
    return found


def test_no_state_of_a_case_is_read_off_the_log() -> None:
    found = log_readers()
    assert found <= READS_THE_LOG.keys(), f"store the state in a column: {sorted(found - READS_THE_LOG.keys())}"
    assert READS_THE_LOG.keys() <= found, f"reads it no more: {sorted(READS_THE_LOG.keys() - found)}"


def test_a_step_from_or_to_a_state_that_is_none_stops_the_import() -> None:
    from hengjian.authorities.models import Seat
    from hengjian.kernel.actor import BY_OPERATOR
    from hengjian.kernel.header import Header, Step
    from hengjian.kernel.models import Waiver

    def declared(subject: Any, step: Step) -> Header:
        return Header("x.y", "试", (BY_OPERATOR,), subject, "on", step)

    assert declared(Waiver, Step(Waiver.State.ASKED, to=Waiver.State.APPROVED))
    for subject, step in ((Waiver, Step("no_such_state")), (Waiver, Step("asked", to="nowhere")), (Seat, Step("open"))):
        with pytest.raises(TypeError, match="has no state"):
            declared(subject, step)


def test_every_state_column_has_choices_and_a_start() -> None:
    for model in case_models():
        for field in model._meta.concrete_fields:
            if field.name == "state":
                assert field.choices and field.get_default() in dict(field.flatchoices), model._meta.label


def test_an_unbound_state_is_noticed() -> None:
    class Door(models.Model):
        state = models.CharField(choices=[("shut", "关"), ("open", "开"), ("gone", "无")], default="shut")

        class Meta:
            app_label = "house_sample"
            constraints = [CheckConstraint(condition=~Q(state__in=["open"]) | Q(pk__gt=0), name="door")]

    assert unbound_states(Door) == {"gone"}
