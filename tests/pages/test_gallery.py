"""The gallery shows every component in every state, whole, and within the strict content policy.

Undefined variables fail by the harness (`tests/harness/templates.py`).
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.http import Http404
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory

from hengjian.web import gallery as gallery_module
from hengjian.web.components import Button, Cell, Chip, Clause, Field, Hindrance, ProofLink, Table, columns
from hengjian.web.gallery import PARTS, gallery, show
from hengjian.web.specimens import PAGES, SPECIMENS, Specimen

TEMPLATES = Path(gallery_module.__file__).parent / "templates"
STATIC = Path(gallery_module.__file__).parent / "static/hengjian"
STATES = [
    pytest.param(name, specimen, id=f"{name}:{specimen.state}")
    for name, states in SPECIMENS.items()
    for specimen in states
]
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Reader(HTMLParser):
    """Collects what the content policy forbids, unclosed elements and repeated ids."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "style" or "style" in named:
            self.faults.append(f"inline style on <{tag}>")
        if tag == "script" and "src" not in named and named.get("type") != "application/json":
            self.faults.append("inline script")
        self.faults += [f"inline handler {name} on <{tag}>" for name in named if name.startswith(("on", "hx-on"))]
        if (named.get("href") or "").startswith("javascript:"):
            self.faults.append("javascript: address")
        if named.get("id"):
            self.ids.append(str(named["id"]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")


def read(markup: str) -> Reader:
    reader = Reader()
    reader.feed(markup)
    reader.close()
    reader.faults += [f"<{tag}> is never closed" for tag in reader.open]
    reader.faults += [f"id {each} twice" for each in set(reader.ids) if reader.ids.count(each) > 1]
    return reader


@pytest.mark.parametrize(("name", "specimen"), STATES)
def test_every_state_of_every_component_renders_whole_and_within_the_policy(name: str, specimen: Specimen) -> None:
    markup = show(name, specimen)
    assert read(markup).faults == []
    assert "{%" not in markup and "{{" not in markup


@pytest.mark.parametrize("page", PAGES)
def test_whole_pages_render_within_the_policy(page: str, rf: RequestFactory) -> None:
    template, values = PAGES[page]
    reader = read(render_to_string(template, {**values, "csrf_token": "t"}))
    assert reader.faults == []
    assert "content" in reader.ids


def test_every_component_has_a_place_in_the_gallery() -> None:
    written = {path.stem for path in (TEMPLATES / "components").glob("*.html")}
    assert written == set(SPECIMENS) | set(PARTS)
    assert not set(SPECIMENS) & set(PARTS)


def test_every_part_that_has_no_place_of_its_own_is_used_by_another_template() -> None:
    sources = "\n".join(path.read_text() for path in TEMPLATES.rglob("*.html"))
    assert [part for part in PARTS if f'"components/{part}.html"' not in sources] == []


def test_every_component_begins_by_saying_its_parameters() -> None:
    silent = [
        path.name
        for path in sorted((TEMPLATES / "components").glob("*.html"))
        if not path.read_text().startswith("{% comment %}")
    ]
    assert silent == []


def test_every_component_has_more_than_one_state_unless_it_has_only_one() -> None:
    single = {name for name, states in SPECIMENS.items() if len(states) == 1}
    assert single == {"card_head", "export", "form_errors", "messages", "print_header", "skeleton", "stats"}


def test_the_gallery_shows_one_component_when_asked_and_refuses_unknown_names(rf: RequestFactory) -> None:
    with pytest.raises(Http404):
        gallery(rf.get("/gallery/", {"component": "nothing"}))
    with pytest.raises(Http404):
        gallery(rf.get("/gallery/", {"page": "nothing"}))


def test_text_that_looks_like_markup_stays_text() -> None:
    hostile = '"><script src=x></script>'
    for markup in (
        show("chip", Specimen("", {"chip": Chip(hostile, why=hostile)})),
        show("table", Specimen("", {"table": Table(columns(hostile), [[hostile]], hostile)})),
        show("field", Specimen("", {"field": Field("a", hostile, value=hostile, help=hostile)})),
        show("act_bar", Specimen("", {"acts": [Button(hostile, "a.act", action=hostile, confirm=hostile)]})),
    ):
        assert "<script" not in markup
        assert read(markup).faults == []


def test_a_refused_act_names_its_reason_to_a_screen_reader() -> None:
    refusal = Hindrance("现在还不能确认", "公示期未满。", [Clause("3.3", "/p")], id="why")
    markup = show("act_bar", Specimen("", {"acts": [Button("确认", "a.act", refusal=refusal)]}))
    assert 'aria-describedby="why"' in markup
    assert 'id="why"' in markup
    assert 'href="/p"' in markup


def test_a_row_with_a_cell_too_few_is_an_error_not_a_shifted_column() -> None:
    with pytest.raises(ValueError, match="shorter"):
        show("table", Specimen("", {"table": Table(columns("甲", "乙"), [["一"]])}))


def test_a_cell_shows_everything_it_is_given() -> None:
    given = Cell("未过，情况属实", note="二审", clause=Clause("条件 2"), proof=ProofLink(18120), number="Y1")
    markup = show("table", Specimen("", {"table": Table(columns("甲"), [[given]])}))
    assert [text for text in ("未过", "二审", "条件 2", "#18120", "Y1") if text not in markup] == []


def test_nothing_and_nought_are_told_apart() -> None:
    table = Table(columns("甲", "乙", "丙"), [[None, 0, ""]])
    assert re.findall(r"<span>(.*?)</span>", show("table", Specimen("", {"table": table}))) == ["—", "0", "—"]


def test_a_certificate_number_is_set_in_its_seven_parts() -> None:
    markup = show("number", Specimen("", {"number": "Y000013000217263000059"}))
    parts = re.findall(r"<span>(\w+)</span>", markup)
    assert parts == ["Y", "0000", "13", "000217", "26", "3", "000059"]


OF_ERRORS = {
    "status": 410,
    "sentence": "系统正忙，这次没有办成。",
    "writes": True,
    "kept": [("reason", "事实清楚")],
    "files": [],
    "again": "/plans/",
}


def test_error_pages_stand_alone() -> None:
    for path in sorted((TEMPLATES / "errors").glob("*.html")) + sorted(TEMPLATES.glob("[45]*.html")):
        name = str(path.relative_to(TEMPLATES))
        if name == "errors/base.html":
            continue
        markup = engines["django"].get_template(name).render(OF_ERRORS)
        assert read(markup).faults == []
        assert "<h1>" in markup


def _said_by(template: Path) -> set[str]:
    source = template.read_text()
    plain = re.findall(r'{% translate "([^"]+)" %}', source)
    blocks = re.findall(r"{% blocktranslate[^%]*%}(.*?){% endblocktranslate %}", source, re.DOTALL)
    return {*plain, *(re.sub(r"{{ (\w+) }}", r"%(\1)s", block) for block in blocks)}


def test_everything_components_shells_and_error_pages_say_is_said_in_english_too() -> None:
    catalogue = (Path(gallery_module.__file__).parents[1] / "locale/en/LC_MESSAGES/django.po").read_text()
    translated = set(re.findall(r'^msgid "(.+)"\nmsgstr "(?=[^"])', catalogue, re.MULTILINE))
    templates = [
        *(TEMPLATES / "components").glob("*.html"),
        *(TEMPLATES / "errors").glob("*.html"),
        *TEMPLATES.glob("*base.html"),
    ]
    assert {text for template in templates for text in _said_by(template)} - translated == set()


def test_the_style_sheet_stays_small_and_loads_nothing() -> None:
    sheet = (STATIC / "hengjian.css").read_text()
    assert len(sheet.encode()) < 40_000
    assert "url(" not in sheet and "@import" not in sheet


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        *[(text, ground) for text in ("ink", "second", "third") for ground in ("paper", "card")],
        ("second", "wash"),
        *[(f"{tone}", f"{tone}-wash") for tone in ("dai", "seal", "ochre", "jade")],
        ("dai-2", "dai-wash"),
        ("dai-2", "paper"),
        ("third", "dai-wash"),
        ("seal", "paper"),
    ],
)
def test_text_reaches_the_contrast_of_aa(text: str, ground: str) -> None:
    sheet = (STATIC / "hengjian.css").read_text()
    tokens = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", sheet))
    colours = [
        value if len(value) == 7 else "#" + "".join(c * 2 for c in value[1:])
        for value in (tokens[text], tokens[ground])
    ]
    light, dark = sorted(map(_luminance, colours), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_the_style_sheet_keeps_to_what_browsers_of_older_office_computers_know() -> None:
    sheet = (STATIC / "hengjian.css").read_text()
    younger = (
        r":not\([^)]*,",
        r":has\(",
        r":is\(",
        r":where\(",
        r"@container",
        r"@layer",
        r"\binset:",
        r"(?m)^\s*(rotate|translate|scale):",
        "color-mix",
        "oklch",
    )
    assert [pattern for pattern in younger if re.search(pattern, sheet)] == []
