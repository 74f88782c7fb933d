"""A part of a page is a component: no dictionary in its place, and no template asks one for a field it does not have."""

from __future__ import annotations

import ast
import dataclasses
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hengjian.web import components
from hengjian.web.components.component import Component
from hengjian.web.components.shown_by import SHOWN_BY
from hengjian.web.rooms import ROOMS
from tests.harness.template_types import faults, from_text, parsed
from tests.house.source import HOUSE

WEB = HOUSE / "web"
TEMPLATES = WEB / "templates"
# Modules that speak ASGI, the JSON of a health check or a library's own dictionary; and the arguments of an act.
WIRE = {"accounts.py", "asgi.py", "forms.py", "health_page.py", "intake.py", "patience.py", "work.py"}
# What takes a mapping by its nature: an address, an answer in JSON, a workbook's settings, a sentence with its values.
TAKES_A_MAPPING = {
    "reverse",
    "JsonResponse",
    "urlencode",
    "Workbook",
    "add_format",
    "render",
    "update",
    "render_to_string",
    "filled",
}


def _all_components() -> list[type[Component]]:
    assert ROOMS, "the rooms are loaded, and with them the components of their own pages"
    found, seen = [Component], []
    while found:
        kind = found.pop()
        found += kind.__subclasses__()
        if getattr(sys.modules[kind.__module__], kind.__name__, None) is kind:  # not the class before its slots
            seen.append(kind)
    return seen[1:]


def loose(source: str) -> list[int]:
    """Lines where a dictionary with named keys stands for a part of a page: anywhere but as the values of a page."""
    tree = ast.parse(source)
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}

    def allowed(node: ast.Dict) -> bool:
        if not any(isinstance(key, ast.Constant) and isinstance(key.value, str) for key in node.keys):
            return True
        up: ast.AST = node
        within = False  # in another one: only where the outer one is no part of a page either
        while (above := parents[up]) is not None:
            match above:
                case ast.keyword(arg="kwargs" | "attrs" | "json_dumps_params"):
                    return True
                case ast.keyword(arg="values" | "more"):
                    return not within
                case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in TAKES_A_MAPPING:
                    return True
                case ast.Call(func=ast.Name(id="Page" | "Specimen")):
                    return not within and up in above.args[1:3]
                case ast.Assign() | ast.AnnAssign() if isinstance(parents[above], ast.Module):
                    return True  # a table of the module: tones, titles, questions
                case ast.AnnAssign(annotation=note):
                    return not within and ("object]" in ast.unparse(note) or "Tone]" in ast.unparse(note))
                case ast.Assign(targets=[ast.Name(id="values" | "more" | "given" | "body" | "shown" | "errors")]):
                    return not within
                case ast.AugAssign(target=ast.Name(id="values")) | ast.BinOp(op=ast.BitOr() | ast.Mod()):
                    return not within
                case ast.FunctionDef(returns=note):
                    return not within and note is not None and "object]" in ast.unparse(note)
                case ast.Module():
                    return False
            within = within or isinstance(above, ast.Dict | ast.List | ast.ListComp)
            up = above
        return False

    return [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Dict) and not allowed(node)]


def _modules() -> Iterator[tuple[str, str]]:
    for path in sorted(WEB.rglob("*.py")):
        name = str(path.relative_to(WEB))
        if "static" not in path.parts and path.name != "questions.py" and name not in WIRE:
            yield name, path.read_text(encoding="utf-8")


def test_no_dictionary_stands_for_a_part_of_a_page() -> None:
    found = [f"web/{name}:{line}" for name, text in _modules() for line in loose(text)]
    assert not found, "make it a component (docs/howto/room.md):\n" + "\n".join(found)


def test_nothing_in_the_web_is_typed_as_a_dictionary_of_anything() -> None:
    found = [f"web/{name}" for name, text in _modules() if "dict[str, Any]" in text or "Mapping[str, Any]" in text]
    assert not [name for name in found if name != "web/components/shown_by.py"]


@pytest.mark.parametrize(
    "source",
    [
        'def card():\n    return {"title": "x", "facts": []}\n',
        'def page():\n    return Page("x.html", Head("x"), {"card": {"title": "x"}})\n',
        'def page():\n    rows = [{"text": "x"}]\n',
        'def page():\n    chip = {"label": "x", "tone": "good"}\n',
    ],
)
def test_a_dictionary_in_place_of_a_component_is_noticed(source: str) -> None:
    assert loose(source)


def test_the_values_of_a_page_are_a_mapping_of_named_components() -> None:
    assert not loose('def page():\n    return Page("x.html", Head("x"), {"card": Card("x")})\n')
    assert not loose('def page():\n    values = {"card": Card("x")}\n    return values\n')


def test_every_component_is_frozen_and_slotted() -> None:
    kinds = _all_components()
    assert len(kinds) >= 50
    for kind in kinds:
        assert dataclasses.is_dataclass(kind), kind
        assert kind.__dataclass_params__.frozen, kind  # type: ignore[attr-defined]
        assert "__slots__" in vars(kind), kind


def test_every_component_of_the_package_is_named_at_its_door() -> None:
    named = {name for name in components.__all__ if isinstance(getattr(components, name), type)}
    written = {kind.__name__ for kind in _all_components() if kind.__module__.startswith("hengjian.web.components")}
    assert written - named - {"LaidRow"} == set()


def test_every_template_of_a_component_says_what_it_is_given() -> None:
    assert {path.stem for path in (TEMPLATES / "components").glob("*.html")} == set(SHOWN_BY)


@pytest.mark.parametrize("name", SHOWN_BY)
def test_a_template_asks_its_component_only_for_fields_it_has(name: str) -> None:
    assert faults(parsed(f"components/{name}.html"), SHOWN_BY[name], SHOWN_BY) == []


PAGES = sorted(
    str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html") if path.parent.name != "components"
)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_gives_each_component_what_its_template_takes(name: str) -> None:
    anything: dict[str, Any] = {"*": Any}
    assert faults(parsed(name), anything, SHOWN_BY) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{{ card.titel }}", "no field titel"),
        ("{% if card.flsh %}x{% endif %}", "no field flsh"),
        ("{% if card.title and not card.hnt %}x{% endif %}", "no field hnt"),
        ("{% for chip in card.chips %}{{ chip.lable }}{% endfor %}", "no field lable"),
        ("{% with a=card.link %}{{ a.hrf }}{% endwith %}", "no field hrf"),
        ("{{ crad.title }}", "no crad is given"),
        ("{% translate card.titl %}", "no field titl"),
        ('{% include "components/chip.html" with chip=card.link only %}', "wanted"),
        ('{% include "components/chip.html" with chp=card.link only %}', "takes no chp"),
        ('{% include "components/facts.html" with facts=card.facts.0 only %}', "wanted"),
        ('{% include "components/table.html" only %}', "without table"),
    ],
)
def test_a_misspelt_field_in_a_template_is_noticed(text: str, fault: str) -> None:
    found = faults(from_text(text), {"card": components.Card}, SHOWN_BY)
    assert len(found) == 1 or "chp" in text
    assert fault in " ".join(found)


def test_every_field_of_a_component_is_read_somewhere() -> None:
    """A field nobody reads is a promise that is not kept: every field of a component stands in some template or property."""
    sources = "\n".join(path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.html"))
    code = "\n".join(path.read_text(encoding="utf-8") for path in Path(components.__file__).parent.glob("*.py"))
    unread = [
        f"{kind.__name__}.{field.name}"
        for kind in _all_components()
        for field in dataclasses.fields(kind)  # type: ignore[arg-type]
        if f".{field.name}" not in sources and f"self.{field.name}" not in code
    ]
    assert unread == []
