"""Nothing writes a case table outside an act: not by hand, not past the guard, not by a signal or a state machine."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from hengjian.kernel.guard import free_tables
from tests.house.source import ROOT, Module, modules, reviewed

WRITERS = frozenset(
    {
        "create",
        "update",
        "delete",
        "bulk_create",
        "bulk_update",
        "get_or_create",
        "update_or_create",
        "aupdate",
        "acreate",
    }
)
# Log-ins, uploads and check results hold no case: the tables the guard lets pass.
FREE = frozenset(table.rsplit("_", 1)[1] for table in free_tables())
PAST_THE_GUARD = ("past_the_guard",)  # the tests' own way of opening it
BANNED_MODULES = (
    "random",
    "django.db.models.signals",
    "django.dispatch",
    "transitions",
    "django_fsm",
    "viewflow",
    "xworkflows",
)


def writes_by_hand(module: Module) -> list[str]:
    """`Model.objects.create(…)` and the like on anything but a free table, and raw SQL that writes."""
    found = []
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if node.func.attr in WRITERS and (owner := _manager_of(node.func.value)) and owner.lower() not in FREE:
            found.append(f"{module.name}:{node.lineno}: {owner}.objects…{node.func.attr}")
    return found


def _manager_of(node: ast.AST) -> str:
    """The model whose `objects` a chain of calls starts from; empty where it starts elsewhere."""
    while True:
        if isinstance(node, ast.Call):
            node = node.func
        elif isinstance(node, ast.Attribute):
            if node.attr in ("objects", "_base_manager", "_default_manager") and isinstance(node.value, ast.Name):
                return node.value.id
            node = node.value
        else:
            return ""


def openers(module: Module) -> list[str]:
    """Every place that opens the guard, with the reason it gives."""
    found = []
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
            owner = node.func.value if isinstance(node.func, ast.Attribute) else None
            if name in PAST_THE_GUARD:
                reason = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else "?"
                found.append(f"{module.name}: {reason}")
            if name == "opened" and (owner is None or (isinstance(owner, ast.Name) and owner.id == "guard")):
                reason = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else "?"
                if owner is not None or _imports_from_guard(module):
                    found.append(f"{module.name}: {reason}")
    return found


def _imports_from_guard(module: Module) -> bool:
    return any(
        isinstance(node, ast.ImportFrom) and (node.module or "").endswith("kernel.guard")
        for node in ast.walk(module.tree)
    )


def banned(module: Module) -> Iterator[str]:
    """Signals, state machines, chance outside `kernel.draw`, random order, time outside the clock."""
    for node in ast.walk(module.tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr == "order_by" and any(isinstance(a, ast.Constant) and a.value == "?" for a in node.args):
                yield f'{module.name}:{node.lineno}: order_by("?")'
            if node.func.attr in ("now", "today", "utcnow") and _outside_clock(module, node):
                yield f"{module.name}:{node.lineno}: reads the time itself"
        for name in names:
            if name.startswith(BANNED_MODULES) or name.endswith("GenericForeignKey"):
                yield f"{module.name}:{node.lineno}: imports {name}"


def _outside_clock(module: Module, node: ast.Call) -> bool:
    owner = node.func.value if isinstance(node.func, ast.Attribute) else None
    in_terminal = module.domain in ("cli", "demo")
    return isinstance(owner, ast.Name) and owner.id in ("datetime", "date", "timezone") and not in_terminal


def test_nothing_writes_a_case_table_by_hand() -> None:
    found = [fault for module in modules() for fault in writes_by_hand(module) if not _is_runner(module)]
    assert not found, "write through an act:\n" + "\n".join(found)


def _is_runner(module: Module) -> bool:
    return module.name in set(reviewed("writers.txt"))


def test_the_guard_is_opened_only_where_reviewed() -> None:
    found = sorted(opener for module in modules() for opener in openers(module))
    assert sorted(set(found)) == sorted(reviewed("guard_openers.txt"))


def test_no_test_and_no_benchmark_writes_past_the_guard_but_those_reviewed() -> None:
    """States are reached by acts; only who tampers, on purpose, or copies rows for load goes past them."""
    found = {opener for module in beside_the_product() for opener in openers(module)}
    assert found == set(reviewed("guard_openers_in_tests.txt"))


def beside_the_product() -> Iterator[Module]:
    for folder in ("tests", "bench"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield Module(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))


def test_no_signals_state_machines_or_chance() -> None:
    excused = set(reviewed("time_readers.txt"))
    found = [
        fault
        for module in modules()
        for fault in banned(module)
        if not (fault.endswith("reads the time itself") and module.name in excused)
    ]
    assert not found, "\n".join(found)


def test_a_write_by_hand_is_noticed() -> None:
    for text in (
        "Plan.objects.create(name='')",
        "Plan.objects.filter(pk=1).update(state='approved')",
        "Plan.objects.exclude(pk=2).filter(pk=1).delete()",
        "Plan._base_manager.bulk_create([])",
    ):
        assert writes_by_hand(Module("web/plans.py", text)), text
    assert not writes_by_hand(Module("web/plans.py", "Upload.objects.create(name='')\nvalues.update(a=1)"))


def test_an_opened_guard_is_noticed() -> None:
    assert openers(Module("web/x.py", "with guard.opened('trick'): pass")) == ["web/x.py: trick"]
    assert openers(Module("web/x.py", "from hengjian.kernel.guard import opened\nwith opened('trick'): pass"))
    assert openers(Module("tests/x.py", "with past_the_guard('a plan'): pass")) == ["tests/x.py: a plan"]
    assert openers(Module("web/x.py", "from hengjian.kernel.ledger import opened\nopened(entry)")) == []


def test_banned_ways_are_noticed() -> None:
    for text in (
        "import random",
        "from django.db.models.signals import post_save",
        "from django.dispatch import receiver",
        "rows.order_by('?')",
        "from django.contrib.contenttypes.fields import GenericForeignKey",
        "x = datetime.now()",
        "x = date.today()",
    ):
        assert list(banned(Module("plans/rules.py", text))), text
    assert not list(banned(Module("plans/rules.py", "today = clock.today()\nrows.order_by('pk')")))
