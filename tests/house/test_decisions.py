"""The decisions of `docs/adr`: short, whole, and each held by something that exists."""

import re

import pytest

from tests.shared import ROOT

PAGES = sorted((ROOT / "docs" / "adr").glob("*.md"))
PARTS = ("**Context.**", "**Decision.**", "**Consequence.**", "**Enforced by.**")
PATH = re.compile(r"`((?:tests|src|docs|policies|kernel|authorities)/[\w/.\-]+)`")


def test_pages_are_numbered_without_a_hole():
    assert [page.name[:4] for page in PAGES] == [f"{number:04}" for number in range(len(PAGES))] and PAGES


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_is_short_and_has_its_four_parts_in_order(page):
    text = page.read_text(encoding="utf-8")
    places = [text.find(part) for part in PARTS]
    assert -1 not in places and places == sorted(places)
    assert len(text.splitlines()) <= 40


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_a_page_names_exists(page):
    text = page.read_text(encoding="utf-8")
    gone = [name for name in PATH.findall(text) if not any((base / name).exists() for base in _bases())]
    assert gone == []


def _bases():
    return ROOT, ROOT / "src" / "hengjian"
