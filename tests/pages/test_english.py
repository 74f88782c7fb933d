"""English by the switch: no Chinese word is left in the frame that every page shares."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.utils import translation
from django.utils.translation import trans_real

import hengjian
from hengjian.authorities.roles import Role
from hengjian.cli.messages import compile_all
from hengjian.kernel.acts_catalogue import catalogue
from hengjian.kernel.translations import LOCALE, messages_of
from hengjian.web.forms import Asked, asked_by
from hengjian.web.room import GROUPS, rooms
from hengjian.web.shell import PUBLIC_FOOT, PUBLIC_MENU
from tests import world

CHINESE = re.compile(r"[\u4e00-\u9fff]")
FRAME = (r"<header.*?</header>", r"<footer.*?</footer>", r"<nav.*?</nav>", r"<dialog.*?</template>")
MESSAGE = re.compile(r"""\{%\s*translate\s+"([^"]+)"|\bgettext\(\s*"([^"%{]+)"\s*\)""")
PUBLIC = ("/", "/check/", "/notices/", "/register/", "/draws/public/", "/objection/", "/verify/", "/accounts/login/")
WEB = Path(hengjian.__file__).parent / "web"


@pytest.fixture
def english() -> Iterator[Client]:
    """A reader who has switched to English, as `hengjian serve` compiles it."""
    compile_all(LOCALE)
    trans_real._translations.clear()
    client = Client()
    client.cookies["django_language"] = "en"
    yield client
    translation.deactivate()
    trans_real._translations.clear()


def frame_of(page: str) -> str:
    """What stands around the content, without the name of the language to switch to and the seal."""
    parts = [found for pattern in FRAME for found in re.findall(pattern, page, re.DOTALL)]
    words = re.sub(r'<span class="seal-mark".*?</span></span>', "", " ".join(parts), flags=re.DOTALL)
    return re.sub(r">\s*(中文|简体中文)\s*<", "><", words)


@pytest.mark.django_db
@pytest.mark.parametrize("address", PUBLIC)
def test_the_frame_of_a_public_page_is_english(english: Client, province: Any, address: str) -> None:
    page = english.get(address).content.decode()
    assert '<html lang="en"' in page
    assert not CHINESE.findall(frame_of(page)), CHINESE.findall(frame_of(page))


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/check/", "/verify/", "/objection/"])
def test_a_page_for_readers_from_abroad_is_english_altogether(english: Client, province: Any, address: str) -> None:
    page = english.get(address).content.decode()
    content = page[page.index('id="content"') :]
    assert not CHINESE.findall(re.sub(r"<[^>]+>", "", content)), CHINESE.findall(content)


@pytest.mark.django_db
def test_the_menu_of_a_seat_is_english(english: Client, client_of: Any, province: Any) -> None:
    client = client_of(world.a_seat(Role.CENTRE_REVIEWER))
    client.cookies["django_language"] = "en"
    page = client.get("/desk/").content.decode()
    assert "Rules and sources" in frame_of(page)
    assert not CHINESE.findall(frame_of(page)), CHINESE.findall(frame_of(page))


def _labels(field: Asked) -> list[str]:
    return [field.question.label, *(column.question.label for column in field.columns)]


def test_every_sentence_act_and_state_has_its_english() -> None:
    known = messages_of("en")
    asked = {entry.label for room in rooms() for entry in room.menu} | {group for group in GROUPS if group}
    asked |= {label for label, _ in (*PUBLIC_MENU, *PUBLIC_FOOT)}
    for act in catalogue().values():
        asked |= {act.header.title}
        asked |= {label for field in asked_by(act) for label in _labels(field)}
    for model in apps.get_models():
        if model.__module__.startswith("hengjian."):
            asked |= {str(label) for field in model._meta.fields for _, label in field.choices or ()}
    for path in (*WEB.rglob("*.html"), *WEB.rglob("*.py")):
        for pair in MESSAGE.findall(path.read_text(encoding="utf-8")):
            asked.add(pair[0] or pair[1])
    missing = sorted(text for text in asked if CHINESE.search(text) and known.gettext(text) == text)
    assert not missing, "\n".join(missing)


SAYS = re.compile(r"problems\.push\((?P<quote>[\"`])(?P<text>.*?)(?P=quote)\)")


def test_every_problem_a_draw_run_again_can_have_is_said_by_the_page() -> None:
    """The scripts compare in Chinese sentences; the page holds each of them in the reader's language."""
    page = (WEB / "templates/public/draw.html").read_text(encoding="utf-8")
    said = dict(re.findall(r'data-problem="([^"]+)">\{% translate "([^"]+)" %\}', page))
    scripts = [(WEB / f"static/hengjian/{name}.js").read_text(encoding="utf-8") for name in ("draw", "again")]
    found = {text["text"] for script in scripts for text in SAYS.finditer(script)}
    assert len(found) > 10
    expected = {text for text in found if "${" not in text} | {
        f"{name}未按编号排序或有重复。" for name in ("抽取池", "人员")
    }
    assert expected <= set(said)
    assert all(key == text for key, text in said.items())


def test_no_other_script_speaks_chinese() -> None:
    """What a script says stands in the page, where it is translated."""
    speaking = {
        path.name for path in (WEB / "static/hengjian").glob("*.js") if CHINESE.search(code_of(path.read_text("utf-8")))
    }
    assert speaking == {"again.js", "draw.js"}


def code_of(script: str) -> str:
    return re.sub(r"/\*.*?\*/|//[^\n]*", "", script, flags=re.DOTALL)


def test_what_is_said_while_the_site_is_away_is_said_in_both_languages() -> None:
    """The proxy gives these files; it does not ask who reads."""
    for path in sorted((WEB / "static/hengjian/said").iterdir()):
        text = path.read_text("utf-8")
        said = json.loads(text).values() if path.suffix == ".json" else [re.sub(r"<[^>]+>", " ", text)]
        for sentence in said:
            assert not CHINESE.search(sentence) or re.search(r"[A-Z][a-z]+( [\w;:,]+){3,}", sentence), (
                path.name,
                sentence,
            )
