"""What performs an act is a button that carries it: no bare `<button>` sends one, and no plain link leads to its form.

`Button` takes no less than its act (mypy: `test_types.py`). Here: the templates, and the links of `Go`.
"""

from __future__ import annotations

import ast
import re

from hengjian.web.room import pages_of_acts
from hengjian.web.rooms import ROOMS
from tests.house.source import HOUSE, Module, modules, reviewed

TEMPLATES = HOUSE / "web/templates"
SUBMIT = re.compile(r"<button(?![^>]*type=\"button\")[^>]*>")


def sending(name: str, text: str) -> int:
    """How many bare buttons of a template send a form."""
    return 0 if name.startswith(("components/", "gallery/")) else len(SUBMIT.findall(text))


def bare_buttons() -> dict[str, int]:
    texts = {str(path.relative_to(TEMPLATES)): path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.html")}
    return {name: count for name, text in sorted(texts.items()) if (count := sending(name, text))}


def links_to_acts(module: Module) -> list[str]:
    """Plain links to the form of an act: by `address_of`, or by the name of a page that performs one."""
    own = {"perform", "open_case", *(page for page in pages_of_acts().values() if page not in SHOWS_A_CASE)}
    found = []
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Go":
            for inner in ast.walk(node):
                called = getattr(getattr(inner, "func", None), "id", "")
                first = inner.args[0] if isinstance(inner, ast.Call) and inner.args else None
                to = first.value if isinstance(first, ast.Constant) else ""
                if called == "address_of" or (called == "reverse" and to in own):
                    found.append(f"{module.name}:{node.lineno}")
    return found


# Pages on which an act is performed and that are first of all the page of something: a link leads there to read.
SHOWS_A_CASE = {"roster", "takeovers"}


def test_no_bare_button_performs_an_act() -> None:
    allowed = {name: int(count) for name, count in (line.rsplit(" ", 1) for line in reviewed("bare_buttons.txt"))}
    found = bare_buttons()
    assert len(found) > 10, "the templates were not read"
    assert found == allowed, "make it a Button (components/sends.html), or say in the list what it sends that is no act"


def test_no_plain_link_leads_to_an_act() -> None:
    assert ROOMS and len(pages_of_acts()) > 15
    assert not [fault for module in modules() if module.domain == "web" for fault in links_to_acts(module)]


def test_a_bare_button_and_a_plain_link_are_noticed() -> None:
    assert sending("plans/x.html", '<form method="post"><button class="button primary">办理</button></form>') == 1
    assert sending("plans/x.html", '<button type="button" data-print>打印</button>') == 0
    assert links_to_acts(Module("web/x.py", 'Go("设置席位", href=address_of("authorities.open_seat"))'))
    assert links_to_acts(Module("web/x.py", 'Go("再次设置", href=reverse("open_seat"))'))
    assert not links_to_acts(Module("web/x.py", 'Go("抽取记录", href=reverse("draws"))'))
