"""Tables of institutions as offices keep them, for tests; everybody in them is invented."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import xlsxwriter

from tests.ground import BAODING, ELECTRICIAN, LUBEI, WELDER, a_uscc

LUBEI_CODE, BAODING_CODE = (path.strip("/").split("/")[-1] for path in (LUBEI, BAODING))
HEADINGS = {
    "name": "评价机构名称",
    "uscc": "信用代码",
    "kind": "机构类别",
    "ownership": "隶属关系",
    "area": "所在区域",
    "address": "地址",
    "filing_number": "备案号",
    "site_code": "站点序列码",
    "filed_on": "备案时间",
    "valid_until": "有效期至",
    "occupation_code": "职业代码",
    "level": "备案等级",
}


def a_line(**told: Any) -> dict[str, Any]:
    """One good row; what is told takes its place."""
    line = {
        "name": "唐山示例钢构有限公司",
        "uscc": a_uscc(),
        "kind": "企业",
        "ownership": "民营",
        "area": LUBEI_CODE,
        "address": "路北区示例路 1 号",
        "filing_number": "唐人社备〔2022〕3号",
        "site_code": "",
        "filed_on": "2024.6.18",
        "valid_until": "2027年6月17日",
        "occupation_code": ELECTRICIAN,
        "level": "五级、四级/中级工、3",
    }
    return line | told


def going_on(**told: Any) -> dict[str, Any]:
    """A further occupation of the institution in the row above."""
    return dict.fromkeys(HEADINGS, "") | {"occupation_code": WELDER, "level": "五级"} | told


def a_table(*lines: dict[str, Any], title: str = "唐山市评价机构一览表") -> bytes:
    return a_sheet(HEADINGS, *lines, title=title)


def a_sheet(headings: dict[str, str], *lines: dict[str, Any], title: str = "一览表") -> bytes:
    """A workbook of one sheet as offices keep it: a title, the headings, the lines."""
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet("2024")
        page.write_string(0, 0, title)
        page.write_row(1, 0, list(headings.values()))
        for place, line in enumerate(lines, start=2):
            for column, key in enumerate(headings):
                page.write(place, column, line.get(key, ""))
    return out.getvalue()


SUPERVISOR_HEADINGS = {
    "name": "督导员姓名",
    "employer": "单 位",
    "competence": "督导专业",
    "phone": "联系电话",
    "card_number": "证卡号*",
    "card_valid_until": "有效期至",
    "trained_on": "安全培训时间",
}
ASSESSOR_HEADINGS = {
    "name": "考评员姓名",
    "document_number": "身份证号",
    "employer": "工作单位",
    "uscc": "统一社会信用代码",
    "grade": "类别",
    "occupations": "考评职业",
    "level": "可考评等级",
    "card_number": "考评员证号",
    "card_valid_until": "证卡有效期至",
}
SMALL = ELECTRICIAN.rsplit("-", 1)[0]


def a_supervisor_line(**told: Any) -> dict[str, Any]:
    return {
        "name": "督导甲",
        "employer": "唐山示例职业学院",
        "competence": f"{SMALL}、6-18-02-04",
        "phone": 13900000001.0,
        "card_number": "R13210077",
        "card_valid_until": "2028年6月1日",
        "trained_on": "2026.1.12",
    } | told


def an_assessor_line(**told: Any) -> dict[str, Any]:
    return {
        "name": "考评乙",
        "document_number": "130203199003071235",
        "employer": "唐山示例钢构有限公司",
        "uscc": "",
        "grade": "高级考评员",
        "occupations": ELECTRICIAN,
        "level": "五级、4/3",
        "card_number": "132100123",
        "card_valid_until": "2028-06-01",
    } | told


def supervisors(*lines: dict[str, Any]) -> bytes:
    return a_sheet(SUPERVISOR_HEADINGS, *lines, title="质量督导员名单")


def assessors(*lines: dict[str, Any]) -> bytes:
    return a_sheet(ASSESSOR_HEADINGS, *lines, title="考评人员名单")


PLAN_HEADINGS = {
    "number": "计划号",
    "title": "认定计划名称",
    "uscc": "信用代码",
    "institution": "机构名称",
    "occupation_code": "职业代码",
    "level": "认定等级",
    "held_on": "考试日期",
    "ends_on": "结束日期",
    "venue": "考试地点",
    "headcount": "人数",
    "passed": "合格人数",
}
CERTIFICATE_HEADINGS = {
    "number": "证书号码",
    "name": "持证人",
    "document_number": "身份证号",
    "occupation_name": "职业(工种)",
    "occupation_code": "职业代码",
    "level": "证书等级",
    "issuer": "发证单位",
    "uscc": "信用代码",
    "issued_on": "发证时间",
}


def a_plan_line(**told: Any) -> dict[str, Any]:
    return {
        "number": "22138800880003",
        "title": "2022 年第一批电工认定",
        "uscc": "",
        "institution": "",
        "occupation_code": ELECTRICIAN,
        "level": "四级",
        "held_on": "2022年6月18日",
        "ends_on": "",
        "venue": "路北区示例考点",
        "headcount": "36人",
        "passed": 30.0,
    } | told


def a_certificate_line(**told: Any) -> dict[str, Any]:
    """A certificate of the old qualification scheme: sixteen digits, year 2019, level 4."""
    return {
        "number": "1913022030400001",
        "name": "旧证甲",
        "document_number": "130203199003071235",
        "occupation_name": "维修电工",
        "occupation_code": "",
        "level": "四级/中级工",
        "issuer": "唐山示例职业技能鉴定所",
        "uscc": "",
        "issued_on": "2019.6.18",
    } | told


def plans(*lines: dict[str, Any]) -> bytes:
    return a_sheet(PLAN_HEADINGS, *lines, title="认定计划一览表")


def certificates(*lines: dict[str, Any]) -> bytes:
    return a_sheet(CERTIFICATE_HEADINGS, *lines, title="发证台账")


def what_was_kept(mark: str, institution: Any) -> dict[str, bytes]:
    """One small table of each further kind, as the office of a city keeps it; `mark` tells cities apart."""
    return {
        "supervisors": supervisors(a_supervisor_line(name=f"{mark}督导", card_number=f"{mark}13210077")),
        "assessors": assessors(
            an_assessor_line(name=f"{mark}考评", card_number=f"{mark}132100123", uscc=institution.uscc)
        ),
        "plans": plans(a_plan_line(number=f"{mark}2022-1", uscc=institution.uscc)),
        "certificates": certificates(
            a_certificate_line(
                number=("19" if mark == "甲" else "20") + "13022030400001",
                issued_on=f"20{'19' if mark == '甲' else '20'}-06-18",
                uscc=institution.uscc,
            )
        ),
    }
