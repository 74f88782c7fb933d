"""The messages that the sources say: `hengjian messages --missing` compares them with the catalogue.

A text with ideographs is a message, unless it is a docstring, an expression to search with, a clause (the title of a document), a
worked case, an example, or stands in a statement marked, or right below a comment, `# not said: why`. Modules that hold data, write the Chinese papers
of the repository or make demo people are named below.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from hengjian.kernel.words import IDEOGRAPH

SOURCE = Path(__file__).resolve().parents[1]
NOT_SAID = {
    "demo/": "invented people, institutions and texts",
    "web/specimens/": "invented texts of the gallery",
    "web/static/": "scripts that visitors take away; they have a Chinese text of their own",
    "rosters/codes.py": "codes of national standards, as rosters write them",
    "rosters/headings.py": "words looked for in rosters",
    "rosters/conditions.py": "as headings",
    "tables/annotate_styles.py": "names of fonts",
    "tables/characters.py": "tables of characters",
    "rosters/checks/cases.py": "worked cases",
    "plans/rule_samples.py": "worked cases",
    "cli/skeletons.py": "text of new modules",
    "cli/pages_of_acts.py": "papers of the repository",
    "cli/pages_of_law.py": "papers of the repository",
}
_QUIET_ARGUMENTS = {"clause", "law", "examples", "example", "says", "pattern", "synonyms", "loose"}
_PLAIN = (ast.Assign, ast.AnnAssign, ast.Return, ast.Expr)
_QUIET_CALLS = {"compile", "sub", "search", "match", "fullmatch", "case", "shown_by", "TypeError", "Column"}
_CHINESE = re.compile(r"[\u3001-\u303f\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff5e]")  # ideographs and their punctuation
_TAG = re.compile(
    r"""\{%\s*translate\s+"([^"]+)"|\{%\s*blocktranslate[^%]*%\}(.*?)\{%\s*endblocktranslate""", re.DOTALL
)


@dataclass(frozen=True)
class Use:
    """A message and where it is said; `composed` where an f-string makes it, so that no other language can."""

    message: str
    place: str
    composed: bool = False


def used() -> Iterator[Use]:
    """Every message of the sources, in order of their files."""
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        if "migrations" not in path.parts and not any(name.startswith(quiet) for quiet in NOT_SAID):
            yield from used_by(path.read_text(encoding="utf-8"), name)
    for path in sorted(SOURCE.rglob("*.html")):
        name = path.relative_to(SOURCE).as_posix()
        for plain, block in _TAG.findall(path.read_text(encoding="utf-8")):
            yield Use(plain or re.sub(r"\{\{\s*(\w+)\s*\}\}", r"%(\1)s", block), name)


def used_by(text: str, name: str) -> Iterator[Use]:
    """The messages of one module."""
    tree = ast.parse(text)
    quiet = set(_quiet(tree, text.splitlines()))
    messages = {id(message) for message in _said(tree)}
    for node in ast.walk(tree):
        if id(node) in quiet:
            continue
        place = f"{name}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.JoinedStr):
            parts = [part.value for part in node.values if isinstance(part, ast.Constant)]
            cites = isinstance(node.values[0], ast.FormattedValue) and ast.unparse(node.values[0].value) == "PAPER"
            if not cites and any(_CHINESE.search(str(part)) for part in parts):
                yield Use(ast.unparse(node), place, composed=True)
        elif _is_message(node, messages):
            yield Use(cast(str, cast(ast.Constant, node).value), place)


def _is_message(node: ast.AST, messages: Container[int]) -> bool:
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or node.value.startswith("《"):
        return False
    return id(node) in messages or bool(IDEOGRAPH.search(node.value))


def _said(tree: ast.Module) -> Iterator[ast.expr]:
    """What stands as the message of a `say`, whatever its signs."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say" and node.args:
            yield node.args[0]


def _quiet(tree: ast.Module, lines: list[str]) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield id(node.value)
        elif isinstance(node, ast.JoinedStr):
            yield from (
                id(part) for value in node.values if isinstance(value, ast.Constant) for part in ast.walk(value)
            )
        elif isinstance(node, ast.keyword) and node.arg in _QUIET_ARGUMENTS:
            yield from (id(part) for part in ast.walk(node.value))
        elif isinstance(node, ast.Call) and _name(node.func) in _QUIET_CALLS:
            yield from (id(part) for part in ast.walk(node))
        elif isinstance(node, ast.Constant) and "# not said" in lines[node.lineno - 1]:
            yield id(node)
        elif isinstance(node, _PLAIN) and any(
            "# not said" in line for line in lines[node.lineno - 2 : node.end_lineno]
        ):
            yield from (id(part) for part in ast.walk(node))


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
