"""Numbers and dates that people type are read in one place (`kernel.typed`): `isdigit` says yes to `²`, and `int` then fails."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.house.source import modules

DOORS = ("web", "api", "cli")


def _readings(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            if name in ("isdigit", "isnumeric", "isdecimal"):
                yield node
            if name == "fromisoformat" or (isinstance(node.func, ast.Name) and node.func.id in ("int", "Decimal")):
                source = ast.unparse(node.args[0]) if node.args else ""
                if any(word in source for word in ("asked(", "POST", "GET", "post.", "text", "given")):
                    yield node


def test_no_door_reads_a_number_by_itself() -> None:
    found = [
        f"{module.name}:{node.lineno} {ast.unparse(node)[:60]}"
        for module in modules()
        if module.domain in DOORS
        for node in _readings(module.tree)
    ]
    assert not found, "\n".join(found)
