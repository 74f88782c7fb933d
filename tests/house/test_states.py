"""The law of states stands in the database too: every state column is bound by a constraint, and no state is derived."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from hengjian.kernel.case import case_models
from tests.house.source import reviewed


def states_in(condition: Any) -> set[str]:
    """The states a constraint speaks of."""
    if not isinstance(condition, Q):
        return set()
    found: set[str] = set()
    for child in condition.children:
        if isinstance(child, Q):
            found |= states_in(child)
        elif child[0] in ("state", "state__exact"):
            found.add(str(child[1]))
        elif child[0] == "state__in":
            found |= {str(value) for value in child[1]}
    return found


def unbound_states(model: type[models.Model]) -> set[str]:
    """States that no constraint of the table speaks of. The state a case starts in may promise nothing yet."""
    field = next((field for field in model._meta.concrete_fields if field.name == "state"), None)
    if field is None:
        return set()
    every = {str(code) for code, _ in field.flatchoices} - {str(field.get_default())}
    bound: set[str] = set()
    for constraint in model._meta.constraints:
        if isinstance(constraint, CheckConstraint | UniqueConstraint):
            bound |= states_in(constraint.condition)
    return every - bound


def test_every_state_has_its_constraint() -> None:
    excused = set(reviewed("unbound_states.txt"))
    found = {f"{model._meta.label}.{state}" for model in case_models() for state in unbound_states(model)}
    assert not found - excused, f"say in a constraint what holds in these states: {sorted(found - excused)}"
    assert not excused - found, f"bound by now, take them off the list: {sorted(excused - found)}"


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
