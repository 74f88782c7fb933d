"""A terminal that asks for English gets no Chinese but names and data: helps, usage errors, answers, refusals."""

from __future__ import annotations

import re

import pytest

from hengjian.cli.main import COMMANDS
from hengjian.kernel.acts_catalogue import catalogue
from hengjian.kernel.policy import catalogue as policies
from hengjian.kernel.policy_files import written
from hengjian.kernel.rule import RULES
from tests.cli.running import Hengjian
from tests.cli.test_contract import NAMES
from tests.house.test_messages import LEVEL, TYPED

CHINESE = re.compile(r"[\u4e00-\u9fff]+")


@pytest.fixture
def english(run: Hengjian, monkeypatch: pytest.MonkeyPatch) -> Hengjian:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    return run


def chinese_of(text: str) -> list[str]:
    """Chinese that is neither to be typed nor the title of a document of the law, nor a value laid down in it."""
    titles = "".join(
        text.citation + "".join(old.law + written(old.value) for old in text.history) for text in policies().values()
    )
    titles += "".join(rule.clause for rule in RULES.values()) + "".join(
        act.header.clause for act in catalogue().values()
    )
    return [
        word for word in CHINESE.findall(text) if word not in TYPED and word not in titles and not LEVEL.fullmatch(word)
    ]


@pytest.mark.parametrize("name", [*NAMES, ()], ids=" ".join)
def test_help_is_english(english: Hengjian, name: tuple[str, ...]) -> None:
    ran = english(*name, "--help")
    assert ran.status == 0
    assert "show this help message and exit" in ran.out
    assert not chinese_of(ran.out), ran.out


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("nonsense",),
        ("workdays",),
        ("workdays", "soon", "3"),
        ("workdays", "2026-09-28", "many"),
        ("id",),
        ("id", "check"),
        ("demo",),
        ("sample-plan", "--lot", "0"),
        ("roster", "check", "nowhere.xlsx"),
        ("draw", "verify", "nowhere.json"),
        ("where", "zzzz"),
    ],
)
def test_wrong_usage_is_english(english: Hengjian, words: tuple[str, ...]) -> None:
    ran = english(*words)
    assert ran.status in (1, 2)
    assert ran.out + ran.err
    assert not chinese_of(ran.out + ran.err), ran.out + ran.err


@pytest.mark.django_db
@pytest.mark.parametrize(
    "words",
    [
        ("id", "check", "130203199003071235"),
        ("id", "check", "1302031990030712"),
        ("id", "check", "91130200MA0000000X"),
        ("workdays", "2026-09-28", "5"),
        ("workdays", "2026-12-28", "9"),
        ("certificate-number", "parse", "Y000013000217263000059"),
        ("certificate-number", "parse", "Y0000130002"),
        ("sample-plan", "--lot", "200"),
        ("sample-plan", "--lot", "200", "--zero-acceptance", "--curve"),
        ("where", "公示"),
        ("messages",),
        ("id", "check", "130203199003071235", "--json"),
        ("workdays", "2026-09-28", "5", "--json"),
    ],
)
def test_an_answer_is_english(english: Hengjian, words: tuple[str, ...]) -> None:
    ran = english(*words)
    assert ran.out
    assert not chinese_of(ran.out), ran.out


@pytest.mark.django_db
def test_the_language_of_a_command_ends_with_it(english: Hengjian) -> None:
    from hengjian.kernel.words import language

    english("workdays", "2026-09-28", "5")
    assert language() == "zh-hans"


def test_every_command_is_asked_for_its_help() -> None:
    assert {name[0] for name in NAMES} == set(COMMANDS)


def test_environment_faults_are_english(monkeypatch: pytest.MonkeyPatch) -> None:
    from hengjian.environment import Environment

    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    with pytest.raises(SystemExit, match="Hengjian cannot start: PORT must be a whole number"):
        Environment({"PORT": "x"}).number("PORT", 1)
