"""The official template of the roster, made from the one specification: drop-downs, notes, an example, and the help.

A batch may be given: then its plan, occupation and level stand in the title, and occupation and level are filled in by choice.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

import xlsxwriter

from hengjian.kernel.words import in_words, say
from hengjian.rosters.columns import TEMPLATE, Column, Kind
from hengjian.rosters.help import FORMATS, help_rows, note_of
from hengjian.tables.markup import column_letters
from hengjian.tables.outgoing import FONT
from hengjian.tables.tongues import sheet_name, sheet_reference

ROWS = 2_000
HEADER = 2  # from 0: title, remark, header
_FIRST = HEADER + 1
_INLINE = 200  # a drop-down written in the sheet itself holds 255 characters
_TEXT_KINDS = frozenset({Kind.IDENTITY, Kind.PHONE, Kind.NUMBER, Kind.OCCUPATION_CODE, Kind.DATE, Kind.TEXT, Kind.NAME})
REMARK = "带 * 的栏目必填，其余按各栏批注填写；请勿更改表头文字。证件号码、手机号码请以文本填写。“填写示例”“填写说明”两页不会被读取。"


@dataclass(frozen=True)
class BatchHeading:
    """What the template says about the batch it is made for."""

    plan_number: str = ""
    institution: str = ""
    occupation_name: str = ""
    occupation_code: str = ""
    level: str = ""
    conditions: tuple[tuple[str, str], ...] = ()  # number and words of each entry condition of the level

    @property
    def title(self) -> str:
        told = " ".join(part for part in (self.institution, self.occupation_name, self.level) if part)
        return say("职业技能等级认定申报名册（{of}）", of=told) if told else "职业技能等级认定申报名册"

    def choice(self, key: str) -> str:
        return {
            "occupation_name": self.occupation_name,
            "occupation_code": self.occupation_code,
            "level": self.level,
        }.get(key, "")

    def example(self, column: Column) -> str:
        """What stands in the example: of this batch's trade, and of no other."""
        if not self.occupation_name:
            return column.example
        own = {
            "job": self.occupation_name,
            "prior_occupation": self.occupation_name,
            "employer": self.institution,
            "major": "",
            "entry_condition": self.conditions[0][0] if self.conditions else column.example,
        }
        return self.choice(column.key) or own.get(column.key, column.example)


def template(batch: BatchHeading | None = None) -> bytes:
    """The template as .xlsx, in the reader's language; what may be chosen stays in the words that are read."""
    heading = batch or BatchHeading()
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        formats = _formats(book)
        roster = book.add_worksheet(sheet_name("名册"))
        example = book.add_worksheet(sheet_name("填写示例"))
        explained = book.add_worksheet(sheet_name("填写说明"))
        codes = book.add_worksheet(sheet_name("代码表"))
        ranges = _write_codes(codes, formats)
        if heading.conditions:
            ranges["entry_condition"] = _write_conditions(book.add_worksheet(sheet_name("申报条件")), heading, formats)
        _write_roster(roster, heading, formats, ranges)
        _write_example(example, heading, formats)
        _write_help(explained, formats)
    return out.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    font = {"font_name": FONT, "font_size": 11, "valign": "vcenter"}
    frame = {"border": 1, "border_color": "#C5CCD6"}
    head = {**font, **frame, "bold": True, "align": "center", "text_wrap": True}
    return {
        "title": book.add_format({**font, "bold": True, "font_size": 16, "align": "left"}),
        "remark": book.add_format({**font, "font_color": "#4A5568", "font_size": 10, "text_wrap": True}),
        "required": book.add_format({**head, "bg_color": "#DCE6F2", "font_color": "#12355B"}),
        "head": book.add_format({**head, "bg_color": "#F1F3F6", "font_color": "#2D3748"}),
        "text": book.add_format({**font, "num_format": "@"}),
        "plain": book.add_format(font),
        "body": book.add_format({**font, **frame, "num_format": "@"}),
        "wrap": book.add_format({**font, **frame, "text_wrap": True, "valign": "top", "font_size": 10}),
    }


def heading_of(column: Column) -> str:
    return f"{in_words(column.title)}*" if column.always_required else in_words(column.title)


def _write_heading(page: Any, title: str, remark: str, formats: dict[str, Any]) -> None:
    last = len(TEMPLATE) - 1
    page.set_row(0, 30)
    page.set_row(1, 20)
    page.set_row(HEADER, 34)
    page.merge_range(0, 0, 0, last, in_words(title), formats["title"])
    page.merge_range(1, 0, 1, last, in_words(remark), formats["remark"])
    for place, column in enumerate(TEMPLATE):
        page.write_string(HEADER, place, heading_of(column), formats["required" if column.always_required else "head"])
    page.freeze_panes(_FIRST, 2)


def _write_roster(page: Any, heading: BatchHeading, formats: dict[str, Any], ranges: dict[str, str]) -> None:
    remark = (
        say("认定计划：{number}。{remark}", number=heading.plan_number, remark=REMARK)
        if heading.plan_number
        else REMARK
    )
    _write_heading(page, heading.title, remark, formats)
    for place, column in enumerate(TEMPLATE):
        page.set_column(place, place, column.width, formats["text" if column.type in _TEXT_KINDS else "plain"])
        page.write_comment(HEADER, place, note_of(column), {"x_scale": 2.2, "y_scale": 1.6, "font_size": 9})
        choice = heading.choice(column.key)
        table = column.code_table
        rule: dict[str, Any] = {
            "validate": "list",
            "error_title": in_words(column.title)[:32],
            "error_message": in_words("请从下拉列表中选择。"),
        }
        if choice:
            rule["source"] = [choice]
        elif table is not None and column.type is not Kind.CODES:
            titles = [entry.title for entry in table.entries]
            rule["source"] = titles if len(",".join(titles)) < _INLINE else ranges[table.name]
        elif column.key == "entry_condition" and column.key in ranges:
            rule["source"] = ranges[column.key]
            rule["error_message"] = in_words("请从下拉列表中选择；各条件的内容见“申报条件”页。")
        elif column.type is Kind.IDENTITY:
            rule = {
                "validate": "length",
                "criteria": "between",
                "minimum": 5,
                "maximum": 20,
                "error_title": in_words(column.title)[:32],
                "error_message": in_words("居民身份证号码为 18 位，请以文本填写。"),
            }
        else:
            continue
        page.data_validation(_FIRST, place, _FIRST + ROWS - 1, place, rule)


def _write_example(page: Any, heading: BatchHeading, formats: dict[str, Any]) -> None:
    _write_heading(page, "填写示例（本页不会被读取）", "人员、单位均为虚构。", formats)
    for place, column in enumerate(TEMPLATE):
        page.set_column(place, place, column.width)
        page.write_string(_FIRST, place, heading.example(column), formats["body"])


def _write_help(page: Any, formats: dict[str, Any]) -> None:
    titles = ("栏目", "填写要求", "格式", "说明", "可填内容", "也认作本栏的表头", "示例")
    for place, width in enumerate((18, 26, 20, 44, 48, 48, 24)):
        page.set_column(place, place, width)
        page.write_string(0, place, in_words(titles[place]), formats["required"])
    rows = help_rows()
    for line, row in enumerate(rows, start=1):
        told = (
            row.title,
            row.required_when,
            row.type,
            row.help,
            "、".join(row.choices),
            "、".join(row.synonyms),
            row.example,
        )
        for place, text in enumerate(told):
            page.write_string(line, place, in_words(text), formats["wrap"])
    for line, sentence in enumerate(FORMATS, start=len(rows) + 2):
        page.write_string(line, 0, in_words(sentence), formats["plain"])
    page.freeze_panes(1, 1)


def _write_conditions(page: Any, heading: BatchHeading, formats: dict[str, Any]) -> str:
    """The entry conditions of the level, by the numbers that may be written; the answer names their range."""
    page.set_column(0, 0, 14)
    page.set_column(1, 1, 100)
    conditions = say("{occupation} {level} 的申报条件", occupation=heading.occupation_name, level=heading.level)
    for place, title in enumerate(("申报条件编号", conditions)):
        page.write_string(0, place, in_words(title), formats["required"])
    for line, (number, words) in enumerate(heading.conditions, start=1):
        page.write_string(line, 0, number, formats["body"])
        page.write_string(line, 1, in_words(words), formats["wrap"])
    sheet = sheet_name("申报条件")
    return f"={sheet_reference(sheet)}!$A$2:$A${len(heading.conditions) + 1}"


def _write_codes(page: Any, formats: dict[str, Any]) -> dict[str, str]:
    """The words that may be chosen, one table a column; the answer names the range of each."""
    codes, ranges = sheet_name("代码表"), {}
    tables = {table.name: table for column in TEMPLATE if (table := column.code_table) is not None}
    for place, table in enumerate(tables.values()):
        page.write_string(0, place, in_words(table.title), formats["required"])
        page.set_column(place, place, 26)
        for line, entry in enumerate(table.entries, start=1):
            page.write_string(line, place, entry.title, formats["body"])
        letters = column_letters(place)
        ranges[table.name] = f"={sheet_reference(codes)}!${letters}$2:${letters}${len(table.entries) + 1}"
    return ranges
