"""Rosters of invented people for the tests, as CSV: one candidate in order, and how others differ."""

from __future__ import annotations

from typing import Any

from hengjian.kernel.identity import resident_check_digit

COLUMNS: dict[str, str] = {
    "name": "姓名",
    "document_number": "证件号码",
    "sex": "性别",
    "birth": "出生日期",
    "education": "文化程度",
    "phone": "手机号码",
    "employer": "工作单位",
    "job": "岗位",
    "contract_begin": "劳动合同开始日期",
    "contract_end": "劳动合同终止日期",
    "occupation_name": "申报职业",
    "occupation_code": "职业编码",
    "trade": "工种",
    "level": "申报等级",
    "entry_condition": "申报条件编号",
    "years_in_occupation": "本职业年限",
    "prior_kind": "原证书种类",
    "prior_number": "原证书编号",
    "prior_level": "原证书等级",
    "prior_occupation": "原证书职业",
    "prior_date": "原证书发证日期",
    "schooling": "办学层次",
    "is_final_year": "是否应届",
    "photo": "照片",
    "de_facto_evidence": "事实劳动关系凭证",
    "exception_route": "特殊申报途径",
    "exception_basis": "特殊申报依据",
    "mismatch_reason": "岗位与职业不一致的理由",
}

STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"


def number(birth: str = "19900307", serial: int = 123) -> str:
    """A sound identity number of nobody: 河北省 code, the birth date and an odd serial for a man."""
    body = f"130203{birth}{serial:03d}"
    return body + resident_check_digit(body)


def person(place: int = 0, **differs: Any) -> dict[str, str]:
    """A candidate in order on every point, distinct by `place`, except where stated."""
    ordinary = {
        "name": f"于{STEMS[place % 10]}{BRANCHES[place % 12]}",
        "document_number": number(serial=2 * place + 1),
        "sex": "男",
        "education": "大学专科",
        "phone": f"139{place:08d}",
        "employer": "示例钢铁有限公司",
        "job": "维修电工",
        "contract_begin": "2015-07-01",
        "contract_end": "无固定期限",
        "occupation_name": "电工",
        "occupation_code": "6-31-01-03",
        "level": "四级/中级工",
        "entry_condition": "23-4-1",
        "years_in_occupation": "8",
    }
    return ordinary | {key: str(value) for key, value in differs.items()}


def csv_of(*people: dict[str, str]) -> bytes:
    """The roster as a spreadsheet program writes CSV, byte order mark included."""
    lines = [",".join(COLUMNS.values())]
    lines += [",".join(f'"{each.get(key, "")}"' for key in COLUMNS) for each in people]
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()
