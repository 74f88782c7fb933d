"""A room declares itself: what no room names is not there, and what a room names exists."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType
from typing import Any

from django.urls import NoReverseMatch, reverse

import hengjian.web
from hengjian.kernel.acts_catalogue import catalogue
from hengjian.web.pages import declared
from hengjian.web.room import GROUPS, rooms
from tests.house.source import HOUSE


def _modules() -> list[ModuleType]:
    found = pkgutil.walk_packages(hengjian.web.__path__, "hengjian.web.")
    return [importlib.import_module(each.name) for each in found if not each.name.endswith((".wsgi", "__main__"))]


def _declared_pages() -> dict[str, Any]:
    return {
        f"{module.__name__}.{name}": value
        for module in _modules()
        for name, value in vars(module).items()
        if hasattr(value, "hengjian_page") and value.__module__ == module.__name__
    }


def test_every_page_has_its_address_from_exactly_one_room() -> None:
    named = [view for room in rooms() for view in room.pages]
    assert len(named) == len(set(named))
    homeless = sorted(name for name, view in _declared_pages().items() if view not in named)
    assert not homeless, "name them in web/<domain>/room.py: " + ", ".join(homeless)
    assert len(named) >= 70


def test_a_page_that_no_room_names_is_noticed() -> None:
    """The test above can fail: one page taken out of its room is found."""
    named = [view for room in rooms() for view in room.pages][1:]
    assert [name for name, view in _declared_pages().items() if view not in named]


def test_names_and_routes_of_pages_are_their_own() -> None:
    pages = [declared(view) for room in rooms() for view in room.pages]
    for what in ("name", "route"):
        values = [getattr(page, what) for page in pages]
        assert len(values) == len(set(values)), what


def test_what_a_room_names_exists() -> None:
    for room in rooms():
        for entry in room.menu:
            assert entry.group in GROUPS
            try:
                reverse(entry.page)
            except NoReverseMatch:
                raise AssertionError(f"{room.name}: the side bar leads to {entry.page}, which is no page") from None
        for code in [*room.questions, *(opening.act for opening in room.openings)]:
            assert code in catalogue(), f"{room.name}: {code} is no act"
        for view in room.pages:
            for code in declared(view).performs:
                assert code in catalogue(), f"{room.name}: {code} is no act"


def test_every_act_with_a_turn_has_a_line_in_the_queue() -> None:
    queued = {model for room in rooms() for model in room.queue}
    waiting = {act.header.subject for act in catalogue().values() if act.header.turn and act.header.step is not None}
    assert waiting - queued == set()


def test_nothing_is_wired_by_being_imported() -> None:
    """No module of the web fills a list or a dictionary of another one."""
    import ast

    found = []
    for path in sorted((HOUSE / "web").rglob("*.py")):
        if path.name == "wsgi.py":
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            called = node.value if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) else None
            if called is not None and isinstance(called.func, ast.Attribute | ast.Name):
                found.append(f"{path.relative_to(HOUSE)}:{node.lineno} {ast.unparse(node)[:70]}")
            if isinstance(node, ast.AugAssign) or (
                isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript)
            ):
                found.append(f"{path.relative_to(HOUSE)}:{node.lineno} {ast.unparse(node)[:70]}")
    assert not found, "\n".join(found)
