"""What is said to whoever asks or tries too often is English on an English page: every restraint, and a log-in held up."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils.translation import override, trans_real

import hengjian.web.urls  # noqa: F401 - every restraint is declared at import
from hengjian.authorities import logging_in
from hengjian.authorities.roles import Role
from hengjian.cli.messages import LOCALE, compile_all
from hengjian.kernel.acts_catalogue import catalogue
from hengjian.kernel.restraint import RESTRAINED, Read, Restraint, refusal
from hengjian.kernel.words import in_words
from tests import world

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture
def english() -> Iterator[None]:
    compile_all(LOCALE)
    trans_real._translations.clear()
    with override("en"):
        yield
    trans_real._translations.clear()


def restrained() -> list[tuple[str, Restraint]]:
    """(title, restraint) of every act and every read that is restrained."""
    reads = [each for each in gc.get_objects() if type(each) is Read]  # not isinstance: it would wake what is lazy
    acts = [act.header for act in catalogue().values() if act.header.restraint]
    return [(each.title, restraint) for each in (*reads, *acts) for restraint in each.restraint]


def test_every_restraint_is_said_in_english(english: None) -> None:
    found = restrained()
    assert len(found) > 5 and {each.limit.key for _, each in found} <= {
        each.limit.key for restraints in RESTRAINED.values() for each in restraints
    }
    chinese = []
    for title, restraint in found:
        for wait in (30, 600):
            told = refusal(restraint, title, 5, wait)
            chinese += [said for text in (told.sentence, told.remedy) if CHINESE.search(said := in_words(text))]
    assert not chinese, "\n".join(chinese)


@pytest.mark.parametrize("seconds", [1, 59, 61, 3600])
def test_a_log_in_held_up_is_told_so_in_english(english: None, seconds: int) -> None:
    assert not CHINESE.search(in_words(logging_in.held_up(seconds)))


@pytest.mark.django_db
def test_the_page_of_the_log_in_says_it_in_english(english: None) -> None:
    seat = world.a_seat(Role.CENTRE_REVIEWER)
    client = Client()
    client.cookies["django_language"] = "en"
    form = {"login": seat.user.username, "password": "wrong"}
    for _ in range(30):
        page = client.post("/accounts/login/", form).content.decode()
        if "Too many failed log-ins" in page:
            break
    else:
        pytest.fail("it was never held up")
    content = re.sub(r"<[^>]+>", "", page[page.index('id="content"') :])
    content = content.replace(seat.user.username, "")
    assert not CHINESE.search(content), CHINESE.findall(content)
