"""The kernel knows no word of the domain: no table, no room, no kind of case that stands above it."""

from __future__ import annotations

import ast
import re

from django.apps import apps

from tests.house.source import DOMAINS, Module, modules

# Rooms, and the kinds of case that stand in them; `area` and `draw` are the kernel's own words.
WORDS = {
    *DOMAINS,
    *("institution", "candidate", "roster", "certificate", "supervisor", "occupation", "objection", "sitting", "seat"),
    *("office", "exam", "score", "sheet", "duty", "filing"),
} - {"credit", "plans"}
# What still speaks, and why. The list may only shrink.
EXCUSED = {
    "kernel/actor.py": {"seat"},  # the dimension along which administrators see seats is compared as a path
    "kernel/certificate_number.py": {"certificate"},  # a number of 22 places, as rosters and certificates both read it
    "kernel/list_files.py": {"sheet"},  # in the media type of a workbook
    "kernel/models.py": {"office", "institution"},  # a waiver is seen by whoever sees its case
}


def words_of(module: Module) -> set[str]:
    """The English words of its identifiers and of its strings, docstrings apart."""
    texts: list[str] = [module.name.rsplit("/", 1)[-1]]
    tree = module.tree
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name) | ast.keyword(arg=str(name)):
                texts.append(name)
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                texts.append(name)
            case ast.Constant(value=str(text)) if id(node) not in docs:
                texts.append(text)
    split = re.findall(r"[a-z]+|[A-Z][a-z]+", re.sub(r"([a-z])([A-Z])", r"\1_\2", " ".join(texts)))
    found = {word.lower() for word in split}
    return found | {word.removesuffix("s") for word in found}


def test_the_kernel_names_no_table_and_no_room() -> None:
    tables = {model._meta.db_table for model in apps.get_models() if model._meta.app_label in DOMAINS}
    assert len(tables) > 15
    kernel = [module for module in modules() if module.domain == "kernel"]
    named = {f"{module.name}: {table}" for module in kernel for table in tables if f'"{table}"' in module.text}
    assert not named, "a model says of itself that it decides nothing: `decides_nothing = True`"
    found = {module.name: spoken for module in kernel if (spoken := words_of(module) & WORDS)}
    assert found == EXCUSED


def test_a_word_of_the_domain_is_noticed() -> None:
    assert words_of(Module("kernel/x.py", '"""About certificates."""\nfree = {"rosters_rostercheck"}')) & WORDS
    assert words_of(Module("kernel/x.py", "def f(candidateRow): ...")) & WORDS == {"candidate"}
    assert not words_of(Module("kernel/x.py", '"""About certificates."""\nx = 1')) & WORDS
