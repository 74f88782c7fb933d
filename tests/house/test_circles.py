"""No module of the kernel or of the API imports itself by a detour, not even inside a function or for its types alone."""

from __future__ import annotations

import ast

from tests.house.source import Module, modules

ROOMS = ("kernel", "api")


def imports_of(module: Module, known: set[str]) -> set[str]:
    """The modules of the house that this one names in any import, wherever it stands."""
    named: set[str] = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            named |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            named |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return named & known


def circles(graph: dict[str, set[str]]) -> list[list[str]]:
    """Groups of modules that reach each other (Tarjan's strongly connected components of more than one)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(name: str) -> None:
        index[name] = low[name] = len(index)
        stack.append(name)
        for other in sorted(graph.get(name, ())):
            if other not in index:
                visit(other)
                low[name] = min(low[name], low[other])
            elif other in stack:
                low[name] = min(low[name], index[other])
        if low[name] == index[name]:
            group = stack[stack.index(name) :]
            del stack[stack.index(name) :]
            if len(group) > 1:
                found.append(sorted(group))

    for name in sorted(graph):
        if name not in index:
            visit(name)
    return found


def dotted(module: Module) -> str:
    return "hengjian." + module.name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def test_kernel_and_api_are_free_of_circles() -> None:
    own = {dotted(module): module for module in modules() if module.domain in ROOMS}
    graph = {name: imports_of(module, set(own)) for name, module in own.items()}
    assert len(graph) > 50, "the kernel was not read"
    assert circles(graph) == []


def test_a_circle_is_noticed_even_inside_a_function() -> None:
    known = {"hengjian.kernel.a", "hengjian.kernel.b", "hengjian.kernel.c"}
    a = Module("kernel/a.py", "from hengjian.kernel import b")
    b = Module("kernel/b.py", "def f():\n    from hengjian.kernel.c import g")
    c = Module("kernel/c.py", "if TYPE_CHECKING:\n    import hengjian.kernel.a")
    graph = {dotted(module): imports_of(module, known) for module in (a, b, c)}
    assert circles(graph) == [sorted(known)]
    assert circles(graph | {"hengjian.kernel.c": set()}) == []
