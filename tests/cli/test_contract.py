"""The command line is a contract: names, `--json`, exit status 0 yes, 1 no, 2 wrong usage (design 8)."""

from __future__ import annotations

import subprocess

import pytest

from hengjian.cli.main import COMMANDS, build_parser
from tests.cli.running import Hengjian
from tests.house.source import ROOT

NAMES = [
    ("where",),
    ("workdays",),
    ("id", "check"),
    ("certificate-number", "parse"),
    ("draw", "compute"),
    ("draw", "verify"),
    ("draw", "export"),
    ("log", "verify"),
    ("log", "verify-receipt"),
    ("log", "export"),
    ("log", "seal"),
    ("sample-plan",),
    ("roster", "check"),
    ("import", "institutions"),
    ("import", "supervisors"),
    ("import", "assessors"),
    ("import", "plans"),
    ("import", "certificates"),
    ("checks", "run"),
    ("demo",),
    ("paper", "list"),
    ("paper", "make"),
    ("paper", "save"),
    ("paper", "verify"),
    ("files", "check"),
    ("search",),
    ("token", "list"),
    ("token", "open"),
    ("token", "end"),
    ("tick",),
    ("send",),
    ("install",),
    ("migrate",),
    ("serve",),
    ("worker",),
    ("backup",),
    ("restore",),
    ("health",),
    ("keys", "rotate"),
    ("docs",),
    ("messages",),
    ("new",),
]


@pytest.mark.parametrize("name", NAMES, ids=" ".join)
def test_every_command_has_help_and_json(run: Hengjian, name: tuple[str, ...]) -> None:
    ran = run(*name, "--help")
    assert ran.status == 0
    assert "--json" in ran.out


def test_every_command_of_the_table_is_in_the_contract() -> None:
    assert {name[0] for name in NAMES} == set(COMMANDS)


def test_the_whole_help_lists_every_command(run: Hengjian) -> None:
    ran = run("--help")
    assert ran.status == 0
    assert all(name in ran.out for name in COMMANDS)


@pytest.mark.parametrize("words", [(), ("nonsense",), ("workdays",), ("workdays", "soon", "3"), ("id",), ("demo",)])
def test_wrong_usage_is_two_and_says_what_to_give(run: Hengjian, words: tuple[str, ...]) -> None:
    ran = run(*words)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.strip()


@pytest.mark.parametrize("part", ["compute", "verify"])
def test_a_file_that_is_not_there_is_wrong_usage(run: Hengjian, part: str) -> None:
    ran = run("draw", part, "no-such-file.json")
    assert ran.status == 2 and "no-such-file.json" in ran.err


def test_only_the_command_asked_for_is_read() -> None:
    assert "--severity" in build_parser("sample-plan").format_help() + _help_of("sample-plan")
    assert "--severity" not in build_parser("workdays").format_help()


def _help_of(name: str) -> str:
    parser = build_parser(name)
    (choices,) = [action.choices for action in parser._actions if action.choices]
    return choices[name].format_help()  # type: ignore[index, call-overload, no-any-return]


def test_the_script_runs_from_any_folder(tmp_path: object) -> None:
    ran = subprocess.run(
        [str(ROOT / "bin/hengjian"), "id", "check", "11010519491231002X"],
        cwd=str(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert "有效" in ran.stdout
