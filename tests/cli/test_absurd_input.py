"""Whatever is typed, a command answers with a sentence and the promised status; a traceback is a fault of the house."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hengjian.cli.main import main
from tests.cli.running import Hengjian
from tests.shared import shared

ABSURD = [
    ("workdays", "9999-12-30", "5"),
    ("workdays", "2026-01-05", "999999999999"),
    ("workdays", "0001-01-01", "²"),
    ("sample-plan", "--lot", "10", "--on", "1990-01-01"),
    ("sample-plan", "--lot", "²"),
    ("sample-plan", "--lot", "10", "--aql", "abc"),
    ("sample-plan", "--lot", "10", "--edition", "nonsense"),
    ("id", "check", ""),
    ("id", "check", "\ud800"),
    ("certificate-number", "parse", "９" * 5000),
    ("draw", "compute", "/"),
    ("log", "verify-receipt", "/"),
    ("where", "\x00"),
    ("where", "(((["),
    ("roster", "check", "/dev/null"),
    ("roster", "check", "/dev/null", "--exam-date", "2018-06-01"),
    ("roster", "check", "/dev/null", "--out", "/no/such/folder/copy.xlsx"),
    ("demo",),
]


@pytest.mark.django_db
@pytest.mark.parametrize("words", ABSURD, ids=lambda words: " ".join(words)[:40].encode("unicode_escape").decode())
def test_absurd_input_is_answered_with_a_sentence(run: Hengjian, words: tuple[str, ...]) -> None:
    ran = run(*words)
    assert ran.status in (0, 1, 2)
    if ran.status:
        assert "Traceback" not in ran.out + ran.err
        assert any("\u4e00" <= sign <= "\u9fff" for sign in ran.out + ran.err), ran.out + ran.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("workdays", "soon", "3"), "日期"),
        (("workdays",), "缺少参数"),
        (("workdays", "2026-01-05", "5", "--loud"), "不认识的参数"),
        (("sample-plan", "--lot"), "须给出一个值"),
        (("sample-plan", "--lot", "5", "--severity", "cruel"), "可用"),
        (("nonsense",), "没有"),
    ],
)
def test_wrong_usage_is_said_in_chinese(run: Hengjian, words: tuple[str, ...], said: str) -> None:
    ran = run(*words)
    assert ran.status == 2
    assert said in ran.err and "用法" in ran.err
    assert "error" not in ran.err and "usage" not in ran.err


def test_a_day_before_the_law_is_refused_with_a_sentence(run: Hengjian) -> None:
    ran = run("sample-plan", "--lot", "10", "--on", "1990-01-01")
    assert ran.status == 1 and "尚无规定" in ran.out


@pytest.mark.parametrize(
    ("value", "said"),
    [("13020311910307123X", "不可能"), ("130203202703071230", "晚于今天"), ("130229-19770122-5574", "居民身份证")],
)
def test_a_number_nobody_can_have_is_not_valid(run: Hengjian, value: str, said: str) -> None:
    ran = run("id", "check", value)
    assert said in ran.out


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=8), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["manifest", "secrets", "code", "beacon", "result", "targets", "people", "seats", "reveals", "one_time_code", "version"]), inner, max_size=5), max_leaves=12))  # fmt: skip
def test_a_draw_of_any_form_is_computed_or_refused(tmp_path: Path, content: object) -> None:
    file = tmp_path / "draw.json"
    file.write_text(json.dumps({"manifest": content} if not isinstance(content, dict) else content), "utf-8")
    for part in ("compute", "verify"):
        assert main(["draw", part, str(file)]) in (1, 2)


def test_the_example_draws_broken_at_any_place_are_refused(tmp_path: Path) -> None:
    whole = json.loads(shared("vectors/draw_draw1_cases.json").read_text("utf-8"))
    case = (whole.get("cases") or whole.get("vectors") or next(iter(whole.values())))[0]
    given_ = case.get("input", case)
    for name in list(given_):
        broken = {key: value for key, value in given_.items() if key != name} | {name: None}
        file = tmp_path / f"{name}.json"
        file.write_text(json.dumps(broken), "utf-8")
        assert main(["draw", "compute", str(file)]) in (0, 1, 2)
