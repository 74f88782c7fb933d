"""What `hengjian new` writes passes the house tests as it stands; and what it costs to add a thing is counted here."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT

ACT_FILES, ACT_LINES, CHECK_FILES, CHECK_LINES, ROOM_EDITS = 4, 80, 2, 40, 3  # said in docs/architecture.md
POLICY_FILES = {
    "policies/plans.toml",
    "policies/plans.cases.toml",
    "src/hengjian/plans/policies.py",
    "tests/law/values.py",
}
NEW = (
    ("act", "plans.pause_plan", "--title", "暂停认定计划", "--english", "Pause a plan", "--on", "Plan"),
    ("policy", "plans.pause_days_max", "--title", "暂停天数上限", "--unit", "天", "--value", "30"),
    ("check", "age_above", "--title", "出生日期晚于申报"),
    ("room", "training", "--title", "培训", "--english", "Training"),
)
HOUSE_TESTS = (
    "test_acts.py",
    "test_law.py",
    "test_layers.py",
    "test_rooms.py",
    "test_writes.py",
    "test_sizes.py",
    "test_states.py",
)


def _ran(checkout: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": f"{checkout}/src:{checkout}", "HENGJIAN_VAR": str(checkout / "var")}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tracked files, in which the new things are made."""
    folder = tmp_path_factory.mktemp("checkout")
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for name in listed.stdout.splitlines():
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    subprocess.run(["git", "add", "-A"], cwd=folder, check=True)
    return folder


def _lines_added(checkout: Path) -> dict[str, int]:
    subprocess.run(["git", "add", "-AN"], cwd=checkout, check=True)
    told = subprocess.run(["git", "diff", "--numstat"], cwd=checkout, capture_output=True, text=True, check=True)
    return {line.split("\t")[2]: int(line.split("\t")[0]) for line in told.stdout.splitlines()}


def test_a_new_act_policy_check_and_room_pass_the_house_tests_as_written(checkout: Path) -> None:
    cost: dict[str, dict[str, int]] = {}
    for words in NEW:
        made = _ran(checkout, sys.executable, "-m", "hengjian.cli", "new", *words)
        assert made.returncode == 0, made.stderr
        cost[words[0]] = _lines_added(checkout)
        subprocess.run(["git", "add", "-A"], cwd=checkout, check=True)
    assert len(cost["act"]) <= ACT_FILES and sum(cost["act"].values()) <= ACT_LINES
    assert len(cost["check"]) == CHECK_FILES and sum(cost["check"].values()) <= CHECK_LINES
    assert len([name for name in cost["room"] if "/training/" not in name and not name.endswith(".po")]) <= ROOM_EDITS
    for command in (("-m", "hengjian.cli", "docs"), ("-m", "tests.house.review")):
        done = _ran(checkout, sys.executable, *command)
        assert done.returncode == 0, done.stderr[-2000:]
    tests = [f"tests/house/{name}" for name in HOUSE_TESTS]
    assert set(cost["policy"]) == POLICY_FILES
    own = ["tests/kernel/test_policy_cases.py", "tests/acts/plans/test_pause_plan.py", "tests/rosters/test_checks.py"]
    held = _ran(
        checkout, sys.executable, "-m", "pytest", "-q", "-n", "0", "-k", "not spark and not clickhouse", *tests, *own
    )
    assert held.returncode == 0, held.stdout[-4000:]


def test_a_new_policy_has_its_place_among_what_is_shown_and_fails_until_it_is_named(checkout: Path) -> None:
    asked = "import django; django.setup(); from tests.law.values import PLAIN; PLAIN['plans.pause_days_max']()"
    environment = "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'hengjian.settings'; "
    told = _ran(checkout, sys.executable, "-c", environment + asked)
    assert told.returncode == 1
    assert "NotImplementedError: name here what comes out otherwise" in told.stderr, told.stderr[-2000:]


def test_what_is_there_is_not_written_over(checkout: Path) -> None:
    again = _ran(checkout, sys.executable, "-m", "hengjian.cli", "new", "check", "age_below")
    assert again.returncode == 2 and "已经有了" in again.stderr
