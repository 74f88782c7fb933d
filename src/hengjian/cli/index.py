"""The map of the house: every act with who may, from where to where, rules, policies, law, code, pages and tests.

Headers say most of it; pages and tests are found by the act's name in their text. `where` and `docs` read this index.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from hengjian.kernel.act import Header
from hengjian.kernel.acts_catalogue import AnyAct, catalogue
from hengjian.kernel.policy import PolicyText, is_applied
from hengjian.kernel.policy import catalogue as policies
from hengjian.kernel.refusal import PRODUCT
from hengjian.kernel.rule import RULES, Rule

ROOT = Path(__file__).resolve().parents[3]
_WORD = re.compile(r"[A-Za-z_]\w*")
_TEST = re.compile(r"^\s*(?:async )?def (test_\w+)")


@dataclass(frozen=True)
class Place:
    """A line of a file; `name` is what stands there (a test's name, a key)."""

    path: str
    line: int
    name: str = ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


@dataclass(frozen=True)
class Line:
    """One act in the map."""

    header: Header
    function: str
    place: Place
    pages: tuple[Place, ...]
    tests: tuple[Place, ...]

    @property
    def policies(self) -> tuple[str, ...]:
        """Cited by the act itself, then those its rules rest on."""
        keys = [policy.key for policy in self.header.cites]
        keys += [key for rule in self.header.rules for key in rule.keys]
        return tuple(dict.fromkeys(keys))

    @property
    def law(self) -> tuple[str, ...]:
        """Every clause the act stands on: its own, its rules', its policies'. A rule of the product is none."""
        texts = policies()
        clauses = [self.header.clause, *(rule.clause for rule in self.header.rules if rule.clause != PRODUCT)]
        clauses += [texts[key].citation for key in self.policies if key in texts]
        return tuple(dict.fromkeys(clause for clause in clauses if clause))


@cache
def lines() -> tuple[Line, ...]:
    """Every act, in order of its code."""
    names = frozenset(entry.body.__name__ for entry in catalogue().values())
    pages, tests = places_of(names, "src/hengjian/web"), places_of(names, "tests")
    return tuple(_line(entry, pages, tests) for _, entry in sorted(catalogue().items()))


def _line(entry: AnyAct, pages: Mapping[str, list[Place]], tests: Mapping[str, list[Place]]) -> Line:
    name = entry.body.__name__
    code = entry.body.__code__
    return Line(
        entry.header,
        name,
        Place(relative(Path(code.co_filename)), code.co_firstlineno),
        tuple(_first_of_each_file(pages.get(name, []))),
        tuple(_first_of_each_file(place for place in tests.get(name, []) if place.name)),
    )


def relative(path: Path) -> str:
    return str(path.resolve().relative_to(ROOT)) if path.resolve().is_relative_to(ROOT) else path.name


def _first_of_each_file(places: Any) -> Iterator[Place]:
    seen: set[str] = set()
    for place in places:
        if place.path not in seen:
            seen.add(place.path)
            yield place


def places_of(names: frozenset[str], folder: str) -> Mapping[str, list[Place]]:
    """Name → where it stands in the Python and HTML files of a folder; inside a test, under the test's name."""
    found: dict[str, list[Place]] = {}
    for path in sorted((ROOT / folder).rglob("*")):
        if path.suffix not in (".py", ".html") or "static" in path.parts or not path.is_file():
            continue
        test = ""
        for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            started = _TEST.match(text)
            if started:
                test = started[1]
            elif text and not text[0].isspace() and not text.startswith((")", "]", "}", "@")):
                test = ""
            for word in names.intersection(_WORD.findall(text)):
                found.setdefault(word, []).append(Place(relative(path), number, test))
    return found


def policy_place(text: PolicyText) -> Place:
    """Where the key stands in `policies/`."""
    file, section = text.key.split(".", 1)
    path = ROOT / "policies" / f"{file}.toml"
    if path.is_file():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip() == f"[{section}]":
                return Place(relative(path), number, text.key)
    return Place(f"policies/{file}.toml", 1, text.key)


@cache
def handles() -> Mapping[str, tuple[Place, ...]]:
    """Policy key → where the code names it."""
    found: dict[str, list[Place]] = {}
    made = re.compile(r'^\w[^\n]*= Policy(?:\[[^\n]*?\])?\(\s*"([a-z_]+\.[a-z0-9_]+)"', re.MULTILINE)
    keys = policies()
    for path in sorted((ROOT / "src/hengjian").rglob("*.py")):
        if "migrations" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        for handle in made.finditer(text):
            if handle[1] in keys:
                number = text.count("\n", 0, handle.start()) + 1
                found.setdefault(handle[1], []).append(Place(relative(path), number, handle[1]))
    return {key: tuple(places) for key, places in found.items()}


def applied(key: str) -> bool:
    """Whether anything decides by the key; every module with a handle on it is loaded first."""
    for place in handles().get(key, ()):
        import_module(place.path.removeprefix("src/").removesuffix(".py").replace("/", "."))
    return is_applied(key)


def rules_on(key: str) -> list[Rule[Any]]:
    """The rules that rest on a policy."""
    catalogue()
    return sorted((rule for rule in RULES.values() if key in rule.keys), key=lambda rule: rule.code)


def acts_on(key: str) -> list[Line]:
    """The acts that cite a policy themselves or through a rule."""
    return [line for line in lines() if key in line.policies]


def acts_asking(code: str) -> list[Line]:
    """The acts that ask a rule."""
    return [line for line in lines() if any(rule.code == code for rule in line.header.rules)]
