"""A reading that nothing of the product asks goes: tests alone keep no query alive."""

from __future__ import annotations

import ast

from tests.house.source import Module, modules

READINGS = ("queries", "public_queries", "lists", "log_readings")


def offered(module: Module) -> set[str]:
    """The public functions of a module of queries, as `plans.queries.plan`."""
    place = module.name.removesuffix(".py").replace("/", ".")
    if place.split(".")[-1] not in READINGS:
        return set()
    names = (node.name for node in module.tree.body if isinstance(node, ast.FunctionDef))
    return {f"{place}.{name}" for name in names if not name.startswith("_")}


def asked(module: Module) -> set[str]:
    """What a module asks of others by import, or of itself by name."""
    tree, own = module.tree, module.name.removesuffix(".py").replace("/", ".")
    found: set[str] = set()
    aliases: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("hengjian."):
            source = str(node.module).removeprefix("hengjian.")
            for alias in node.names:
                found.add(f"{source}.{alias.name}")
                aliases[alias.asname or alias.name] = f"{source}.{alias.name}"
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            found.add(f"{own}.{node.id}")
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in aliases:
            found.add(f"{aliases[node.value.id]}.{node.attr}")
    return found


def unasked(house: tuple[Module, ...]) -> list[str]:
    everything = set().union(*(asked(module) for module in house))
    return sorted(set().union(*(offered(module) for module in house)) - everything)


def test_every_query_is_asked_by_the_product() -> None:
    assert unasked(modules()) == []


def test_a_query_nobody_asks_is_noticed() -> None:
    queries = Module("plans/queries.py", "def plan(): ...\ndef plans(): ...\ndef _row(): ...\n")
    assert unasked((queries,)) == ["plans.queries.plan", "plans.queries.plans"]
    by_name = Module("web/x.py", "from hengjian.plans.queries import plan")
    by_module = Module("web/y.py", "from hengjian.plans import queries as asked\nasked.plans()")
    assert unasked((queries, by_name, by_module)) == []


DOCUMENTS = {"published"}  # a published draw or sample, as anybody downloads it and runs it again


def loose_rows(module: Module) -> list[str]:
    """Fields of the rows a query returns that may hold anything under any name: nobody sees from them what is disclosed."""
    if not module.name.endswith("queries.py"):
        return []
    return [
        f"{module.name}:{field.lineno} {ast.unparse(field)}"
        for row in ast.walk(module.tree)
        if isinstance(row, ast.ClassDef) and row.decorator_list
        for field in row.body
        if isinstance(field, ast.AnnAssign)
        and getattr(field.target, "id", "") not in DOCUMENTS
        and any(getattr(each, "id", "") == "Any" for each in ast.walk(field.annotation))
    ]


def test_every_field_of_a_row_says_what_it_holds() -> None:
    assert not [fault for module in modules() for fault in loose_rows(module)]
    loose = "@dataclass(frozen=True)\nclass Row:\n    said: dict[str, Any] | None\n    name: str\n"
    assert loose_rows(Module("plans/queries.py", loose)) == ["plans/queries.py:3 said: dict[str, Any] | None"]
