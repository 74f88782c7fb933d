"""Whatever is read of the law is read by asking: nothing reads a policy for itself, nothing reads one and throws it away."""

from __future__ import annotations

import ast

from tests.house.source import Module, modules

# The asking itself, the readers it offers, and what the State Council fixes for the whole country.
READERS = {
    "kernel/asking.py",
    "kernel/calendar_notice.py",
    "kernel/law.py",
    "kernel/policy.py",
    "kernel/policy_cases.py",
    "kernel/statutory_days.py",
}
# Who stands in no area: the command line, and the demo, which tells a story instead of deciding.
PLACELESS = ("cli/", "demo/", "rosters/checks/")
DECIDING = ("/acts/", "/rules.py")


def own_readings(module: Module) -> list[str]:
    """`handle.on(…)`, `handle.resolve(…, …)`, local values read by hand, the nation's value where there is a case."""
    found = []
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and node.module == "hengjian.kernel.local_values":
            found.append(f"{module.name}:{node.lineno}: reads local values itself")
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and _name(node.value) in ("policy", "pin"):
            found.append(f"{module.name}:{node.lineno}: reads a value and throws it away")
        if not isinstance(node, ast.Call):
            continue
        name = _name(node)
        dated = isinstance(node.func, ast.Attribute) and (
            (name == "on" and node.args) or (name == "resolve" and len(node.args) + len(node.keywords) > 1)
        )
        if dated:
            found.append(f"{module.name}:{node.lineno}: .{name}(…) reads the law without asking")
        if name == "National" and not module.name.startswith(PLACELESS):
            found.append(f"{module.name}:{node.lineno}: the nation's value, where an area may be stricter")
        if name == "nationwide" and any(part in f"/{module.name}" for part in DECIDING):
            found.append(f"{module.name}:{node.lineno}: what decides asks, so that the value is pinned")
    return found


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def test_the_law_is_read_by_asking() -> None:
    found = [fault for module in modules() if module.name not in READERS for fault in own_readings(module)]
    assert not found, "\n".join(found)


def test_another_way_to_read_is_noticed() -> None:
    for text in (
        "days = NOTICE_WORKING_DAYS.on(today)",
        "days = policies.NOTICE.resolve(day, local, area).value",
        "from hengjian.kernel.local_values import local_values",
        "def body(doing):\n    doing.policy(NOTICE)\n",
        "days = National(day).policy(NOTICE)",
        "days = nationwide(day).policy(LEVELS)",
    ):
        assert own_readings(Module("results/acts/x.py", text)), text
    assert not own_readings(Module("results/acts/x.py", "days = doing.policy(NOTICE)\nroot = Path(__file__).resolve()"))
    assert not own_readings(Module("web/labels.py", "titles = nationwide(day).policy(LEVELS)"))
