"""`hengjian roster check` and `hengjian sample-plan` as scripts meet them: words, JSON and exit status."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from hengjian.cli.main import main
from hengjian.cli.roster import run
from hengjian.rosters import civil
from hengjian.rosters.checks.from_roster import Setting
from hengjian.rosters.checks.roster import check_roster
from hengjian.rosters.checks.tables import arrow
from hengjian.rosters.reading.roster import read_roster
from tests.rosters.people import csv_of, number, person

DATES = ["--applied", "2026-11-01", "--exam-date", "2026-12-01", "--edition", "23"]
PLAN = ["--occupation", "6-31-01-03", "--level", "4"]


def _file(folder: Path, *people: dict[str, str]) -> str:
    path = folder / "名册.csv"
    path.write_bytes(csv_of(*people))
    return str(path)


def _check(folder: Path, capsys: pytest.CaptureFixture[str], *people: dict[str, str], more: Any = ()) -> Any:
    status = main(["roster", "check", _file(folder, *people), *DATES, *PLAN, "--json", *more])
    answer = json.loads(capsys.readouterr().out)
    assert (status == 0) == answer["may_be_filed"]
    return answer


def test_a_roster_in_order_is_answered_yes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = _check(tmp_path, capsys, person(0), person(1))
    assert answer["counts"] == {"error": 0, "warning": 0, "note": 0}
    assert answer["people"] == 2
    assert answer["verification"]["mode"] == "full"


@pytest.mark.parametrize(
    ("differs", "code", "column"),
    [
        ({"birth": "1990-03-08"}, "rosters.birth_differs", "birth"),
        ({"sex": "女"}, "rosters.sex_differs", "sex"),
        ({"document_number": number("20110307")}, "rosters.age_below", "birth"),
        ({"document_number": number("19600307")}, "rosters.age_remarkable", "birth"),
        ({"trade": "高空作业机械操作工"}, "rosters.trade_foreign", "trade"),
        ({"contract_begin": "", "contract_end": ""}, "rosters.contract_missing", "contract_begin"),
        ({"contract_begin": "2026-11-02"}, "rosters.contract_late", "contract_begin"),
        ({"contract_end": "2026-11-30"}, "rosters.contract_ended", "contract_end"),
        (
            {"contract_begin": "", "contract_end": "", "de_facto_evidence": "社保"},
            "rosters.de_facto_evidence",
            "de_facto_evidence",
        ),
        ({"years_in_occupation": "4.5"}, "rosters.entry_conditions", "level"),
        ({"level": "三级/高级工"}, "rosters.outside_plan", "occupation_name"),
        ({"occupation_name": "焊工"}, "rosters.occupation_name", "occupation_name"),
        ({"occupation_code": "6-99-99-99"}, "rosters.occupation_unknown", "occupation_code"),
        ({"job": "会计"}, "rosters.occupation_unrelated", "job"),
        ({"job": "会计", "mismatch_reason": "转岗培训"}, "rosters.occupation_excused", "mismatch_reason"),
        ({"prior_number": "12345"}, "rosters.prior_number", "prior_number"),
        (
            {"prior_number": "Y000013000001214000123", "prior_level": "五级"},
            "rosters.prior_number_differs",
            "prior_number",
        ),
        ({"prior_level": "三级"}, "rosters.prior_level", "prior_level"),
        ({"prior_level": "五级", "prior_occupation": "焊工"}, "rosters.prior_occupation", "prior_occupation"),
        ({"prior_level": "五级", "prior_date": "2026-11-02"}, "rosters.prior_date", "prior_date"),
        ({"exception_route": "竞赛获奖"}, "rosters.exception_basis", "exception_basis"),
        (
            {"exception_route": "竞赛获奖", "exception_basis": "省赛第二名"},
            "rosters.exception_used",
            "exception_route",
        ),
    ],
)
def test_a_fault_in_the_file_is_found_at_its_row_and_cell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], differs: dict[str, str], code: str, column: str
) -> None:
    answer = _check(tmp_path, capsys, person(0), person(1, **differs))
    found = [finding for finding in answer["findings"] if finding["code"] == code]
    assert [(finding["row"], finding["column"]) for finding in found] == [(3, column)]
    assert all(finding["clause"] and finding["message"] and finding["remedy"] for finding in found)


def test_a_missing_photo_is_found_where_others_have_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = _check(tmp_path, capsys, person(0, photo="a.jpg"), person(1))
    assert [(f["row"], f["code"]) for f in answer["findings"]] == [(3, "rosters.photo_missing")]


def test_a_refusal_names_the_closest_row_and_the_day(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = _check(tmp_path, capsys, person(years_in_occupation="4.5"))
    (finding,) = answer["findings"]
    assert "最接近的是第 23-4-1 项" in finding["message"]
    assert finding["remedy"] == "再从事本职业或相关职业工作 5 个月：自 2027-05-01 起符合条件。"


def test_a_duplicate_names_the_row_of_the_spreadsheet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    same = number(serial=9)
    answer = _check(tmp_path, capsys, person(0), person(1, document_number=same), person(2, document_number=same))
    (finding,) = answer["findings"]
    assert (finding["code"], finding["row"]) == ("rosters.duplicate_in_batch", 4)
    assert "与第 3 行为同一人" in finding["message"]


def test_a_cell_that_could_not_be_read_is_not_judged_twice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = number()[:-1] + ("0" if number()[-1] != "0" else "1")
    answer = _check(tmp_path, capsys, person(document_number=wrong))
    assert [f["code"].split(".")[0] for f in answer["findings"] if f["column"] == "document_number"] == ["reading"]


def test_a_person_reads_a_summary(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "加注.xlsx"
    status = main(["roster", "check", _file(tmp_path, person(0), person(1, job="会计")), *DATES, "--out", str(out)])
    words = capsys.readouterr().out
    assert status == 1
    assert "2 人；错误 1 条，提醒 0 条，说明 0 条。有错误的行改正之前，名册不能提交。" in words
    assert "第 3 行 岗位【错误】申报职业 6-31-01-03 与所填岗位、专业、工种均不一致。" in words
    assert "核查方式：全面核查。本批次 2 人，不超过 25 人，逐份全面核查。" in words
    assert out.read_bytes()[:2] == b"PK"


def test_what_is_known_besides_is_checked_too() -> None:
    """The register and other employers, by the person keys of one installation."""
    key = b"k" * 32
    reading = read_roster(csv_of(person(0), person(1)), "r.csv", key=key)
    first, second = reading.table["person_key"].to_pylist()
    beside = {
        "certificates": arrow(
            "certificates",
            [{"person_key": first, "occupation": 6310103, "level": 3, "issued": civil.civil(date(2020, 1, 1))}],
        ),
        "employment": arrow("employment", [{"person_key": second, "employer": 1, "ends": civil.OPEN}]),
    }
    setting = Setting(date(2026, 11, 1), date(2026, 12, 1), 23)
    found = check_roster(reading.table, reading.findings, setting, beside=beside)
    assert [(f.row, f.code) for f in found] == [(2, "rosters.level_held"), (3, "rosters.two_employers")]


def test_a_snapshot_folder_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pq.write_table(arrow("related", [{"kind": 4, "key": 6180204, "occupation": 6310103}]), tmp_path / "related.parquet")
    foreign = person(prior_level="五级", prior_occupation="焊工")
    assert _check(tmp_path, capsys, foreign)["counts"]["warning"] == 1
    assert _check(tmp_path, capsys, foreign, more=["--known", str(tmp_path)])["counts"]["warning"] == 0


def test_a_plan_number_speaks_through_the_hook(tmp_path: Path) -> None:
    import argparse

    from hengjian.cli.answer import WrongUsage
    from hengjian.cli.main import build_parser
    from hengjian.cli.planned import Planned

    arguments: argparse.Namespace = build_parser("roster").parse_args(
        ["roster", "check", _file(tmp_path, person()), "--plan", "26130000010001"]
    )
    setting = Setting(date(2026, 11, 1), date(2026, 12, 1), 23, occupation=6180204, level=4)
    answer = run(arguments, lambda number, *_: Planned(setting) if number == "26130000010001" else None)
    assert not answer.ok
    assert [f["code"] for f in answer.data["findings"]] == ["rosters.outside_plan"]
    with pytest.raises(WrongUsage, match="没有编号为 26130000010001 的认定计划"):
        run(arguments, lambda *_: None)


@pytest.mark.parametrize(
    "words",
    [
        ["roster", "check", "nowhere.csv", *DATES],
        ["roster", "check"],
        ["roster"],
        ["sample-plan", "--lot", "none"],
        ["sample-plan"],
        ["sample-plan", "--lot", "9", "--level", "IV"],
    ],
)
def test_wrong_usage_ends_with_two(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    assert capsys.readouterr().err


def test_wrong_occupations_and_dates_are_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    roster = _file(tmp_path, person())
    assert main(["roster", "check", roster, *DATES, "--occupation", "电工"]) == 2
    assert "应形如 6-31-01-03" in capsys.readouterr().err
    assert main(["roster", "check", roster, "--applied", "2026-12-02", "--exam-date", "2026-12-01"]) == 2
    assert "申报日期不能晚于考试日期" in capsys.readouterr().err


def test_a_file_that_is_no_roster_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    assert main(["roster", "check", str(path), *DATES]) == 1
    assert "没有找到表头" in capsys.readouterr().out


def test_the_plan_of_a_lot_is_printed_and_given_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    words = [
        "sample-plan",
        "--lot",
        "120",
        "--aql",
        "1.0",
        "--level",
        "II",
        "--severity",
        "normal",
        "--on",
        "2026-11-01",
    ]
    assert main(words) == 0
    assert "抽取 13 份，接收数 Ac 0，拒收数 Re 1" in capsys.readouterr().out
    assert main([*words, "--json", "--curve"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["n"], answer["ac"], answer["re"], answer["edition"]) == (13, 0, 1, "GB/T 2828.1-2012")
    assert answer["curve"][0] == {"bad": 0, "share": 0.0, "accepted": 1.0}


def test_defaults_come_from_the_policies(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sample-plan", "--lot", "600", "--json", "--on", "2026-11-01"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["aql"], answer["level"], answer["n"], answer["ac"]) == ("1.0", "II", 80, 2)


def test_zero_acceptance_gives_its_exact_risk(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sample-plan", "--lot", "60", "--zero-acceptance", "--json", "--on", "2026-11-01"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["bad"], answer["n"]) == (6, 23)
    assert answer["risk"] <= 0.05 and "/" in answer["exact"]


def test_reduced_inspection_is_refused_with_its_clause(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sample-plan", "--lot", "600", "--severity", "reduced", "--json", "--on", "2026-11-01"]) == 1
    refused = json.loads(capsys.readouterr().out)["refused"]
    assert refused["code"] == "sampling.reduced_off"
    assert "9.3.3" in refused["clause"] and refused["remedy"]
