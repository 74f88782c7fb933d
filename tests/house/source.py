"""Reading our own source: every module of the house with its tree, and faults as `path:line: sentence`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "src" / "hengjian"
DOMAINS = (
    "authorities",
    "occupations",
    "institutions",
    "personnel",
    "credit",
    "plans",
    "rosters",
    "supervision",
    "results",
    "certificates",
    "inspections",
    "complaints",
    "archives",
)


@dataclass(frozen=True)
class Module:
    """`name` is its path below `src/hengjian`, as `results/acts/open_notice.py`."""

    name: str
    text: str

    @property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def domain(self) -> str:
        return self.name.split("/", 1)[0].removesuffix(".py")


@cache
def modules() -> tuple[Module, ...]:
    return tuple(
        Module(str(path.relative_to(HOUSE)), path.read_text(encoding="utf-8"))
        for path in sorted(HOUSE.rglob("*.py"))
        if "migrations" not in path.parts and "static" not in path.parts
    )


def in_domains() -> Iterator[Module]:
    return (module for module in modules() if module.domain in DOMAINS)


def reviewed(name: str) -> list[str]:
    """The lines of a reviewed list in `tests/house/reviewed/`; `#` starts a reason."""
    path = Path(__file__).parent / "reviewed" / name
    lines = (line.split("#", 1)[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line]
