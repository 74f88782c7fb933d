"""The scripts that guard the repository notice what they are for."""

from __future__ import annotations

import importlib.util
import re
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
<testcase classname="tests.production.test_d" name="test_s"/>
<testcase classname="tests.production.test_d" name="test_t">{production}</testcase>
<testcase classname="tests.rosters.test_c" name="test_z">{vector}</testcase>
</testsuite></testsuites>"""
SKIPPED = '<skipped message="not on this machine"/>'
ABSENT = '<skipped message="shared data absent: vectors/a.json"/>'


@pytest.mark.parametrize(
    ("journey", "production", "vector", "faults"),
    [("", "", "", 0), (SKIPPED, "", "", 1), ("", SKIPPED, "", 1), ("", "", ABSENT, 1), (SKIPPED, SKIPPED, ABSENT, 3)],
)
def test_a_suite_that_was_not_whole_is_noticed(journey: str, production: str, vector: str, faults: int) -> None:
    faults_of = script("suite_was_whole").faults_of
    report = REPORT.format(journey=journey, production=production, vector=vector)
    assert len(faults_of(report, folders=["journeys", "production"])) == faults
    assert faults_of("<testsuites/>") == ["没有一个测试真正运行。"]


def test_a_folder_that_was_not_collected_is_noticed() -> None:
    faults_of = script("suite_was_whole").faults_of
    assert faults_of(REPORT.format(journey="", production="", vector=""), folders=["elsewhere"])


def test_the_second_pass_clicks_through_what_asks_something_of_the_database() -> None:
    """The others would show the same there: their number is what the second pass saves."""
    command = (ROOT / "scripts/test.sh").read_text(encoding="utf-8")
    assert (
        '"(database or production) and not slow and not heavy_engine and not once and (not journey or on_both)"'
        in command
    )
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "tests/journeys").glob("test_*.py")]
    marked = sum(text.count("@pytest.mark.on_both\ndef test_") for text in texts)
    every = sum(text.count("\ndef test_") for text in texts)
    assert 6 <= marked <= every // 4, (marked, every)


ONCE = {  # walks for words, labels and buttons; `tests/pages/test_every_page.py` asks for every page on both databases
    "tests/api/test_english.py",
    "tests/house/test_empty_lists.py",
    "tests/pages/test_acts_on_pages.py",
    "tests/pages/test_english_everywhere.py",
    "tests/pages/test_no_raw_values.py",
}


def test_what_the_second_pass_leaves_out_is_known() -> None:
    found = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "tests").rglob("test_*.py")
        if re.search(r"mark\.once\b", path.read_text(encoding="utf-8")) and path.name != "test_scripts.py"
    }
    assert found == ONCE


def test_ci_insists_on_journeys_and_production_and_installs_what_they_need() -> None:
    run = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert re.search(r'^suite "[^"]*" sqlite "journeys papers" ', run, re.MULTILINE)
    assert re.search(r'suite "[^"]*" postgres "journeys papers production" ', run)
    for package in ("postgresql", "nginx", "poppler-utils"):
        assert re.search(rf"need {package} .* \|\| exit 1", run)
    assert re.search(r"^need_paper_fonts \|\| exit 1$", run, re.MULTILINE)


def test_every_commit_says_in_its_subject_what_it_does() -> None:
    commits = script("commits")
    found = {message.splitlines()[0]: wrong for message in commits.messages() if (wrong := commits.faults(message))}
    assert not found
    assert "scripts/commits.py" in (ROOT / "scripts/check.sh").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("message", "fault"),
    [
        ("Keep the list " + "x" * 72, "characters"),
        ("keep the list", "capital"),
        ("Kept the list", ""),
        ("Added a list", "order"),
        ("Adding a list", "order"),
        ("Adds a list", "order"),
        ("Add the list, wip", "half"),
        ("Add the list.", "full stop"),
        ("Add the list\nand more", "empty line"),
        ("Add the list\n\nIt costs 2 ms.", ""),
        ("Pass the list on", ""),
    ],
)
def test_a_commit_that_does_not_say_it_is_noticed(message: str, fault: str) -> None:
    found = script("commits").faults(message)
    assert fault in " ".join(found) and bool(found) == bool(fault)
