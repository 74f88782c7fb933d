"""`hengjian roster check --plan`: the plan speaks for the batch, and what the house knows of its people counts."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hengjian.cli.main import main
from hengjian.plans.models import Plan
from tests.world import Province, Wanted, a_filed_institution, a_filed_plan
from tests.world_after import Person, a_person, a_roster_file, a_rostered_batch

At = Callable[[object], None]
ELECTRICIANS = (Wanted(occupation_code="6-31-01-03", level="4", headcount=5),)


def _check(
    folder: Path, capsys: pytest.CaptureFixture[str], plan: Plan, people: list[Person], *more: str
) -> tuple[int, Any]:
    path = folder / "名册.csv"
    path.write_bytes(a_roster_file(plan.batches.order_by("pk").first(), people))
    status = main(["roster", "check", str(path), "--plan", str(plan.number), "--json", *more])
    return status, json.loads(capsys.readouterr().out or "null")


def test_the_plans_batch_gives_dates_occupation_and_level(
    province: Province, at: At, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at("2026-05-06T09:00")
    status, answer = _check(tmp_path, capsys, a_filed_plan(batches=ELECTRICIANS), [a_person("王知行")])
    assert (status, answer["findings"], answer["people"]) == (0, [], 1)


def test_a_person_enrolled_elsewhere_is_recognised(
    province: Province, at: At, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at("2026-05-06T09:00")
    person = a_person("王知行")
    rostered = a_rostered_batch(people=[person])
    other = a_filed_plan(
        institution=a_filed_institution(),
        batches=(Wanted(occupation_code=rostered.occupation_code, level=rostered.level, headcount=5),),
    )
    status, answer = _check(tmp_path, capsys, other, [person])
    assert status == 1
    assert "rosters.two_batches" in [finding["code"] for finding in answer["findings"]]


def test_a_plan_with_several_batches_asks_which_one_is_meant(
    province: Province, at: At, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at("2026-05-06T09:00")
    plan = a_filed_plan(batches=(*ELECTRICIANS, Wanted(occupation_code="6-31-01-03", level="5", headcount=5)))
    path = tmp_path / "名册.csv"
    path.write_bytes(a_roster_file(plan.batches.get(level="4"), [a_person("王知行")]))
    assert main(["roster", "check", str(path), "--plan", str(plan.number)]) == 2
    assert "请用 --occupation、--level 指明其中一个" in capsys.readouterr().err
    assert main(["roster", "check", str(path), "--plan", str(plan.number), "--level", "4"]) == 0
    assert main(["roster", "check", str(path), "--plan", "00000000000000"]) == 2
    assert "没有编号为 00000000000000 的认定计划" in capsys.readouterr().err
