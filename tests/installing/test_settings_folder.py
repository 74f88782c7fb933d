"""Settings and keys as files: whole or not there, readable by their owner only, written once, the same after a killed run."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from hengjian import production
from hengjian.environment import log_key_pair
from hengjian.installing import settings_folder
from hengjian.installing.answers import Answers, Unanswered, read
from hengjian.installing.settings_folder import SettingsFolder, env_text, read_env

GIVEN = {
    "site": "https://rd.example.gov.cn",
    "contact": "mailto:rd@example.gov.cn",
    "database": "postgres://hengjian_app:a%40b@127.0.0.1:5432/hengjian",
    "owner": "postgres://hengjian_owner:c@127.0.0.1:5432/hengjian",
    "sealer": "postgres://hengjian_sealer:d@127.0.0.1:5432/hengjian",
}
FILES = ("log-key", "keys.env", "seal.env", "owner.env", "hengjian.env")


def composed(etc: Path, **given: Any) -> tuple[SettingsFolder, dict[str, str]]:
    folder = SettingsFolder(etc)
    return folder, folder.compose(Answers({**GIVEN, **given}), Path("/var/lib/hengjian"))


def test_what_is_written_is_what_production_asks_for(tmp_path: Path) -> None:
    folder, environment = composed(tmp_path / "etc")
    assert production.faults(environment) == []
    assert [place.name for place in folder.write()] == list(FILES)
    for name in FILES:
        assert (tmp_path / "etc" / name).stat().st_mode & 0o777 == (0o400 if name == "log-key" else 0o600)
    written = {name: read_env(tmp_path / "etc" / name) for name in FILES[1:]}
    assert {**written["hengjian.env"], **written["keys.env"]} == environment


def test_keys_stand_apart_from_settings_and_from_each_other(tmp_path: Path) -> None:
    folder, environment = composed(tmp_path)
    folder.write()
    texts = {name: (tmp_path / name).read_text() for name in FILES}
    for name in ("HENGJIAN_SECRET_KEY", "HENGJIAN_FIELD_KEYS", "HENGJIAN_INDEX_KEY"):
        assert [file for file, text in texts.items() if environment[name] in text] == ["keys.env"]
    assert not any("PRIVATE+KEY" in text for file, text in texts.items() if file != "log-key")
    assert [file for file, text in texts.items() if "hengjian_owner" in text] == ["owner.env"]
    assert [file for file, text in texts.items() if "hengjian_sealer" in text] == ["seal.env"]


@pytest.mark.parametrize("after", range(len(FILES)))
def test_a_run_killed_between_two_files_is_finished_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    folder, _ = composed(tmp_path)
    write, written = settings_folder.write_once, []

    def killed(place: Path, text: str, mode: int) -> bool:
        if len(written) == after:
            raise KeyboardInterrupt
        written.append(place)
        return write(place, text, mode)

    monkeypatch.setattr(settings_folder, "write_once", killed)
    with pytest.raises(KeyboardInterrupt):
        folder.write()
    monkeypatch.undo()
    before = {place.name: place.read_bytes() for place in tmp_path.iterdir()}
    again, environment = composed(tmp_path)
    again.write()
    assert {name: (tmp_path / name).read_bytes() for name in before} == before
    assert sorted(place.name for place in tmp_path.iterdir()) == sorted(FILES)
    assert production.faults(environment) == []
    private = (tmp_path / "log-key").read_text().strip()
    assert environment["HENGJIAN_LOG_VKEY"].split("+")[:2] == private.split("+")[2:4]


def test_a_second_run_needs_no_answers_and_writes_nothing(tmp_path: Path) -> None:
    folder, environment = composed(tmp_path)
    folder.write()
    again = SettingsFolder(tmp_path)
    assert again.compose(Answers({}), Path("/elsewhere")) == environment
    assert again.write() == []


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("site", "https://other.example.gov.cn", "HENGJIAN_SITE"),
        ("contact", "tel:12345", "HENGJIAN_CONTACT"),
        ("owner", "postgres://hengjian_owner:new@127.0.0.1:5432/hengjian", "HENGJIAN_DATABASE_URL"),
        ("log_origin", "log.other.example", "HENGJIAN_LOG_ORIGIN"),
    ],
)
def test_a_second_run_that_says_otherwise_changes_nothing(tmp_path: Path, name: str, value: str, said: str) -> None:
    composed(tmp_path)[0].write()
    before = {place.name: place.read_bytes() for place in tmp_path.iterdir()}
    with pytest.raises(Unanswered, match=said):
        composed(tmp_path, **{name: value})
    assert {place.name: place.read_bytes() for place in tmp_path.iterdir()} == before


def test_everything_that_is_missing_or_wrong_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(Unanswered) as missing:
        SettingsFolder(tmp_path).compose(Answers({"database": GIVEN["database"]}), Path("/var/lib/hengjian"))
    assert all(f"缺少 {name}：" in str(missing.value) for name in ("site", "contact", "owner", "sealer"))
    with pytest.raises(Unanswered) as wrong:
        composed(tmp_path, site="http://rd.example.gov.cn", contact="write to us")
    assert "HENGJIAN_SITE" in str(wrong.value) and "HENGJIAN_CONTACT" in str(wrong.value)
    assert list(tmp_path.iterdir()) == []


def test_a_shell_reads_the_files_as_they_were_meant(tmp_path: Path) -> None:
    values = {"A": "plain", "B": "two words", "C": 'a"b$HOME`x`\\', "D": "postgres://u:p%26@h/db"}
    (tmp_path / "x.env").write_text(env_text(values))
    assert read_env(tmp_path / "x.env") == values
    told = f'set -a; . {tmp_path}/x.env; printf \'%s\\n\' "$A" "$B" "$C" "$D"'
    ran = subprocess.run(["sh", "-euc", told], capture_output=True, text=True, check=True, env={"HOME": "/root"})
    assert ran.stdout.splitlines() == list(values.values())
    for value in ("it's", "two\nlines"):
        with pytest.raises(Unanswered, match="E"):
            env_text({"E": value})


def test_a_log_name_that_cannot_be_signed_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unanswered, match="日志名称"):
        composed(tmp_path, log_origin="a b")
    assert log_key_pair("a", bytes(32)) == log_key_pair("a", bytes(32))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("site = ", "不是 TOML"),
        ("sight = 'x'", "sight"),
        ("offices = 'x'", "offices"),
        ("administrators = {a = 1}", "administrators"),
    ],
)
def test_a_file_of_answers_that_cannot_be_read_is_told(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "a.toml").write_text(text)
    with pytest.raises(Unanswered, match=said):
        read(tmp_path / "a.toml", {})
    with pytest.raises(Unanswered, match="读不到"):
        read(tmp_path / "none.toml", {})


def test_flags_go_over_the_file_and_rows_must_be_whole(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(
        "site = 'https://a.example'\n[offices]\n130200 = 'A'\n[[administrators]]\nusername = 'lin'\n"
    )
    found = read(tmp_path / "a.toml", {"site": "https://b.example", "contact": None, "offices": {"130000": "B"}})
    answers = Answers(found)
    assert found["site"] == "https://b.example" and "contact" not in found
    assert answers.offices() == {"130200": "A", "130000": "B"}
    with pytest.raises(Unanswered, match=r"administrators.*identity_number"):
        answers.administrators()
