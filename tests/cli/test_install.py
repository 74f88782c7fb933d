"""`hengjian install` as an administrator runs it: once, again, with somebody at the terminal, on a demonstration's database."""

from __future__ import annotations

import os
import pty
import select
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from hengjian.authorities.acts.move_demo_clock import set_up_demo_clock
from hengjian.authorities.divisions import areas_within
from hengjian.cli import install
from hengjian.demo import people
from hengjian.installing import ground
from hengjian.kernel.actor import OPERATOR
from tests.cli.running import Hengjian
from tests.ground import an_identity_number
from tests.shared import ROOT

ANSWERS = f"""
site = "https://rd.example.gov.cn"
contact = "mailto:rd@example.gov.cn"
province = "13"
cities = ["1302"]

[[administrators]]
username = "lin"
name = "演示：林知远"
identity_number = "{an_identity_number(1)}"
phone = "13900000001"

[[administrators]]
username = "zhou"
name = "演示：周明远"
identity_number = "{an_identity_number(2)}"
phone = "13900000002"
"""


def hengjian(*words: str, status: int = 0, said: str = "") -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HENGJIAN_", "DJANGO_"))}
    ran = subprocess.run(
        [sys.executable, "-m", "hengjian.cli", *words], env={**kept, "PYTHONPATH": str(ROOT / "src")}, cwd=ROOT,
        input=said, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == status, ran.stdout + ran.stderr
    assert "Traceback" not in ran.stderr, ran.stderr
    return ran.stdout + ran.stderr


def rows(file: Path, *tables: str) -> dict[str, list[Any]]:
    with sqlite3.connect(file) as connection:
        return {table: connection.execute(f"SELECT * FROM {table} ORDER BY id").fetchall() for table in tables}


def test_an_installation_is_made_once_and_a_second_run_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "answers.toml").write_text(ANSWERS)
    places = ("--etc", str(tmp_path / "etc"), "--var", str(tmp_path / "var"))
    told = hengjian("install", "--answers", str(tmp_path / "answers.toml"), *places)
    assert told.count("https://rd.example.gov.cn/password-link/") == 2
    assert "区划与机关：" in told and "系统管理岗 zhou（唐山市职业技能鉴定中心）" in told and "接下来" in told
    database = tmp_path / "var/hengjian.sqlite3"
    assert database.stat().st_mode & 0o077 == 0
    tables = ("kernel_entry", "authorities_area", "authorities_office", "authorities_seat", "authorities_account")
    before = rows(database, *tables), {place.name: place.read_bytes() for place in (tmp_path / "etc").iterdir()}
    assert len(before[0]["kernel_entry"]) == 8
    again = hengjian("install", *places)
    assert "没有改动" in again and "已办" not in again and "password-link" not in again
    other = hengjian("install", *places, "--province", "14", status=1)
    assert "不能再装" in other
    assert (rows(database, *tables), {p.name: p.read_bytes() for p in (tmp_path / "etc").iterdir()}) == before


def test_without_anybody_at_the_terminal_it_says_all_that_is_missing(tmp_path: Path) -> None:
    places = ("--etc", str(tmp_path / "etc"), "--var", str(tmp_path / "var"))
    told = hengjian("install", *places, status=2)
    assert "缺少 site" in told and "缺少 contact" in told
    told = hengjian("install", *places, "--office", "130200", status=2)
    assert "区划代码=机关名称" in told
    assert not (tmp_path / "etc").exists() and not (tmp_path / "var").exists()


def test_questions_are_asked_at_a_terminal(tmp_path: Path) -> None:
    """Only what no flag has answered; passwords do not echo."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HENGJIAN_", "DJANGO_"))}
    words = ["--etc", f"{tmp_path}/etc", "--var", f"{tmp_path}/var", "--contact", "tel:12345"]
    ours, theirs = pty.openpty()
    # site; database, log's name and proxies as proposed; no mail, no messages, no work chat; province, city; one administrator, then no more
    typed = ["https://rd.example.gov.cn", "", "", "", "", "", "", "37", "3702", "lin", "演示：林知远", an_identity_number(1), "13900000001", "", ""]  # fmt: skip
    with subprocess.Popen(
        [sys.executable, "-m", "hengjian.cli", "install", *words], env={**kept, "PYTHONPATH": str(ROOT / "src")}, cwd=ROOT,
        stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
    ) as process:  # fmt: skip
        os.close(theirs)
        assert process.stdout is not None
        out = b""
        # A password's prompt throws away what was typed ahead, so each line waits for its question.
        while select.select([process.stdout], [], [], 60)[0] and (read := os.read(process.stdout.fileno(), 4096)):
            out += read
            if out.endswith(b": ") and typed:
                os.write(ours, f"{typed.pop(0)}\n".encode())
        process.kill()
    os.close(ours)
    told = out.decode()
    assert not typed, told
    assert "公众看到的网址" in told and "怎样联系" not in told
    assert "系统管理岗 lin（青岛市职业技能鉴定中心）" in told and "第二位" in told


@pytest.mark.django_db
@pytest.mark.parametrize("trace", ["clock", "login"])
def test_a_demonstration_s_database_is_refused(trace: str) -> None:
    ground.lay_areas(areas_within("13", ["1302"]))
    if trace == "clock":
        from hengjian.demo.province import NOW

        set_up_demo_clock(OPERATOR, to=NOW)
    else:
        people.user("wei", "演示：魏如一")
    with pytest.raises(install.Refusing, match=install.DEMONSTRATION[trace]):
        install._insist_it_may_be_installed_there()


def test_an_answer_file_that_is_not_there_is_wrong_usage(run: Hengjian, tmp_path: Path) -> None:
    ran = run("install", "--answers", str(tmp_path / "none.toml"), "--etc", str(tmp_path / "etc"))
    assert ran.status == 2 and "none.toml" in ran.err
