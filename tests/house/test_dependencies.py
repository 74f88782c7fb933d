"""Every library has its reason beside its name in `pyproject.toml`, is really used, and is locked by the hash of its files."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.house.source import ROOT

PAPER = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
DECLARED = tomllib.loads(PAPER)
RUN, DEV = DECLARED["project"]["dependencies"], DECLARED["dependency-groups"]["dev"]
LOCKED = re.compile(r"^([a-z0-9._-]+)(?:\[[^\]]*\])?==([^ ]+)(?: ; [^\\]+)? \\$", re.MULTILINE)
OWN = {"hengjian", "tests", "bench", "verify_receipt"}
# What nothing imports under its own name: plug-ins, commands, backends of another library, pins of what another one needs.
NOT_IMPORTED = {
    "granian": "a command",
    "fido2": "allauth's passkeys",
    "qrcode": "allauth's set-up picture",
    "sqlglot": "a bound on what ibis uses",
    "axe-playwright-python": "a script among its resources",
    "ruff": "a command",
    "mypy": "a command",
    "django-stubs": "mypy's plug-in",
    "import-linter": "a command",
    "pytest-django": "a plug-in",
    "pytest-socket": "a plug-in",
    "types-python-dateutil": "mypy reads it",
}


def plain(requirement: str) -> str:
    """The name of a requirement or of a distribution, as indexes compare names."""
    return re.sub(r"[-_.]+", "-", re.match(r"[A-Za-z0-9._-]+", requirement)[0]).lower()  # type: ignore[index]


def without_reason(paper: str) -> list[str]:
    """Requirements of a pyproject that stand on a line without a reason of at least two words."""
    lists = re.findall(
        r"^(?:dependencies|[a-z]+) = \[\n((?:  .*\n|#.*\n)*)\]", paper.partition("[tool.")[0], re.MULTILINE
    )
    lines = [re.fullmatch(r'  "(.+?)",(?: +# (.*))?', line) for each in lists for line in each.splitlines()]
    return [line[1] if line else "?" for line in lines if line is None or len((line[2] or "").split()) < 2]


def imported(folder: Path) -> dict[str, str]:
    """Distributions whose modules a folder imports → a file that does."""
    of = packages_distributions()
    found: dict[str, str] = {}
    for file in sorted(folder.rglob("*.py")):
        for name in _modules(ast.parse(file.read_text(encoding="utf-8"))):
            top = name.partition(".")[0]
            if top not in sys.stdlib_module_names and top not in OWN:
                for distribution in of.get(top, [top]):
                    found.setdefault(plain(distribution), str(file.relative_to(ROOT)))
    return found


def _modules(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def test_every_library_has_its_reason() -> None:
    assert without_reason(PAPER) == []


def test_a_library_without_a_reason_is_found() -> None:
    assert without_reason('dependencies = [\n  "left-pad>=1",\n  "right-pad>=1",  # pads\n]\n') == [
        "left-pad>=1",
        "right-pad>=1",
    ]


def test_what_is_imported_is_declared() -> None:
    run, dev = {plain(each) for each in RUN}, {plain(each) for each in [*RUN, *DEV]}
    parts = {"pydantic-core": "pydantic"}  # made and numbered together with it
    undeclared = {
        f"{where} imports {name}"
        for folder, known in (("src", run), ("tests", dev), ("bench", dev), ("scripts", dev))
        for name, where in imported(ROOT / folder).items()
        if parts.get(name, name) not in known
    }
    assert undeclared == set()


def test_what_is_declared_is_used() -> None:
    used = {name for folder in ("src", "tests", "bench") for name in imported(ROOT / folder)}
    settings = (ROOT / "src/hengjian/settings.py").read_text(encoding="utf-8")
    apps = {
        f'"{form}': name
        for name in map(plain, RUN)
        for form in (name.replace("-", "_"), name.replace("-", "_").removeprefix("django_"))
    }
    by_setting = {name for form, name in apps.items() if form in settings}
    declared = {plain(each) for each in [*RUN, *DEV]}
    assert declared - used - by_setting - set(NOT_IMPORTED) == set()
    assert set(NOT_IMPORTED) <= declared


@pytest.mark.parametrize(("lock", "declared"), [("requirements.txt", RUN), ("requirements-dev.txt", [*RUN, *DEV])])
def test_the_lock_is_made_from_what_is_declared(lock: str, declared: list[str]) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    locked = LOCKED.findall(text)
    assert {plain(each) for each in declared} - {plain(name) for name, _ in locked} == set(), "run scripts/lock.sh"
    assert text.count("--hash=sha256:") >= len(locked) == len([line for line in text.splitlines() if "==" in line])
    assert not re.search(r"https?://|file:|--(extra-)?index-url|--find-links", text), (
        "an index is the installer's own affair"
    )
    direct = {
        plain(name)
        for name in re.findall(
            r"^([a-z0-9._-]+)[^\n]*==(?:(?!\n[a-z]).)*?hengjian \(pyproject", text, re.MULTILINE | re.DOTALL
        )
    }
    assert direct == {plain(each) for each in declared}, "run scripts/lock.sh"
