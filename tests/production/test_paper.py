"""`docs/operations.md` says what is so: its commands exist, its settings are the ones asked for, its units name real accounts."""

from __future__ import annotations

import re
import shlex

import pytest

from hengjian.cli import usage
from hengjian.cli.main import COMMANDS, build_parser
from hengjian.production import faults
from tests.production import paper
from tests.shared import ROOT

ENV, SEAL = "/etc/hengjian/hengjian.env", "/etc/hengjian/seal.env"


def commands() -> list[str]:
    """Every `hengjian …` of the paper: in shell blocks, in service units, and between backticks."""
    found = [line for block in paper.blocks() if block.kind in ("sh", "ini") for line in block.text.splitlines()]
    found += re.findall(r"`(hengjian [^`]+)`", paper.TEXT)
    return [match[1] for line in found if (match := re.search(r"(?:^|/)hengjian ([a-z][a-z-]*(?: .*)?)$", line))]


def test_commands_of_the_paper_are_found() -> None:
    assert {line.split()[0] for line in commands()} >= {"messages", "keys", "migrate", "serve", "log", "health"}


@pytest.mark.parametrize("line", sorted(set(commands())))
def test_every_command_of_the_paper_is_accepted(line: str) -> None:
    words = shlex.split(line)
    usage.speak()
    assert words[0] in COMMANDS
    build_parser(words[0]).parse_args(words)


def test_the_settings_are_those_that_production_asks_for() -> None:
    given = paper.settings(ENV)
    missing = faults({})
    assert missing and all(any(f"缺少 {name}" in fault for name in given) for fault in missing)
    # as it stands it does not start: each placeholder has to be replaced
    told = "".join(faults(given))
    assert all(name in told for name in ("HENGJIAN_FIELD_KEYS", "HENGJIAN_INDEX_KEY", "HENGJIAN_LOG_VKEY"))


def test_every_setting_named_is_one_that_is_read() -> None:
    read = "".join(path.read_text() for path in (ROOT / "src/hengjian").glob("*.py"))
    named = set(re.findall(r"HENGJIAN_[A-Z_]+", paper.TEXT))
    assert {name for name in named if f'"{name}"' not in read} == set()


def test_the_two_services_run_under_two_accounts_and_only_one_is_told_where_the_key_is() -> None:
    site, sealer = (paper.unit(f"/etc/systemd/system/{name}.service") for name in ("hengjian", "hengjian-seal"))
    assert site["User"] != sealer["User"]
    assert "HENGJIAN_LOG_KEY_FILE" not in paper.settings(ENV) and SEAL not in site["EnvironmentFile"]
    assert "HENGJIAN_LOG_KEY_FILE" in paper.settings(SEAL) and sealer["EnvironmentFile"] == [ENV, SEAL]
    assert {"ProtectSystem", "NoNewPrivileges", "User"} <= site.keys() & sealer.keys()
