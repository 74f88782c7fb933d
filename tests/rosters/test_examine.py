"""One upload from end to end, as a dry run."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from hengjian.rosters.checks.from_roster import Setting
from hengjian.rosters.examine import examine
from hengjian.rosters.reading import Cancelled, Unreadable
from hengjian.tables.findings import Severity
from tests.rosters.mess import make_clean, make_mess, mess_xlsx
from tests.rosters.sheets import KEY, table_of, workbook

SETTING = Setting(applied=date(2026, 11, 1), exam=date(2026, 12, 1), edition=23)


def examined(data: bytes, **options: Any) -> Any:
    return examine(data, "名册.xlsx", SETTING, key=KEY, **options)


def test_reading_and_checks_stand_in_one_list_and_one_column() -> None:
    twice = table_of({"level": "八级"}, {})
    twice.append(list(twice[2]))
    found = examined(workbook(twice))
    codes = {finding.code for finding in found.findings}
    assert {"reading.level", "rosters.duplicate_in_batch"} <= codes and not found.may_be_filed
    page = load_workbook(io.BytesIO(found.copy))["名册"]
    assert "不是技能等级" in page.cell(2, page.max_column).value
    assert "【错误】" in page.cell(4, page.max_column).value


def test_a_roster_of_every_mess_is_examined_to_its_end() -> None:
    mess = make_mess(300)
    found = examined(mess_xlsx(mess))
    assert found.reading.people == 303 and not found.may_be_filed
    assert load_workbook(io.BytesIO(found.copy)).sheetnames[0] == "一车间"


def test_the_corrected_roster_has_no_error_of_the_reading() -> None:
    found = examined(make_clean(make_mess(60)))
    assert not [f for f in found.findings if f.code.startswith("reading.") and f.severity is Severity.ERROR]


def test_progress_is_told_in_order_and_cancelling_at_any_moment_leaves_nothing(tmp_path: Path) -> None:
    data = workbook(table_of(*({} for _ in range(5))))
    stages: list[str] = []
    examined(data, progress=lambda stage, done, total: stages.append(stage))
    assert list(dict.fromkeys(stages)) == [
        "检查文件",
        "读取工作表",
        "核对各列",
        "读取完成",
        "逐项核查",
        "标注原表",
    ]
    for moment in range(len(stages)):
        left = iter([False] * moment)
        with pytest.raises(Cancelled):
            examined(data, cancelled=lambda left=left: next(left, True))
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_read_is_refused_as_one_sentence() -> None:
    with pytest.raises(Unreadable, match="PDF"):
        examined(b"%PDF-1.7")
