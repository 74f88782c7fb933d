"""The scripts that guard the repository notice what they are for."""

from __future__ import annotations

import importlib.util
import subprocess
from types import ModuleType

import pytest

from tests.house.source import ROOT


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_tracked_files_name_no_machine() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: there are no tracked files to read")
    ran = subprocess.run(["python3", "scripts/tracked_files.py"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


def test_a_path_of_somebodys_machine_is_noticed() -> None:
    faults_in = script("tracked_files").faults_in
    assert faults_in("a.md", "see /ho" + "me/li/notes") == ["a.md:1: /ho" + "me/li/"]
    assert faults_in("a.txt", "\n--index https://py" + "pi.org/simple") == ["a.txt:2: py" + "pi.org"]
    assert faults_in("a.md", "docs/map.md and /verify/ and sqlite:///file") == []


REPORT = """<testsuites><testsuite>
<testcase classname="tests.plans.test_a" name="test_x"/>
<testcase classname="tests.journeys.test_b" name="test_y">{journey}</testcase>
<testcase classname="tests.rosters.test_c" name="test_z">{vector}</testcase>
</testsuite></testsuites>"""


@pytest.mark.parametrize(
    ("journey", "vector", "faults"),
    [
        ("", "", 0),
        ('<skipped message="no browser"/>', "", 1),
        ("", '<skipped message="shared data absent: vectors/a.json"/>', 1),
        ('<skipped message="no browser"/>', '<skipped message="shared data absent: x"/>', 2),
    ],
)
def test_a_suite_that_was_not_whole_is_noticed(journey: str, vector: str, faults: int) -> None:
    faults_of = script("suite_was_whole").faults_of
    assert len(faults_of(REPORT.format(journey=journey, vector=vector), journeys=True)) == faults
    assert faults_of("<testsuites/>", journeys=False) == ["没有一个测试真正运行。"]
