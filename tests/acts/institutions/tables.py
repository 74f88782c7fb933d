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
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet("2024")
        page.write_string(0, 0, title)
        page.write_row(1, 0, list(HEADINGS.values()))
        for place, line in enumerate(lines, start=2):
            for column, key in enumerate(HEADINGS):
                page.write(place, column, line[key])
    return out.getvalue()
