"""Rows reach a page, an operation or a file by `disclosed` or by a domain's query, never by a manager of the model."""

from __future__ import annotations

import ast

import pytest
from django.apps import apps

from hengjian.kernel.case import case_models
from hengjian.kernel.disclosure import Undisclosed, disclosed_to
from hengjian.kernel.models import RestraintCount
from tests.house.source import Module, modules

MANAGERS = {"objects", "_base_manager", "_default_manager"}
ASKS = {
    "aggregate", "alias", "all", "annotate", "count", "defer", "exclude", "exists", "filter", "first", "get", "in_bulk",
    "iterator", "last", "latest", "none", "only", "order_by", "select_related", "values", "values_list",
}  # fmt: skip


def children() -> set[str]:
    """The names under which a row has its children: `plan.batches` asks past whoever is asking."""
    return {
        related.get_accessor_name()
        for model in apps.get_models()
        if model.__module__.startswith("hengjian.")
        for related in model._meta.related_objects
        if related.multiple and related.get_accessor_name()
    }


def past_disclosure(module: Module, children: set[str]) -> list[str]:
    """`Model.objects`, `QuerySet(Model)` and `row.children.filter(…)`, as far as the text tells."""
    found = []
    for node in ast.walk(module.tree):
        if (
            (isinstance(node, ast.Attribute) and node.attr in MANAGERS)
            or (isinstance(node, ast.Call) and node.args and ast.unparse(node.func).split(".")[-1] == "QuerySet")
            or (
                isinstance(node, ast.Attribute)
                and node.attr in ASKS
                and isinstance(node.value, ast.Attribute)
                and node.value.attr in children
            )
        ):
            found.append(f"{module.name}: {ast.unparse(node)}")
    return found


def test_web_and_api_take_only_what_is_disclosed() -> None:
    names = children()
    shown = (module for module in modules() if module.domain in ("web", "api"))
    found = sorted({fault for module in shown for fault in past_disclosure(module, names)})
    assert not found, "ask `desk.visible`, `disclosed` or a query of the domain"


def test_a_way_past_disclosure_is_noticed() -> None:
    for text in (
        "rows = Plan.objects.filter(pk=1)",
        "rows = type(row).objects.all()",
        "rows = Plan._base_manager.get(pk=1)",
        "rows = Plan._default_manager",
        "rows = QuerySet(Plan)",
        "rows = models.QuerySet(model=Plan) if False else models.QuerySet(Plan)",
        "rows = plan.batches.order_by('pk')",
    ):
        assert past_disclosure(Module("web/x.py", text), {"batches"}), text
    assert not past_disclosure(
        Module("web/x.py", "def f(rows: QuerySet[Plan]):\n    return desk.visible(Plan).filter(pk=1)"), {"batches"}
    )


def found_by_table(module: Module) -> list[str]:
    """Places that look a model up by the name of its table, each in its own way."""
    found = []
    for node in ast.walk(module.tree):
        sought = isinstance(node, ast.comprehension) and any(
            isinstance(side, ast.Attribute) and side.attr == "db_table"
            for test in node.ifs
            if isinstance(test, ast.Compare)
            for side in (test.left, *test.comparators)
        )
        mapped = (
            isinstance(node, ast.DictComp)
            and isinstance(node.value, ast.Name)
            and ast.unparse(node.key) == f"{node.value.id}._meta.db_table"
        )
        if sought or mapped:
            found.append(f"{module.name}: {ast.unparse(node)}")
    return found


def test_the_kind_of_case_of_a_table_is_found_in_one_place() -> None:
    found = [place for module in modules() for place in found_by_table(module)]
    assert len(found) == 1 and found[0].startswith("kernel/case.py:"), "ask `case_of` or `disclosed_row`"


def test_another_way_to_find_it_is_noticed() -> None:
    for text in (
        "model = next((model for model in case_models() if model._meta.db_table == table), None)",
        "tables = {model._meta.db_table: model for model in apps.get_models()}",
    ):
        assert found_by_table(Module("web/x.py", text)), text


@pytest.mark.parametrize("model", case_models(), ids=lambda model: model.__name__)
def test_every_case_model_says_to_whom_it_is_disclosed(model) -> None:
    assert callable(disclosed_to(model))


def test_a_model_of_which_nothing_is_said_is_a_fault() -> None:
    with pytest.raises(Undisclosed):
        disclosed_to(RestraintCount)
