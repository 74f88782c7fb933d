"""`docs/operations.md` says what is so: its commands exist, its settings are the ones asked for, its units name real accounts."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from hengjian.authorities.divisions import areas_within
from hengjian.cli import usage
from hengjian.cli.main import COMMANDS, build_parser
from hengjian.installing.answers import SETTINGS, Answers, read
from hengjian.installing.ground import insist_the_offices_are_there
from hengjian.installing.people import FIRST
from hengjian.installing.settings_folder import SettingsFolder
from hengjian.production import faults
from tests.production import paper
from tests.shared import ROOT

ETC = "/etc/hengjian"
ENV, KEYS, SEAL = f"{ETC}/hengjian.env", f"{ETC}/keys.env", f"{ETC}/seal.env"
ANSWERS = "/srv/hengjian-answers.toml"


def commands() -> list[str]:
    """Every `hengjian …` of the paper: in shell blocks, in service units, and between backticks."""
    found = [line for block in paper.blocks() if block.kind in ("sh", "ini") for line in block.text.splitlines()]
    found += re.findall(r"`(hengjian [^`]+)`", paper.TEXT)
    return [match[1] for line in found if (match := re.search(r"(?:^|/)hengjian ([a-z][a-z-]*(?: .*)?)$", line))]


def test_commands_of_the_paper_are_found() -> None:
    assert {line.split()[0] for line in commands()} >= {"messages", "install", "migrate", "serve", "log", "health"}


@pytest.mark.parametrize("line", sorted(set(commands())))
def test_every_command_of_the_paper_is_accepted(line: str) -> None:
    words = shlex.split(line)
    usage.speak()
    assert words[0] in COMMANDS
    build_parser(words[0]).parse_args(words)


def test_the_answers_of_the_paper_are_those_the_installation_asks_for(tmp_path: Path) -> None:
    (tmp_path / "answers.toml").write_text(paper.file(ANSWERS))
    answers = Answers(read(tmp_path / "answers.toml", {}))
    environment = SettingsFolder(tmp_path).compose(answers, Path("/var/lib/hengjian"))
    assert faults(environment) == []
    asked = {question.name for question in SETTINGS}
    ways = {
        name for name in asked if name.startswith(("mail_", "sms_", "chat_"))
    }  # an installation may have none of them
    assert asked - ways <= answers.given.keys()
    assert {name for name in ways if f"`{name}`" not in paper.TEXT} == set()
    assert len(answers.administrators()) == FIRST
    areas = areas_within(answers.given["province"], answers.cities())
    insist_the_offices_are_there(areas, answers.offices())


def test_the_files_of_the_table_are_those_that_are_written(tmp_path: Path) -> None:
    (tmp_path / "answers.toml").write_text(paper.file(ANSWERS))
    folder = SettingsFolder(tmp_path / "etc")
    folder.compose(Answers(read(tmp_path / "answers.toml", {})), Path("/var/lib/hengjian"))
    named = re.findall(r"^\| `([a-z.-]+)` \|", paper.TEXT, flags=re.MULTILINE)
    assert sorted(place.name for place in folder.write()) == sorted(named)


def test_every_setting_named_is_one_that_is_read() -> None:
    read = "".join(path.read_text() for path in (ROOT / "src/hengjian").glob("*.py"))
    named = set(re.findall(r"HENGJIAN_[A-Z_]+", paper.TEXT))
    # What is put together: `HENGJIAN_SMS_URL` from the ways of messages, `HENGJIAN_FILES_KEY` from the parts of an address.
    made = {f"HENGJIAN_{way}_{part}" for way in ("SMS", "CHAT") for part in ("URL", "SECRET", "FORM")}
    assert all(f'f"HENGJIAN_{{_way.upper()}}_{part}"' in read for part in ("URL", "SECRET", "FORM"))
    made |= {f"HENGJIAN_FILES_{part}" for part in ("ENDPOINT", "KEY", "SECRET", "REGION") if f'"{part}"' in read}
    named -= {block.name for block in paper.blocks()}
    assert {name for name in named - made if f'"{name}"' not in read} == set()


def test_the_two_services_run_under_two_accounts_and_only_one_is_told_where_the_key_is() -> None:
    site, sealer = (paper.unit(f"/etc/systemd/system/{name}.service") for name in ("hengjian", "hengjian-seal"))
    assert site["User"] != sealer["User"]
    assert site["EnvironmentFile"] == [ENV, KEYS]
    assert sealer["EnvironmentFile"] == [ENV, KEYS, SEAL]
    assert {"ProtectSystem", "NoNewPrivileges", "User"} <= site.keys() & sealer.keys()


def test_the_nightly_copy_is_told_where_everything_is_and_may_write_only_there() -> None:
    unit = paper.unit("/etc/systemd/system/hengjian-backup.service")
    assert unit["EnvironmentFile"] == [ENV, KEYS, SEAL, f"{ETC}/owner.env"]
    assert unit["ReadWritePaths"] == ["/var/backups"] and unit["ProtectSystem"] == ["strict"]
    assert paper.unit("/etc/systemd/system/hengjian-backup.timer")["OnCalendar"]


def test_the_access_log_that_is_rotated_is_the_one_that_is_written() -> None:
    rotated = paper.file("/etc/logrotate.d/hengjian").split()[0]
    assert f"access_log {rotated} " in paper.file("/etc/nginx/sites-available/hengjian")
