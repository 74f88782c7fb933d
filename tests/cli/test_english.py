"""A terminal that asks for English gets no Chinese but names and data: helps, usage errors, answers, refusals."""

from __future__ import annotations

import pytest

from hengjian.cli.main import COMMANDS
from tests.cli.names import chinese_of, data_of
from tests.cli.running import Hengjian
from tests.cli.test_contract import NAMES


@pytest.fixture
def english(run: Hengjian, monkeypatch: pytest.MonkeyPatch) -> Hengjian:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    return run


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
        ("certificate-number", "parse"),
        ("draw", "compute", "nowhere.json"),
        ("log", "verify-receipt", "nowhere.txt"),
        ("log", "nonsense"),
        ("import", "institutions", "nowhere.xlsx"),
        ("import", "institutions", "nowhere.xlsx", "--as", "nobody"),
        ("paper",),
        ("paper", "save", "x"),
        ("paper", "verify", "nowhere.pdf"),
        ("checks", "nonsense"),
        ("search", "--nonsense"),
        ("backup",),
        ("restore",),
        ("restore", "nowhere"),
        ("install", "--answers", "nowhere.toml"),
        ("send", "--every", "soon"),
        ("tick", "--every", "0"),
        ("serve", "--port", "many"),
        ("worker", "--nonsense"),
        ("migrate", "--grant-to"),
        ("keys", "nonsense"),
        ("health", "--nonsense"),
        ("docs", "--nonsense"),
        ("messages", "--nonsense"),
        ("files", "nonsense"),
        ("token", "nonsense"),
        ("token", "open"),
        ("new", "act"),
        ("new", "nonsense", "x.y"),
        ("new", "act", "Not.A.Name", "--title", "核对"),
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
        ("log", "verify"),
        ("log", "verify", "--json"),
        ("log", "seal"),
        ("paper", "list"),
        ("paper", "make"),
        ("paper", "save", "唐职鉴受〔2026〕1号", "nowhere.pdf"),
        ("search",),
        ("tick",),
        ("send",),
        ("health",),
        ("checks", "run"),
        ("files", "check"),
        ("draw", "export", "D-nothing"),
        ("messages", "--missing"),
    ],
)
def test_an_answer_is_english(english: Hengjian, words: tuple[str, ...]) -> None:
    ran = english(*words)
    assert ran.out or words[0] == "messages"
    typed = "".join(words)
    assert not [run for run in chinese_of(ran.out + ran.err) if run not in typed], ran.out + ran.err


@pytest.mark.django_db
def test_the_life_of_a_batch_is_told_in_english(english: Hengjian, in_march: object) -> None:
    """`demo --play --here`: every act with its title, who did it and under which ground; names and titles of law stay."""
    ran = english("demo", "--play", "--here")
    assert ran.status == 0
    data = data_of()
    assert len(ran.out.splitlines()) > 60
    assert not [run for run in chinese_of(ran.out) if run not in data], ran.out
    assert not [run for run in chinese_of(english("demo").out) if run not in data]  # refused: seats are there


def test_every_command_is_asked_for_an_answer_or_a_refusal() -> None:
    """Those that are not are long-running or lay a whole installation; their own tests listen to their English (`running`)."""
    marks = [mark for test in (test_wrong_usage_is_english, test_an_answer_is_english) for mark in test.pytestmark]  # type: ignore[attr-defined]
    asked = {words[0] for mark in marks if mark.name == "parametrize" for words in mark.args[1] if words}
    assert set(COMMANDS) <= asked


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
