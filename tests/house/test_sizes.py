"""A module is read in one sitting (400 lines), an act on one screen (80). What is larger stands on a list that shrinks."""

from __future__ import annotations

import ast

from tests.house.source import Module, modules, reviewed

MODULE_LINES, ACT_LINES = 400, 80


def too_large(module: Module) -> dict[str, int]:
    """`name` → lines of the module; `name:function` → lines of an act's or rule's function."""
    found = {}
    lines = module.text.count("\n")
    if lines > MODULE_LINES:
        found[module.name] = lines
    if "/acts/" in module.name:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef) and (size := (node.end_lineno or 0) - node.lineno + 1) > ACT_LINES:
                found[f"{module.name}:{node.name}"] = size
    return found


def ratchet() -> dict[str, int]:
    pairs = (line.rsplit(" ", 1) for line in reviewed("sizes.txt"))
    return {name: int(size) for name, size in pairs}


def test_modules_and_acts_stay_small() -> None:
    allowed = ratchet()
    found = {name: size for module in modules() for name, size in too_large(module).items()}
    grown = {name: size for name, size in found.items() if size > allowed.get(name, 0)}
    assert not grown, f"split them: {grown}"


def test_the_list_of_large_ones_only_shrinks() -> None:
    found = {name: size for module in modules() for name, size in too_large(module).items()}
    slack = {name: size for name, size in ratchet().items() if found.get(name, 0) < size}
    assert not slack, f"smaller by now, write the new size down or take them off: {slack}"


def test_a_long_module_and_a_long_act_are_noticed() -> None:
    long_act = "def act():\n" + "    x = 1\n" * ACT_LINES
    assert too_large(Module("plans/acts/x.py", long_act)) == {"plans/acts/x.py:act": ACT_LINES + 1}
    assert too_large(Module("plans/rules.py", "x = 1\n" * (MODULE_LINES + 1))) == {"plans/rules.py": MODULE_LINES + 1}
    assert too_large(Module("plans/rules.py", long_act)) == {}
