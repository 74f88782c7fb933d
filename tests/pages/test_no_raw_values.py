"""No page of a case shows how something is stored: a key, a code of the house, a truth value of the program, JSON."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import unescape
from typing import Any

import pytest
from bench._children import addresses, first_family

from hengjian.authorities.roles import Role
from hengjian.kernel import clock
from hengjian.kernel.policy import catalogue
from hengjian.kernel.words import in_words, speaking
from hengjian.rosters.declared import declared
from hengjian.rosters.models import Candidate
from hengjian.web.policy_words import said
from tests.world import MARCH, a_seat
from tests.world_after import a_person, a_rostered_batch

pytestmark = pytest.mark.once

RAW = re.compile(r"\b[a-z]+_[a-z_]+\b|\bTrue\b|\bFalse\b|\bNone\b|\{['\"]|\[['\"]")
HIDDEN = re.compile(r"(?s)<(script|style|code|pre)\b.*?</\1>|<!--.*?-->|<[^>]+>")


def raw_words(page: str) -> set[str]:
    """What reads like storage in the visible text of a page."""
    return {found[0] for found in RAW.finditer(unescape(HIDDEN.sub(" ", page)))}


@pytest.mark.django_db
def test_every_page_of_a_case_speaks_in_words(client_of: Callable[[Any], Any]) -> None:
    from bench._children import NOW

    with clock.at(NOW):
        found = {
            name: raw_words(client.get(address).content.decode())
            for name, (client, address) in addresses(first_family(), client_of).items()
        }
    assert {name: words for name, words in found.items() if words} == {}


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_policy_speaks_in_words(client: Any, language: str) -> None:
    """A value with parts too: neither JSON nor the names only programs read, in blocks of code neither."""
    client.cookies["django_language"] = language
    found: dict[str, set[str]] = {}
    for key in catalogue():
        page = client.get(f"/policies/{key}/").content.decode()
        shown = re.sub(r'(?s)<section class="card">(?:(?!</section>).)*</section>', "", page)  # the key, who cites it
        raw = raw_words(re.sub("</?(code|pre)[^>]*>", " ", shown.split("<h1", 1)[-1]))
        if language == "en":
            raw -= {"False", "True", "None"}  # words of the language: “False advertising”
        if raw - {key.split(".")[-1]}:
            found[key] = raw
    assert len(catalogue()) > 250
    assert found == {}


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_list_says_a_part_of_every_value(client: Any, language: str) -> None:
    """A value with parts is not sent to its own page: some of its words stand in the list, none of the names of programs."""
    client.cookies["django_language"] = language
    page = client.get("/policies/").content.decode()
    for key, text in catalogue().items():
        row = re.search(rf"<tr\b(?:(?!</tr>).)*/policies/{re.escape(key)}/.*?</tr>", page, re.S)
        assert row is not None, key
        cell = unescape(HIDDEN.sub(" ", row[0].split("<td", 3)[2].split(">", 1)[1]))
        value = text.history[-1].value
        with speaking(language):
            part = next(iter(words_of_value(key, value)))
        assert part in cell, (key, part, cell)
        assert not raw_words(cell) - {"False", "True", "None"}, key


def words_of_value(key: str, value: Any) -> list[str]:
    """The first word of a value, all the way down: what a reader may expect to see of it."""
    if isinstance(value, Mapping):
        return words_of_value(key, value.get("title") or value.get("name") or next(iter(value.values())))
    if isinstance(value, list | tuple):
        return words_of_value(key, value[0])
    return [in_words(said(key, value))]


@pytest.mark.django_db
def test_a_candidates_row_is_told_in_the_words_of_the_roster(client_of: Callable[[Any], Any]) -> None:
    with clock.at(MARCH):
        batch = a_rostered_batch(people=[a_person("王知行")])
        clerk = a_seat(Role.CLERK, institution=batch.plan.institution)
        page = client_of(clerk).get(f"/candidates/{Candidate.objects.get(batch=batch).pk}/").content.decode()
    for word in ("大学专科", "四级/中级工", "2012-07-01", "无固定期限", "本职业年限"):
        assert word in page
    assert raw_words(page) == set()


def test_what_the_reader_derived_is_not_told() -> None:
    facts = {"id_ok": True, "sheet": "名册", "row": 2, "graduated_on": "2011-06-01", "graduated_on_precision": "month"}
    assert declared(facts) == [("毕业日期", "2011-06")]
    assert declared({"is_final_year": True, "parts": ["theory"]}) == [("是否应届", "是"), ("科目", "理论")]
    assert raw_words("<p>id_ok</p><b>True</b><code>a_b</code>") == {"id_ok", "True"}
