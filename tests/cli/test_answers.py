"""What the commands answer: dates, numbers, draws; each yes and each no with its reason."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hengjian.kernel import draw
from tests.cli.running import Hengjian
from tests.shared import shared


@pytest.mark.django_db
def test_five_working_days_across_the_national_holiday(run: Hengjian) -> None:
    ran = run("workdays", "2026-09-28", "5", "--json")
    assert ran.status == 0
    assert ran.data["date"] == "2026-10-10"
    assert ran.data["counted"] == ["2026-09-29", "2026-09-30", "2026-10-08", "2026-10-09", "2026-10-10"]
    assert not ran.data["provisional"]


@pytest.mark.django_db
def test_a_year_without_a_notice_is_provisional(run: Hengjian) -> None:
    ran = run("workdays", "2030-01-02", "3")
    assert ran.status == 0
    assert "暂定" in ran.out


@pytest.mark.django_db
def test_a_year_entered_by_an_officer_counts_on_the_command_line(run: Hengjian) -> None:
    from hengjian.authorities.acts.enter_calendar_year import load_calendar
    from hengjian.kernel.actor import OPERATOR

    load_calendar(OPERATOR, years=(2025, 2026), source="通知")
    assert run("workdays", "2024-05-06", "1", "--json").data["provisional"], "2024 is not in this installation"
    assert not run("workdays", "2026-05-06", "1", "--json").data["provisional"]


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("11010519491231002X",), 0, "有效"),
        (("110105194912310021",), 1, "校验码"),
        (("110105194902310028",), 1, "不存在"),
        (("91110000600037341L",), 0, "有效"),
        (("91110000600037341M",), 1, "校验码"),
        (("11010519491231002X", "--kind", "uscc"), 1, ""),
    ],
)
def test_identity_numbers_are_valid_or_say_why_not(
    run: Hengjian, words: tuple[str, ...], status: int, said: str
) -> None:
    ran = run("id", "check", *words)
    assert (ran.status, said in ran.out) == (status, True)


def test_a_persons_number_is_never_printed_whole(run: Hengjian) -> None:
    for extra in ((), ("--json",)):
        assert "11010519491231002X" not in run("id", "check", "11010519491231002X", *extra).out


def test_a_certificate_number_has_seven_parts(run: Hengjian) -> None:
    ran = run("certificate-number", "parse", "Y0001 13 000001 26 5 000001", "--json")
    assert ran.status == 0
    assert ran.data["parts"] == {
        "class_letter": "Y",
        "organisation": "0001",
        "province": "13",
        "site": "000001",
        "year": "26",
        "level": "5",
        "serial": "000001",
    }


@pytest.mark.parametrize(
    ("number", "part"),
    [("Q000113000001265000001", "class_letter"), ("Y000199000001265000001", "province"), ("Y0001", "")],
)
def test_a_wrong_certificate_number_names_the_part(run: Hengjian, number: str, part: str) -> None:
    ran = run("certificate-number", "parse", number, "--json")
    assert (ran.status, ran.data["part"]) == (1, part)
    assert ran.data["clause"]


def cases() -> list[dict[str, Any]]:
    return json.loads(shared("vectors/draw_draw1_cases.json").read_text(encoding="utf-8"))["cases"]


def test_published_vectors_are_computed(run: Hengjian, tmp_path: Path) -> None:
    for number, case in enumerate(cases()):
        file = tmp_path / f"{number}.json"
        file.write_text(json.dumps(case), encoding="utf-8")
        ran = run("draw", "compute", str(file), "--json")
        assert ran.data["targets"] == case["targets"] and ran.data["teams"] == case["teams"]
        assert ran.data["prk"] == case["prk"]
        assert ran.status == (0 if case["teams"] is not None else 1)


def a_published_draw() -> dict[str, Any]:
    from tests.kernel.draws import manifest, published

    return published(manifest())


def test_a_published_draw_is_verified_and_a_changed_one_is_not(run: Hengjian, tmp_path: Path) -> None:
    whole = a_published_draw()
    file = tmp_path / "draw.json"
    file.write_text(json.dumps(whole), encoding="utf-8")
    assert run("draw", "verify", str(file)).status == 0
    changed = json.loads(json.dumps(whole))
    changed["result"]["targets"] = [*reversed(changed["result"]["targets"]), "X"]
    file.write_text(json.dumps(changed), encoding="utf-8")
    ran = run("draw", "verify", str(file), "--json")
    assert (ran.status, ran.data["valid"]) == (1, False)
    assert ran.data["problems"] == draw.verify(changed)


def test_where_leads_from_a_word_to_value_rule_act_test_and_clause(run: Hengjian) -> None:
    ran = run("where", "公示", "期限", "--json")
    assert ran.status == 0
    (found,) = [policy for policy in ran.data["policies"] if policy["key"] == "results.notice_working_days"]
    assert found["file"].startswith("policies/results.toml:")
    assert found["clause"]
    acts = {act["code"]: act for act in found["acts"]}
    assert acts["results.open_notice"]["file"].startswith("src/hengjian/results/acts/open_notice.py:")
    assert acts["results.open_notice"]["tests"]
    assert any(rule["code"] == "results.closing_day_has_passed" for rule in found["rules"])


def test_where_finds_an_act_by_its_code_and_nothing_by_nonsense(run: Hengjian) -> None:
    assert "results.open_notice" in run("where", "results.open_notice").out
    ran = run("where", "没有这样的词")
    assert (ran.status, "没有找到" in ran.out) == (1, True)
