"""The import contract is the life of a certificate: a layer uses what stands below it, never the reverse."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib

from tests.house.source import HOUSE, ROOT, Module, modules


def layers() -> list[list[str]]:
    """As `pyproject.toml` has them, the highest first; names on one level are strangers to each other."""
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ][0]
    return [[name.strip() for name in level.split("|")] for level in contract["layers"]]


def upward_imports(module: Module, order: list[list[str]]) -> list[str]:
    """Imports of a layer above, or of a neighbour on the same level."""
    height = {name: place for place, level in enumerate(order) for name in level}
    own = module.domain
    if own not in height:
        return []
    found = []
    for node in ast.walk(module.tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        for name in names:
            parts = name.split(".")
            other = parts[1] if parts[0] == "hengjian" and len(parts) > 1 else own
            if other != own and other in height and height[other] <= height[own]:
                found.append(f"{module.name}:{node.lineno}: {own} imports {other}")
    return found


def test_layers_are_kept() -> None:
    found = [fault for module in modules() for fault in upward_imports(module, layers())]
    assert not found, "\n".join(found)


def test_every_room_of_the_house_has_its_layer() -> None:
    rooms = {path.parent.name for path in HOUSE.glob("*/__init__.py")}
    assert rooms - {"locale"} <= {name for level in layers() for name in level}


def test_an_import_upwards_or_sideways_is_noticed() -> None:
    order = [["cli"], ["web", "api"], ["results"], ["kernel"]]
    assert upward_imports(Module("results/rules.py", "from hengjian.web import pages"), order)
    assert upward_imports(Module("web/pages.py", "import hengjian.api.routes"), order)
    assert upward_imports(Module("kernel/act.py", "def f():\n    from hengjian import results"), order)
    assert not upward_imports(Module("results/rules.py", "from hengjian.kernel import act"), order)


def test_import_linter_agrees() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "importlinter.cli", "lint", "--no-cache"], cwd=ROOT, capture_output=True, text=True,
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": "/usr/bin:/bin"}, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout[-2000:] + ran.stderr[-2000:]
