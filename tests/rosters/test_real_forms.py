"""Headings and values that real clerks write: read, or named with the reason why not; none is passed over in silence."""

from __future__ import annotations

import pytest

from hengjian.rosters.columns import BY_KEY
from hengjian.rosters.reading import read_roster
from hengjian.rosters.reading.header import key_of, why_unread
from tests.rosters.sheets import PERSON, noticed, one, workbook

# heading → the column it is read as; an empty one must have its reason
HEADINGS: dict[str, str] = {
    "考生来源": "", "户籍所在地": "", "户口性质": "", "通讯地址": "", "电子邮箱": "", "邮政编码": "", "政治面貌": "",
    "参加工作时间": "", "职务": "", "培训机构": "", "培训起止": "", "培训学时": "",
    "已获职业资格名称": "prior_occupation", "职业资格等级": "prior_level", "获证日期": "prior_date", "证书号码": "prior_number",
    "原证书发证单位": "", "准考证号": "", "毕业证编号": "", "学制": "", "合同起止日期": "contract_term",
    "从事本职业工作年限": "years_in_occupation", "从事本工种专业年限": "years_in_occupation", "认定级别": "level",
    "报考级别": "level", "报考等级": "level", "申报认定职业": "occupation_name", "工种/职业方向名称": "trade",
    "现职业等级": "prior_level", "现技能等级": "prior_level", "原级别": "prior_level", "身份证件号": "document_number",
    "最后学历": "education", "部门": "job", "车间": "job", "岗位工种": "job", "部门/车间": "job", "从事工种": "job",
    "工龄": "years_in_occupation", "补考科目": "parts", "是否补考": "exam_kind", "理论考试": "theory_sitting",
    "实操考试": "practical_sitting", "综合": "review_sitting", "外语": "", "①姓名": "name", "1.姓名": "name", "2、姓名": "name",
    "姓名Name": "name", "姓名 Name": "name", "身份證號碼": "document_number", "聯繫電話": "phone", "學歷": "education",
    "工作單位": "employer", "申報等級": "level", "備註": "remark", "申報職業": "occupation_name", "畢業院校": "school",
    "发证日期": "", "证书编号": "", "理论成绩": "", "实操成绩": "",
}  # fmt: skip

# column, what is written, what it is read as; None: named with the reason
VALUES: list[tuple[str, str, object]] = [
    ("education", "高技", "47"), ("education", "中技", "47"), ("education", "中职", "41"), ("education", "高级技工学校", "47"),
    ("education", "技师学院", "47"), ("education", "函授大专", "30"), ("education", "专升本", "20"),
    ("education", "大专及以上", None), ("education", "高中/中专", None),
    ("document_type", "香港证件", None), ("document_type", "澳门证件", None), ("document_type", "台湾证件", None),
    ("document_type", "外国护照", "08"), ("document_type", "士官证", "02"), ("document_type", "士兵证", "02"),
    ("parts", "外语", None), ("parts", "答辩", "review"), ("parts", "机考", None), ("parts", "业绩评审", "review"),
    ("parts", "理论知识考试、技能操作考核", "theory+practical"),
    ("level", "初级技能", 5), ("level", "中级技能", 4), ("level", "高级技能", 3), ("level", "国家职业资格五级/初级技能", 5),
    ("level", "二级技师", 2), ("level", "三级工", 3),
    ("schooling", "全日制", None), ("schooling", "函授", None), ("schooling", "高技", "senior_technical"),
    ("prior_kind", "技术等级证", None), ("prior_kind", "特种作业操作证", None),
    ("exam_kind", "首次", "first"), ("exam_kind", "理论补考", "resit"),
    ("is_final_year", "✓", True), ("is_final_year", "在读", None), ("is_final_year", "毕业", False),
]  # fmt: skip


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_heading_is_read_or_named_with_the_reason(heading: str) -> None:
    key = HEADINGS[heading]
    assert key_of(heading) == key
    if not key:
        assert why_unread(heading)
        rows = [["姓名", "身份证号", heading], [PERSON.name, PERSON.number, "某值"]]
        said = [f.message for f in noticed(read_roster(workbook(rows)))]
        assert any(heading in message and "没有读取：" in message for message in said)


@pytest.mark.parametrize(("column", "written", "value"), VALUES, ids=lambda value: str(value))
def test_a_value_is_read_or_named_with_the_reason(column: str, written: str, value: object) -> None:
    papers = {"document_number": "1234567"} if column == "document_type" else {}
    found = one(**{column: written}, **papers)
    assert found[column] == value
    if value is None:
        assert "没有读取：" in found.finding(column).message and BY_KEY[column].title
    else:
        assert found.codes(column) == []


def test_a_resit_of_one_part_is_a_resit_of_that_part() -> None:
    found = one(exam_kind="理论补考")
    assert (found["exam_kind"], found["parts"]) == ("resit", "theory")


@pytest.mark.parametrize("number", ["南字第01234567号", "军字第1234567号", "1234567"])
def test_the_number_of_a_military_card_is_one(number: str) -> None:
    found = one(document_type="军官证", document_number=number)
    assert found["document_number"] == number and found["id_ok"] and found.codes("document_number") == []


@pytest.mark.parametrize(
    ("written", "begin", "end"),
    [
        ("2015-07-01至2025-06-30", "2015-07-01", "2025-06-30"),
        ("2015.7.1-2025.6.30", "2015-07-01", "2025-06-30"),
        ("2015年7月1日—无固定期限", "2015-07-01", None),
        ("2015/7/1~2025/6/30", "2015-07-01", "2025-06-30"),
        ("自2015年7月1日起至2025年6月30日止", "2015-07-01", "2025-06-30"),
        ("20150701-20250630", "2015-07-01", "2025-06-30"),
    ],
)
def test_a_term_in_one_cell_is_two_dates(written: str, begin: str, end: str | None) -> None:
    found = one(contract_begin="", contract_end="", contract_term=written)
    assert str(found["contract_begin"]) == begin
    assert (str(found["contract_end"]) if end else found["contract_end_precision"]) == (end or "open")


def test_a_term_that_is_none_is_said() -> None:
    assert one(contract_begin="", contract_end="", contract_term="三年").codes("contract_term") == ["term"]


def test_the_photo_named_after_person_and_number_is_a_photo() -> None:
    assert one(photo=f"{PERSON.name}_{PERSON.number}.jpg").codes("photo") == []
